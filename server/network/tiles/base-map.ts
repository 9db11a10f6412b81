// A utility's own map beneath ours, handed out by this server, so that a screen asks no other machine: raster tiles fetched from the
// utility's server, or the tiles of a PMTiles file. Of a style address the style is fetched here; what it names, screens ask for.
import { Hono, type Context } from 'hono'
import { Refusal } from '../../contract/refusal.ts'
import { readAddress } from './address.ts'
import { openArchive, type Archive } from './archive.ts'

export type BaseMap =
  /** `tiles` holds {z}, {x} and {y}. */
  | { kind: 'tiles'; tiles: string; crs: 'wgs84' | 'gcj02'; maxzoom: number; attribution: string }
  | { kind: 'archive'; archive: Archive; crs: 'wgs84' | 'gcj02'; attribution: string }
  | { kind: 'style'; style: string; attribution: string }
/** The same as it is configured: the file is not open yet. */
export type BaseMapChoice =
  Exclude<BaseMap, { kind: 'archive' }> | { kind: 'archive'; file: string; crs: 'wgs84' | 'gcj02'; attribution: string }
type Tiled = Exclude<BaseMap, { kind: 'style' }>

/** A wall asks for some fifty at once; a server that is slower than this is as good as away. */
const patience_ms = 8000
/** A photograph of 512 pixels is a tenth of this. */
const largest_bytes = 2_000_000
/** Some 30 MB of tiles of 30 kB; the one kept for longest goes first. */
const kept_tiles = 1000
/** A reader of PMTiles asks for kilobytes; more in one piece would only fill this server's memory. */
const largestPiece_bytes = 16_000_000
/** How long a style is taken for unchanged. */
const styleKept_ms = 10 * 60 * 1000

type Kept = { bytes: Uint8Array<ArrayBuffer>; type: string }
type Get = typeof fetch

/** Opens what is configured; throws StartRefusal where its file cannot be used. */
export async function openBaseMap(choice: BaseMapChoice | null): Promise<BaseMap | null> {
  if (choice?.kind !== 'archive') return choice
  const { file, ...rest } = choice
  return { ...rest, archive: await openArchive(file) }
}

/** Routes over `base`; without one the document is null, and screens draw our own ground. */
export function baseMapRoutes(base: BaseMap | null, get: Get = fetch): Hono {
  const app = new Hono()
  app.get('/tiles/base.json', (c) => {
    c.header('cache-control', 'no-cache')
    return c.json(base && aboutOf(base))
  })
  if (base?.kind === 'style') return styleRoute(app, base.style, get)
  if (base?.kind === 'archive') app.get('/tiles/base.pmtiles', (c) => sendPiece(c, base.archive))
  const kept = new Map<string, Kept>()

  app.get('/tiles/base/:z/:x/:y', async (c) => {
    if (!base) throw new Refusal('not_found', 'No base map is configured')
    const address = readAddress(c.req.param('z'), c.req.param('x'), c.req.param('y'))
    if ('path' in address) throw new Refusal('invalid', `${address.path}: ${address.message}`, [address])
    const { z, x, y } = address
    const key = `${z}/${x}/${y}`
    const tile = kept.get(key) ?? (await takeTile(base, z, x, y, get))
    if (!tile) return c.body(null, 204)
    kept.set(key, tile)
    if (kept.size > kept_tiles) kept.delete(kept.keys().next().value!)
    return c.body(tile.bytes, 200, { 'content-type': tile.type, 'cache-control': 'public, max-age=86400' })
  })
  return app
}

function aboutOf(base: BaseMap) {
  if (base.kind === 'style') return { format: 'style' as const, attribution: base.attribution }
  if (base.kind === 'archive') {
    const { archive, crs, attribution } = base
    return { ...archive.about, crs, attribution: attribution || archive.about.attribution }
  }
  const { crs, maxzoom, attribution } = base
  return { format: 'raster' as const, crs, minzoom: 0, maxzoom, attribution, layers: [] }
}

async function takeTile(base: Tiled, z: number, x: number, y: number, get: Get): Promise<Kept | null> {
  if (base.kind === 'tiles') return fetchTile(base.tiles, z, x, y, get)
  const bytes = await base.archive.tile(z, x, y)
  return bytes && { bytes, type: base.archive.type }
}

/** Null where the other server has none; throws Refusal `unavailable` where it cannot be asked or answers no picture. */
async function fetchTile(tiles: string, z: number, x: number, y: number, get: Get): Promise<Kept | null> {
  const url = tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y))
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

/** The file itself, a range at a time (RFC 9110, section 14). */
async function sendPiece(c: Context, archive: Archive): Promise<Response> {
  c.header('accept-ranges', 'bytes')
  const asked = /^bytes=(\d+)-(\d*)$/.exec(c.req.header('range') ?? '')
  const first = Number(asked?.[1] ?? 0)
  const last = Math.min(archive.size - 1, asked?.[2] ? Number(asked[2]) : archive.size - 1)
  if (!asked || first > last || last - first >= largestPiece_bytes) {
    c.header('content-range', `bytes */${archive.size}`)
    return c.body(null, 416)
  }
  return c.body(await archive.piece(first, last - first + 1), 206, {
    'content-type': 'application/vnd.pmtiles',
    'content-range': `bytes ${first}-${last}/${archive.size}`,
  })
}

/** The style as its address gives it; addresses in it that are relative are made whole. */
function styleRoute(app: Hono, address: string, get: Get): Hono {
  let kept: { at: number; text: Promise<string> } | null = null
  const read = async () => {
    const away = (why: string) => new Refusal('unavailable', `The base map's style ${why}; the map goes on without it`)
    const answer = await get(address, { signal: AbortSignal.timeout(patience_ms) }).catch(() => null)
    if (!answer?.ok) throw away(answer ? `answered ${answer.status}` : 'does not answer')
    const style = (await answer.json().catch(() => null)) as { version?: number } | null
    if (style?.version !== 8) throw away('is not a MapLibre style, version 8')
    return JSON.stringify(style, (key, value: unknown) =>
      typeof value === 'string' && (/^(url|sprite|glyphs)$/.test(key) || value.includes('{z}')) && !/^\w+:/.test(value)
        ? decodeURI(new URL(value, address).href)
        : value,
    )
  }
  app.get('/tiles/base-style.json', async (c) => {
    if (!kept || Date.now() - kept.at > styleKept_ms) {
      const text = read()
      kept = { at: Date.now(), text }
      text.catch(() => (kept = null))
    }
    return c.body(await kept.text, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' })
  })
  return app
}
