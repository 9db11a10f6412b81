// Keeps one screen working with no network: its shell is stored when this is installed, fonts, map code and tiles as they are
// used. Answers of the server's interface are never stored: the page keeps what it needs itself.
declare const SCREEN: string
declare const SHELL: string[]
declare const VERSION: string

const worker = self as unknown as ServiceWorkerGlobalScope
const address = `/${SCREEN}`
const shells = `relight-${SCREEN}-shell-`
const shellCache = shells + VERSION
const assetCache = `relight-${SCREEN}-assets`
const tileCache = `relight-${SCREEN}-tiles`
/** About a district's worth at every zoom; the oldest leave first. */
const mostTiles = 600
/** Font files, map code and the shells of a few versions. */
const mostAssets = 200
/** A page from the network that takes longer is a page from the store. */
const patience_ms = 3000

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shellCache).then((cache) => cache.addAll(SHELL)))
  void worker.skipWaiting()
})

worker.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys()
    const old = names.filter((name) => name.startsWith(shells) && name !== shellCache)
    await Promise.all(old.map((name) => caches.delete(name)))
    await worker.clients.claim()
  }
  event.waitUntil(forget())
})

/** The page names what it loaded before this worker was there. */
worker.addEventListener('message', (event) => {
  const urls = (event.data as { keep?: string[] } | null)?.keep ?? []
  event.waitUntil(
    Promise.all(urls.map((url) => fromStoreFirst(new Request(url), assetCache, mostAssets).catch(() => null))),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  // A page that asks whether there is a newer one of itself must not be told by the store.
  else if (pathname === address) return
  else if (pathname.startsWith('/assets/') || SHELL.includes(pathname)) {
    event.respondWith(fromStoreFirst(request, assetCache, mostAssets))
  } else if (pathname.startsWith('/tiles/')) event.respondWith(tile(request))
})

/** Whatever the server answers is what is shown, and what is kept: the mark of an exercise comes and goes with the page. */
async function page(request: Request): Promise<Response> {
  const stored = async () => (await caches.match(address)) ?? Response.error()
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(patience_ms) })
    // A gateway speaks for a server that is away.
    if (fresh.status === 502 || fresh.status === 504) return await stored()
    if (fresh.ok) {
      const copy = fresh.clone()
      void caches.open(shellCache).then((cache) => cache.put(address, copy))
    }
    return fresh
  } catch {
    return stored()
  }
}

async function keep(cacheName: string, request: Request, response: Response, most: number) {
  const cache = await caches.open(cacheName)
  await cache.put(request, response)
  const kept = await cache.keys()
  for (const old of kept.slice(0, Math.max(0, kept.length - most))) await cache.delete(old)
}

/** For what never changes under its name. */
async function fromStoreFirst(request: Request, cacheName: string, most: number): Promise<Response> {
  const stored = await caches.match(request)
  if (stored) return stored
  const response = await fetch(request)
  if (response.ok) void keep(cacheName, request, response.clone(), most)
  return response
}

/** The network's tile where there is one; yesterday's ground is better than none. */
async function tile(request: Request): Promise<Response> {
  try {
    const response = await fetch(request)
    if (response.status === 200) void keep(tileCache, request, response.clone(), mostTiles)
    return response
  } catch {
    return (await caches.match(request)) ?? new Response(null, { status: 204 })
  }
}
