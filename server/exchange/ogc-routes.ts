// OGC API Features 1.0 over what the public may see.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../contract/refusal.ts'
import type { PublicPages } from '../customers/index.ts'
import type { Database } from '../database/index.ts'
import { collections, readCollection, type CollectionId } from './ogc-collections.ts'
import { conformsTo, describeCollection, landing, link, openApi, types } from './ogc-document.ts'
import { allowOnly, itemsQuery, selectItems } from './ogc-query.ts'

export type OgcDeps = { database: Database; pages: PublicPages; now(): Date }

const ids = Object.keys(collections) as CollectionId[]

const rootOf = (c: Context) => `${new URL(c.req.url).origin}/ogc`
const send = (c: Context, type: string, value: object) =>
  c.body(JSON.stringify(value), 200, { 'content-type': type, 'cache-control': 'public, max-age=30' })

function collectionOf(c: Context): CollectionId {
  const id = ids.find((each) => each === c.req.param('collection'))
  if (id) return id
  throw new Refusal('not_found', `There is no collection ${c.req.param('collection')}; there are ${ids.join(', ')}`)
}

export function ogcRoutes(deps: OgcDeps) {
  const app = new OpenAPIHono()
  const plain = (c: Context) => allowOnly(c.req.query(), ['f'])
  app.on('GET', ['/ogc', '/ogc/'], (c) => {
    plain(c)
    return send(c, types.json, landing(rootOf(c)))
  })
  app.get('/ogc/conformance', (c) => {
    plain(c)
    return send(c, types.json, { conformsTo })
  })
  app.get('/ogc/api', (c) => send(c, types.openapi, openApi(rootOf(c))))
  const readBox = async () => (await deps.database.replica.one<{ bbox: number[] | null }>('exchange/read_extent')).bbox
  app.get('/ogc/collections', async (c) => {
    plain(c)
    const box = await readBox()
    const self = `${rootOf(c)}/collections`
    return send(c, types.json, {
      links: [link(self, 'self', types.json)],
      collections: ids.map((id) => describeCollection(id, rootOf(c), box)),
    })
  })
  app.get('/ogc/collections/:collection', async (c) => {
    plain(c)
    return send(c, types.json, describeCollection(collectionOf(c), rootOf(c), await readBox()))
  })
  routeItems(app, deps)
  return app
}

function routeItems(app: OpenAPIHono, deps: OgcDeps): void {
  app.get('/ogc/collections/:collection/items', async (c) => {
    const id = collectionOf(c)
    const query = itemsQuery(c.req.query())
    const { page, matched } = selectItems(await readCollection(id, deps), query)
    const self = `${rootOf(c)}/collections/${id}`
    const at = (offset: number) => {
      const words = new URLSearchParams({ ...c.req.query(), limit: String(query.limit), offset: String(offset) })
      return `${self}/items?${words}`
    }
    const next = query.offset + page.length < matched && page.length > 0 ? query.offset + page.length : null
    return send(c, types.geojson, {
      type: 'FeatureCollection',
      timeStamp: deps.now().toISOString(),
      numberMatched: matched,
      numberReturned: page.length,
      links: [
        link(at(query.offset), 'self', types.geojson),
        ...(next === null ? [] : [link(at(next), 'next', types.geojson)]),
        ...(query.offset > 0 ? [link(at(Math.max(0, query.offset - query.limit)), 'prev', types.geojson)] : []),
        link(self, 'collection', types.json),
      ],
      features: page.map(({ feature }) => feature),
    })
  })
  app.get('/ogc/collections/:collection/items/:feature', async (c) => {
    allowOnly(c.req.query(), ['f'])
    const id = collectionOf(c)
    const wanted = c.req.param('feature')
    const found = (await readCollection(id, deps)).find(({ feature }) => feature.id === wanted)
    if (!found) throw new Refusal('not_found', `There is no feature ${wanted} in ${id} at this moment`)
    const self = `${rootOf(c)}/collections/${id}`
    const links = [
      link(`${self}/items/${encodeURIComponent(wanted)}`, 'self', types.geojson),
      link(self, 'collection', types.json),
    ]
    return send(c, types.geojson, { ...found.feature, links })
  })
}
