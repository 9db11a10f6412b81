// The utility's own map: raster tiles fetched by this server, a PMTiles file, a style.
import { expect, it } from 'vitest'
import { problemOf } from '../../server/app.ts'
import { baseMapRoutes, openBaseMap, type BaseMap } from '../../server/network/index.ts'
import { writeArchive } from '../fixtures/write-archive.ts'

const base: BaseMap = {
  kind: 'tiles',
  tiles: 'https://maps.example/{z}/{x}/{y}.png',
  crs: 'gcj02',
  maxzoom: 18,
  attribution: '',
}

function routes(answer: () => Promise<Response> | Response, given: BaseMap | null = base) {
  const asked: string[] = []
  const get = ((url: string) => {
    asked.push(url)
    return Promise.resolve(answer())
  }) as unknown as typeof fetch
  const app = baseMapRoutes(given, get)
  app.onError((reason, context) => {
    const problem = problemOf(reason)
    return context.json(problem, problem.status as 500)
  })
  return { app, asked }
}
const picture = () => new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'image/png' } })

it('says how the tiles lie, and null where none are configured', async () => {
  expect(await (await routes(picture).app.request('/tiles/base.json')).json()).toEqual({
    format: 'raster',
    crs: 'gcj02',
    minzoom: 0,
    maxzoom: 18,
    attribution: '',
    layers: [],
  })
  expect(await (await routes(picture, null).app.request('/tiles/base.json')).json()).toBeNull()
})

it('fetches a tile once and keeps it', async () => {
  const { app, asked } = routes(picture)
  for (let twice = 0; twice < 2; twice++) {
    const answer = await app.request('/tiles/base/14/13338/7131')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
  }
  expect(asked).toEqual(['https://maps.example/14/13338/7131.png'])
})

it('answers nothing there for a missing tile, and a problem where the other server is away or sends no picture', async () => {
  const status = async (answer: () => Promise<Response> | Response) =>
    (await routes(answer).app.request('/tiles/base/1/0/0')).status
  expect(await status(() => new Response(null, { status: 404 }))).toBe(204)
  expect(await status(() => Promise.reject(new Error('away')))).toBe(503)
  expect(await status(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }))).toBe(503)
})

it('refuses a tile that cannot be', async () => {
  expect((await routes(picture).app.request('/tiles/base/3/99/0')).status).toBe(400)
})

it('hands out the tiles of a PMTiles file, and the file itself a range at a time', async () => {
  const file = writeArchive({ attribution: '© 测绘院', vector_layers: [{ id: 'water' }] }, [7, 8, 9])
  const opened = await openBaseMap({ kind: 'archive', file, crs: 'wgs84', attribution: '' })
  const { app } = routes(picture, opened)
  expect(await (await app.request('/tiles/base.json')).json()).toEqual({
    format: 'vector',
    crs: 'wgs84',
    minzoom: 0,
    maxzoom: 0,
    attribution: '© 测绘院',
    layers: ['water'],
  })
  const tile = await app.request('/tiles/base/0/0/0')
  expect(tile.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
  expect([...new Uint8Array(await tile.arrayBuffer())]).toEqual([7, 8, 9])
  expect((await app.request('/tiles/base/1/0/0')).status).toBe(204)
  const piece = await app.request('/tiles/base.pmtiles', { headers: { range: 'bytes=0-6' } })
  expect([piece.status, await piece.text()]).toEqual([206, 'PMTiles'])
  expect(piece.headers.get('content-range')).toMatch(/^bytes 0-6\/\d+$/)
  for (const range of ['', 'bytes=9-3', 'bytes=99999999-'])
    expect((await app.request('/tiles/base.pmtiles', { headers: { range } })).status).toBe(416)
})

it('refuses a start on a file that is not there or is none, in one line', async () => {
  const open = (file: string) => openBaseMap({ kind: 'archive', file, crs: 'wgs84', attribution: '' })
  await expect(open('/nowhere.pmtiles')).rejects.toThrow(/RELIGHT_BASE_PMTILES=.*there is no such file/)
  await expect(open(import.meta.filename)).rejects.toThrow(/RELIGHT_BASE_PMTILES=.*not in the PMTiles format/)
})

it('hands out a style with its addresses made whole, and none that is no style', async () => {
  const style = {
    version: 8,
    glyphs: 'font/{fontstack}/{range}.pbf',
    sources: { a: { url: 'tiles.json' } },
    layers: [],
  }
  const given: BaseMap = { kind: 'style', style: 'https://maps.example/dark/style.json', attribution: '© 某省地图' }
  const { app } = routes(() => Response.json(style), given)
  expect(await (await app.request('/tiles/base.json')).json()).toEqual({ format: 'style', attribution: '© 某省地图' })
  expect(await (await app.request('/tiles/base-style.json')).json()).toMatchObject({
    glyphs: 'https://maps.example/dark/font/{fontstack}/{range}.pbf',
    sources: { a: { url: 'https://maps.example/dark/tiles.json' } },
  })
  expect((await routes(() => Response.json({}), given).app.request('/tiles/base-style.json')).status).toBe(503)
})
