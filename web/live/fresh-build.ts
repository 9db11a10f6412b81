// Notices that the server has a new version of this screen, by the name of its script. A wall, which nobody touches, loads it at
// once; a desk says so (`web/desk/newer-build.svelte.ts`).

/** The script that a page begins with; its name holds the hash of its content. */
export const scriptOf = (html: string) => /<script[^>]+type="module"[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null

const look_ms = 60_000

export function watchForNewBuild(page: string, onNew: () => void = () => location.reload()): () => void {
  const ours = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src') ?? null
  const look = async () => {
    try {
      const response = await fetch(page, { cache: 'no-cache' })
      const theirs = response.ok ? scriptOf(await response.text()) : null
      if (!ours || !theirs || theirs === ours) return
      const there = await fetch(theirs, { cache: 'no-cache' })
      if (there.ok) onNew()
    } catch {
      // Down or restarting: what is shown stays, and the next look comes by itself.
    }
  }
  const timer = setInterval(() => void look(), look_ms)
  const soon = () => void look()
  addEventListener('online', soon)
  return () => {
    clearInterval(timer)
    removeEventListener('online', soon)
  }
}
