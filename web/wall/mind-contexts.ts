// A WebGL context that was lost comes back by itself, as a rule. Where the browser has given up on it, nobody is there to press a key:
// the page is loaded anew, and its panes are back within a second. Not while the server is away: then the panes, with the age of what
// they show, are all that there is.

/** A driver that was reset is back within a few seconds. */
const patience_ms = 20_000
/** How soon a server that did not answer is asked again. */
const again_ms = 5000

/** A gateway's refusal is no page to load. */
const answers = (page: string) =>
  fetch(page, { cache: 'no-store', signal: AbortSignal.timeout(again_ms) })
    .then(({ ok }) => ok)
    .catch(() => false)

/** Watches all canvases within `ground`, part of `page`, until the returned function is called. */
export function mindContexts(ground: HTMLElement, page: string): () => void {
  const waiting = new Map<EventTarget, ReturnType<typeof setTimeout>>()
  async function look(canvas: HTMLCanvasElement) {
    // A canvas that was replaced meanwhile is missed by nobody.
    if (!canvas.isConnected) return void waiting.delete(canvas)
    const there = await answers(page)
    if (!waiting.has(canvas)) return
    if (there && canvas.isConnected) location.reload()
    waiting.set(
      canvas,
      setTimeout(() => void look(canvas), again_ms),
    )
  }
  const lost = ({ target }: Event) => {
    if (!target || waiting.has(target)) return
    waiting.set(
      target,
      setTimeout(() => void look(target as HTMLCanvasElement), patience_ms),
    )
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
    waiting.clear()
  }
}
