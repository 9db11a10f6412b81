// Tiles for everyone: nothing in them tells a customer apart.
import { gunzipSync } from 'node:zlib'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../../contract/refusal.ts'
import { problem } from '../../contract/shapes.ts'
import type { Database } from '../../database/index.ts'
import { readAddress } from './address.ts'
import { TileCache, type PackedTile } from './cache.ts'
import { drawOn } from './draw.ts'
import { watchGround } from './ground.ts'
import { everything, layersNamed, layerNames } from './layers.ts'
import { tileJsonOf } from './tile-json.ts'

const mvt = 'application/vnd.mapbox-vector-tile'
/** A tile asked for by its version never changes; else an import must be seen within 30 seconds. */
const forGood = 'public, max-age=31536000, immutable'
const forNow = 'public, max-age=20'

export function tileRoutes({ database }: { database: Database }): OpenAPIHono {
  const app = new OpenAPIHono()
  const draw = drawOn(database)
  const ground = watchGround(database)
  const cache = new TileCache()
  describeRoutes(app)

  app.get('/tiles/:file{[^/]+\\.json}', async (c) => {
    const name = c.req.param('file').replace(/\.json$/, '')
    const layers = layersNamed(name)
    if (!layers) throw noSuchLayer()
    const [version, about] = await Promise.all([ground.version(), ground.about()])
    const body = tileJsonOf(name, layers, originOf(c), version, about)
    const etag = `"${version}-${name}"`
    c.header('etag', etag)
    c.header('cache-control', 'no-cache')
    c.header('vary', 'host, x-forwarded-host, x-forwarded-proto')
    return matches(c, etag) ? c.body(null, 304) : c.json(body)
  })

  app.get('/tiles/:layer/:z/:x/:file{[^/]+\\.mvt}', async (c) => {
    const { layer: name, z, x, file } = c.req.param()
    const layers = layersNamed(name)
    if (!layers) throw noSuchLayer()
    const address = readAddress(z, x, file.replace(/\.mvt$/, ''))
    if ('path' in address) throw new Refusal('invalid', `${address.path}: ${address.message}`, [address])
    const version = await ground.version()
    const key = `${name}/${address.z}/${address.x}/${address.y}`
    // Tiles of one layer, laid end to end, are the tile of all of them: a tile is a list of layers. One connection at a time.
    const drawAll = async () => {
      const parts: Uint8Array[] = []
      for (const layer of layers) parts.push(await draw(layer, address))
      return Buffer.concat(parts)
    }
    const tile = await cache.take(version, key, drawAll)
    return sendTile(c, tile, c.req.query('v') === version ? forGood : forNow)
  })
  return app
}

function sendTile(c: Context, tile: PackedTile, keep: string): Response {
  c.header('cache-control', keep)
  c.header('vary', 'accept-encoding')
  if (tile.gzipped.length === 0) return c.body(null, 204)
  const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  const etag = `"${tile.digest}${zipped ? '-gzip' : ''}"`
  c.header('etag', etag)
  if (matches(c, etag)) return c.body(null, 304)
  c.header('content-type', mvt)
  if (zipped) c.header('content-encoding', 'gzip')
  return c.body(new Uint8Array(zipped ? tile.gzipped : gunzipSync(tile.gzipped)))
}

function matches(c: Context, etag: string): boolean {
  const asked = c.req.header('if-none-match')
  return asked !== undefined && (asked.trim() === '*' || asked.split(',').some((each) => each.trim() === etag))
}

/** How the caller reached us, also through a proxy that says so. */
function originOf(c: Context): string {
  const { protocol, host } = new URL(c.req.url)
  const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https:' : protocol
  const forwarded = c.req.header('x-forwarded-host') ?? ''
  return `${scheme}//${/^[\w.:[\]-]+$/.test(forwarded) ? forwarded : host}`
}

const noSuchLayer = () =>
  new Refusal(
    'not_found',
    `There is no such layer: there are ${layerNames.join(', ')}, and ${everything} for all of them`,
  )

/** The addresses end in `.json` and `.mvt`, which the router's own path parameters cannot say: described by hand. */
function describeRoutes(app: OpenAPIHono): void {
  const refused = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problem } },
  })
  const layer = z.enum([...layerNames, everything]).openapi({ param: { name: 'layer', in: 'path' } })
  const number = (name: string) =>
    z
      .number()
      .int()
      .openapi({ param: { name, in: 'path' } })
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/tiles/{layer}.json',
    'x-roles': ['public'],
    summary: 'Where a layer’s tiles are and what they hold (TileJSON 3.0.0)',
    request: { params: z.object({ layer }) },
    responses: {
      200: {
        description: 'The document',
        content: { 'application/json': { schema: z.object({ tilejson: z.string() }) } },
      },
      404: refused('No such layer'),
    },
  })
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
    'x-roles': ['public'],
    summary: 'One vector tile',
    request: { params: z.object({ layer, z: number('z'), x: number('x'), y: number('y') }) },
    responses: {
      200: { description: 'The tile', content: { [mvt]: { schema: z.string().openapi({ format: 'binary' }) } } },
      204: { description: 'Nothing there' },
      304: { description: 'Unchanged' },
      400: refused('No such tile'),
      404: refused('No such layer'),
      503: refused('Too many tiles at once'),
    },
  })
}
