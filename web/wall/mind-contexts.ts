// A WebGL context that was lost comes back by itself, as a rule. Where the browser has given up on it, nobody is there to press a key:
// the page is loaded anew, and its panes are back within a second.

/** A driver that was reset is back within a few seconds. */
const patience_ms = 20_000

/** Watches all canvases within `ground` until the returned function is called. */
export function mindContexts(ground: HTMLElement): () => void {
  const waiting = new Map<EventTarget, ReturnType<typeof setTimeout>>()
  const lost = ({ target }: Event) => {
    if (!target || waiting.has(target)) return
    const look = () => {
      waiting.delete(target)
      // A canvas that was replaced meanwhile is missed by nobody.
      if ((target as HTMLCanvasElement).isConnected) location.reload()
    }
    waiting.set(target, setTimeout(look, patience_ms))
  }
  const restored = ({ target }: Event) => {
    if (!target) return
    clearTimeout(waiting.get(target))
    waiting.delete(target)
  }
  ground.addEventListener('webglcontextlost', lost, true)
  ground.addEventListener('webglcontextrestored', restored, true)
  return () => {
    ground.removeEventListener('webglcontextlost', lost, true)
    ground.removeEventListener('webglcontextrestored', restored, true)
    for (const timer of waiting.values()) clearTimeout(timer)
  }
}
