// A utility's own map beneath ours: raster tiles of its server, fetched by this one, so that a screen asks no other machine.
// Which lie in GCJ-02 is told to the screens, and they lay them where they belong.
import { Hono } from 'hono'
import { Refusal } from '../../contract/refusal.ts'
import { readAddress } from './address.ts'

/** `tiles` holds {z}, {x} and {y}. */
export type BaseMap = { tiles: string; crs: 'wgs84' | 'gcj02'; maxzoom: number; attribution: string }

/** A wall asks for some fifty at once; a server that is slower than this is as good as away. */
const patience_ms = 8000
/** A photograph of 512 pixels is a tenth of this. */
const largest_bytes = 2_000_000
/** Some 30 MB of tiles of 30 kB; the one kept for longest goes first. */
const kept_tiles = 1000

type Kept = { bytes: Uint8Array<ArrayBuffer>; type: string }

/** Routes over `base`; without one the document is null, and screens draw our own ground. */
export function baseMapRoutes(base: BaseMap | null, get: typeof fetch = fetch): Hono {
  const app = new Hono()
  const kept = new Map<string, Kept>()

  app.get('/tiles/base.json', (c) => {
    c.header('cache-control', 'no-cache')
    if (!base) return c.json(null)
    const { crs, maxzoom, attribution } = base
    return c.json({ crs, maxzoom, attribution })
  })

  app.get('/tiles/base/:z/:x/:y', async (c) => {
    if (!base) throw new Refusal('not_found', 'No base map is configured')
    const address = readAddress(c.req.param('z'), c.req.param('x'), c.req.param('y'))
    if ('path' in address) throw new Refusal('invalid', `${address.path}: ${address.message}`, [address])
    const { z, x, y } = address
    const key = `${z}/${x}/${y}`
    const tile = kept.get(key) ?? (await fetchTile(base, key, get))
    if (!tile) return c.body(null, 204)
    kept.set(key, tile)
    if (kept.size > kept_tiles) kept.delete(kept.keys().next().value!)
    return c.body(tile.bytes, 200, { 'content-type': tile.type, 'cache-control': 'public, max-age=86400' })
  })
  return app
}

/** Null where the other server has none; throws Refusal `unavailable` where it cannot be asked or answers no picture. */
async function fetchTile(base: BaseMap, key: string, get: typeof fetch): Promise<Kept | null> {
  const [z = '', x = '', y = ''] = key.split('/')
  const url = base.tiles.replace('{z}', z).replace('{x}', x).replace('{y}', y)
  const away = (why: string) => new Refusal('unavailable', `The base map's server ${why}; the map goes on without it`)
  const answer = await get(url, { signal: AbortSignal.timeout(patience_ms) }).catch(() => null)
  if (!answer) throw away('does not answer')
  if (answer.status === 404 || answer.status === 204) return null
  const type = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !type.startsWith('image/')) throw away(`answered ${answer.status} ${type || 'without a type'}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length > largest_bytes) throw away(`sent ${bytes.length} bytes for one tile`)
  return { bytes, type }
}
