// The utility's own raster tiles, fetched by this server.
import { expect, it } from 'vitest'
import { problemOf } from '../../server/app.ts'
import { baseMapRoutes, type BaseMap } from '../../server/network/index.ts'

const base: BaseMap = { tiles: 'https://maps.example/{z}/{x}/{y}.png', crs: 'gcj02', maxzoom: 18, attribution: '' }

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
    crs: 'gcj02',
    maxzoom: 18,
    attribution: '',
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
