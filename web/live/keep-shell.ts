// Asks the browser to keep a screen's shell, so that it opens with no network. Where the page came over plain http from another
// machine there is no service worker, and nothing is kept.

/** What the page loaded before the worker was there: fonts and the map's code above all. */
const loaded = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((url) => url.startsWith(`${location.origin}/assets/`))

/** By then a screen has loaded all that it loads by itself. */
const settled_ms = 10_000
const again_ms = 60_000

export function keepShell(screen: string): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  register(`/${screen}-worker.js`, `/${screen}`)
  const tell = () => void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ keep: loaded() }))
  tell()
  setTimeout(tell, settled_ms)
}

/** Tried again until the server answers: without this a screen opened before a cut would not outlive a reload in it. */
function register(script: string, scope: string): void {
  navigator.serviceWorker.register(script, { scope }).catch(() => setTimeout(() => register(script, scope), again_ms))
}
