// A map whose code did not come at first: a screen that nobody touches asks for it again.
import { expect, it } from 'vitest'
import { snapshot } from '../web/sketch.ts'
import { openBrowser, visit } from './open-browser.ts'
import { startStub } from './stub-server.ts'

it('comes once its code can be fetched', async () => {
  let refused = 0
  let cut = true
  const browser = await openBrowser()
  const stub = await startStub({
    snapshot,
    answer: (pathname, response) => {
      if (!cut || !/\/assets\/(grid-map|staff-layers)-.*\.js$/.test(pathname)) return false
      refused++
      response.writeHead(503).end()
      return true
    },
  })
  const { page, close } = await visit(browser, `${stub.url}/wall#token=secret`, { width: 1366, height: 768 })
  await expect.poll(() => refused, { timeout: 30_000 }).toBeGreaterThan(2)
  expect(await page.locator('canvas.maplibregl-canvas').count()).toBe(0)
  cut = false
  await page.locator('canvas.maplibregl-canvas').waitFor()
  await close()
  await stub.close()
  await browser.close()
})
