// Tiles over a hand-drawn ground of two areas side by side:
//
//   113.00      113.01      113.02
//     ┌───────────┬───────────┐ 22.51
//     │  T1 (12)  │  T2 (3)   │      T1 twelve customers, T2 three; one line runs through both, a switch in its middle
//     └───────────┴───────────┘ 22.50
import { VectorTile } from '@mapbox/vector-tile'
import type { Polygon } from 'geojson'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../../server/app.ts'
import { tileRoutes } from '../../server/network/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

let opened: TestDatabase
let app: ReturnType<typeof tileRoutes>

const drawing = `
  insert into network (name, timezone, source, licence, imported_at)
    values ('sketch', 'Asia/Shanghai', '手绘', 'CC0', '2026-01-01T00:00:00Z');
  insert into district (code, network_id, name, geom)
    values ('D', 1, '甲区', st_multi(st_makeenvelope(112.99, 22.49, 113.03, 22.52, 4326)));
  insert into transformer (id, network_id, name, feeder_id, customers, geom) values
    ('T1', 1, '一号', 'F', 12, st_setsrid(st_point(113.005, 22.505), 4326)),
    ('T2', 1, '二号', null, 3, st_setsrid(st_point(113.015, 22.505), 4326));
  insert into area (transformer_id, derived, geom) values
    ('T1', true, st_multi(st_makeenvelope(113, 22.5, 113.01, 22.51, 4326))),
    ('T2', true, st_multi(st_makeenvelope(113.01, 22.5, 113.02, 22.51, 4326)));
  insert into equipment (id, network_id, kind, from_node, to_node, feeder_id, geom) values
    ('L', 1, 'line', 'a', 'b', 'F', st_geomfromtext('linestring(113.001 22.505, 113.019 22.505)', 4326)),
    ('S', 1, 'switch', 'b', 'c', 'F', st_geomfromtext('linestring(113.01 22.505, 113.01 22.505)', 4326));
  insert into road_edge (network_id, ordinal, from_node, to_node, length_m, time_s, class, name, geom)
    values (1, 0, 'a', 'b', 10, 1, 'residential', '一路', st_geomfromtext('linestring(113 22.5, 113.02 22.51)', 4326));
  insert into ground_water (id, network_id, name, geom)
    values ('W', 1, '江', st_multi(st_makeenvelope(113.012, 22.503, 113.018, 22.507, 4326)));
`
/** The tile of zoom 13 that holds all of it. */
const place = '13/6667/3570'

beforeAll(async () => {
  opened = await openTestDatabase()
  await opened.database.pool.query(drawing)
  app = tileRoutes({ database: opened.database })
  app.onError((reason, c) => {
    const answer = problemOf(reason)
    return c.body(JSON.stringify(answer), answer.status as 500, { 'content-type': 'application/problem+json' })
  })
})
afterAll(() => opened.drop())

async function featuresOf(layer: string, tile = place) {
  const response = await app.request(`/tiles/${layer}/${tile}.mvt`)
  if (response.status === 204) return []
  expect(response.status).toBe(200)
  const found = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  expect(Object.keys(found.layers)).toEqual([layer])
  const only = found.layers[layer]!
  expect(only.extent).toBe(4096)
  const [z, x, y] = tile.split('/').map(Number) as [number, number, number]
  return Array.from({ length: only.length }, (_, index) => only.feature(index).toGeoJSON(x, y, z))
}

test('each layer carries its features with their properties, and no customer', async () => {
  expect((await featuresOf('districts')).map((each) => each.properties)).toEqual([
    { code: 'D', name: '甲区', kind: 'urban' },
  ])
  expect((await featuresOf('water')).map((each) => each.properties)).toEqual([{ id: 'W', name: '江' }])
  expect((await featuresOf('roads')).map((each) => each.properties)).toEqual([
    { id: 1, class: 'residential', name: '一路' },
  ])
})

test('the ground is all layers in one tile, and its document lists them', async () => {
  const response = await app.request(`/tiles/ground/${place}.mvt`)
  const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  expect(Object.keys(tile.layers).sort()).toEqual(['areas', 'districts', 'equipment', 'roads', 'water'])
  const document = (await (await app.request('/tiles/ground.json')).json()) as { vector_layers: { id: string }[] }
  expect(document.vector_layers.map(({ id }) => id).sort()).toEqual(Object.keys(tile.layers).sort())
})

test('an area of fewer than five customers does not say how many', async () => {
  const areas = (await featuresOf('areas')).map((each) => each.properties)
  expect(areas.sort((a, b) => String(a?.['name']).localeCompare(String(b?.['name']), 'en'))).toEqual([
    { transformer_id: 'T1', name: '一号', feeder_id: 'F', customers: 12 },
    { transformer_id: 'T2', name: '二号' },
  ])
})

test('areas come back to where they were drawn, within half a pixel', async () => {
  const areas = await featuresOf('areas')
  const first = areas.find((each) => each.properties?.['transformer_id'] === 'T1')!
  expect(first.geometry.type).toBe('Polygon')
  const ring = (first.geometry as Polygon).coordinates[0]!
  for (const [lon, lat] of ring) {
    expect(Math.min(Math.abs(lon! - 113), Math.abs(lon! - 113.01))).toBeLessThan(360 / 2 ** 13 / 4096 / 2 + 1e-9)
    expect(Math.min(Math.abs(lat! - 22.5), Math.abs(lat! - 22.51))).toBeLessThan(360 / 2 ** 13 / 4096 / 2 + 1e-9)
  }
})

test('switching devices are points, and only from zoom 13', async () => {
  const near = await featuresOf('equipment')
  expect(near.map((each) => [each.properties?.['kind'], each.geometry.type]).sort()).toEqual([
    ['line', 'LineString'],
    ['switch', 'Point'],
  ])
  const far = await featuresOf('equipment', '12/3333/1785')
  expect(far.map((each) => each.properties?.['kind'])).toEqual(['line'])
})

test('nothing there is an answer without a body; below a layer’s first zoom there is nothing', async () => {
  const elsewhere = await app.request('/tiles/areas/13/0/0.mvt')
  expect([elsewhere.status, await elsewhere.text()]).toEqual([204, ''])
  expect((await app.request('/tiles/areas/3/6/3.mvt')).status).toBe(204)
})

test('an unknown layer is 404, coordinates that are none are 400 and name the part', async () => {
  for (const path of ['/tiles/customers.json', `/tiles/customers/${place}.mvt`]) {
    const response = await app.request(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  }
  for (const [tile, part] of [
    ['23/0/0', 'z'],
    ['3/8/0', 'x'],
    ['3/0/8', 'y'],
    ['3/0/-1', 'y'],
    ['3/zero/0', 'x'],
    ['3.5/0/0', 'z'],
  ] as const) {
    const response = await app.request(`/tiles/areas/${tile}.mvt`)
    expect(response.status, tile).toBe(400)
    expect((await response.json()) as object).toMatchObject({ errors: [{ path: part }] })
  }
})

test('a tile seen before is answered 304, in either encoding, and the encodings do not share a validator', async () => {
  const url = `/tiles/areas/${place}.mvt`
  const plain = await app.request(url)
  const zipped = await app.request(url, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  const tags = [plain, zipped].map((response) => response.headers.get('etag')!)
  expect(tags[0]).not.toBe(tags[1])
  expect(tags.every((tag) => /^"[\w-]+"$/.test(tag))).toBe(true)
  const again = await app.request(url, { headers: { 'if-none-match': `"other", ${tags[0]}` } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the document of a layer points at tiles that may be kept for good, and says where the network lies', async () => {
  const response = await app.request('http://relight.test/tiles/areas.json')
  const document = (await response.json()) as { tiles: string[]; bounds: number[] }
  expect(document).toMatchObject({ tilejson: '3.0.0', minzoom: 7, maxzoom: 16, vector_layers: [{ id: 'areas' }] })
  expect(document).toMatchObject({ attribution: '手绘 (CC0)' })
  expect(document.bounds).toEqual([112.99, 22.49, 113.03, 22.52])
  const tile = document.tiles[0]!.replace('{z}/{x}/{y}', place)
  expect(tile.startsWith('http://relight.test/tiles/areas/')).toBe(true)
  expect((await app.request(tile)).headers.get('cache-control')).toContain('immutable')
  expect((await app.request(`/tiles/areas/${place}.mvt`)).headers.get('cache-control')).toBe('public, max-age=20')
})

test('a new import is drawn within seconds', async () => {
  const { pool } = opened.database
  await pool.query("update transformer set name = '改名' where id = 'T1'; update network set imported_at = now()")
  const names = async () => (await featuresOf('areas')).map((each) => each.properties?.['name'] as string)
  await expect.poll(names, { timeout: 6000, interval: 300 }).toContain('改名')
})

test('tiles are looked up by their spatial index', async () => {
  const client = await opened.database.pool.connect()
  await client.query('set enable_seqscan = off')
  const { rows } = await client.query<{ 'QUERY PLAN': string }>('explain select * from tiled_areas(13, 6667, 3570)')
  await client.query('reset enable_seqscan')
  client.release()
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('area_geom')
})
