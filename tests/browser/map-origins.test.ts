// Whose the map is, said at the corner of every map: what the utility configured of its base map, and where the ground is from.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit

const documents: Record<string, unknown> = {
  '/tiles/base.json': { format: 'style', attribution: '© 某省地图' },
  '/tiles/base-style.json': {
    version: 8,
    sources: { lines: { type: 'vector', tiles: [], attribution: '<a href="#">&copy; OpenStreetMap contributors</a>' } },
    layers: [],
  },
  '/tiles/ground.json': { tilejson: '3.0.0', attribution: '某市电网 (CC-BY-4.0)' },
}
const said = '© 某省地图 · © OpenStreetMap contributors · 某市电网 (CC-BY-4.0)'

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await stub.close()
})

it.each(['wall', 'desk'])('stands on the map of the %s', async (screen) => {
  stub = await startStub({
    snapshot,
    answer: (pathname, response) => {
      const document = documents[pathname]
      if (document) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      return document !== undefined
    },
  })
  seen = await visit(browser, `${stub.url}/${screen}#token=secret`)
  const line = seen.page.getByText(said, { exact: true })
  await line.waitFor()
  expect(await line.isVisible()).toBe(true)
  const [box, whole] = [(await line.boundingBox())!, seen.page.viewportSize()!]
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(whole.width)
  expect(box.y + box.height).toBeLessThanOrEqual(whole.height)
})
