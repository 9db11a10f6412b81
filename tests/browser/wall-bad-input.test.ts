// What a wall meets in months: tiles that fail, a graphics driver that dies, a clock that is set, a silent cable, a new version.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ServerResponse } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { event, incident, snapshot } from '../web/sketch.ts'
import { bendClocks, leap } from './bend-clocks.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await stub.close()
})

async function openWall(answer?: (pathname: string, response: ServerResponse) => boolean): Promise<Page> {
  const at = new Date().toISOString()
  const one = incident({ id: 'i1', customers_out: 1234, customers_affected: 1234, started_at: at, updated_at: at })
  const counts = { ...snapshot().counts, customers: 20_000, customers_out: 1234, incidents_open: 1 }
  stub = await startStub({
    snapshot: () => snapshot({ at: new Date().toISOString(), counts, incidents: [one] }),
    answer,
  })
  seen = await visit(browser, `${stub.url}/wall?stay#token=secret`, { before: bendClocks })
  await out(seen.page, '1,234')
  await seen.page.locator('canvas.maplibregl-canvas').waitFor()
  return seen.page
}
const out = (page: Page, figure: string) => page.locator('.figure strong', { hasText: figure }).waitFor()
const another = () =>
  event(11, {
    at: new Date().toISOString(),
    step: 'opened',
    data: incident({ id: 'i2', customers_out: 766, customers_affected: 766 }),
  })

/** How many colours a piece of the map shows: a blank one has one. */
async function coloursOfMap(page: Page): Promise<number> {
  const picture = await page.screenshot({ clip: { x: 420, y: 120, width: 440, height: 420 } })
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    pen.drawImage(bitmap, 0, 0)
    return new Set(new Uint32Array(pen.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size
  }, picture.toString('base64'))
}
/** The incident's disc and mark are drawn. */
const isDrawn = (page: Page) => expect.poll(() => coloursOfMap(page), { timeout: 40_000 }).toBeGreaterThan(20)

const loseContexts = () => {
  const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.ground canvas')]
  const losers = canvases.map((canvas) => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context'))
  for (const loser of losers) loser?.loseContext()
  setTimeout(() => losers[0]?.restoreContext(), 1000)
  return losers.filter(Boolean).length
}

describe('the wall', () => {
  it('draws its map again after its WebGL contexts were lost, figures going on meanwhile', async () => {
    const page = await openWall()
    await isDrawn(page)
    expect(await page.evaluate(loseContexts)).toBeGreaterThan(0)
    stub.send(another())
    await out(page, '2,000')
    await isDrawn(page)
    expect(seen.errors).toEqual([])
  })

  it('asks again for a tile that failed, though its map stands still', async () => {
    const [failed, given] = [new Set<string>(), new Set<string>()]
    await openWall((pathname, response) => {
      if (!pathname.startsWith('/tiles/ground/')) return false
      const fails = !failed.has(pathname)
      if (fails) failed.add(pathname)
      else given.add(pathname)
      response.writeHead(fails ? 500 : 204).end()
      return true
    })
    // Where a tile is missing the map tries what lies above it too; only those of its own zoom must come.
    const zoomOf = (pathname: string) => Number(pathname.split('/')[3])
    const isWhole = () => {
      const deepest = Math.max(...[...failed].map(zoomOf))
      const wanted = [...failed].filter((pathname) => zoomOf(pathname) === deepest)
      return wanted.length > 0 && wanted.every((pathname) => given.has(pathname))
    }
    await expect.poll(isWhole, { timeout: 40_000 }).toBe(true)
    expect(seen.errors).toEqual([])
  })

  it('tells no wrong age and no wrong time where the clock of its machine is set', async () => {
    const page = await openWall()
    await page.getByText('实时', { exact: true }).waitFor()
    const shown = () => page.locator('header time').getAttribute('datetime')
    const off_s = async () => Math.abs(Date.parse((await shown())!) - Date.now()) / 1000
    await leap(page, 'Date', -3_600_000)
    await page.waitForTimeout(1500)
    expect(await off_s()).toBeLessThan(60)
    await leap(page, 'Date', 7_200_000)
    await page.waitForTimeout(1500)
    expect(await off_s()).toBeLessThan(60)
    await page.getByText('实时', { exact: true }).waitFor()
    stub.send(another())
    await out(page, '2,000')
  })

  it('says how old its picture is where the stream stands open and silent', async () => {
    const page = await openWall()
    await leap(page, 'performance', 180_000)
    await page.getByText(/数据停在 3 ?分.*前/).waitFor()
    await page.getByText(/截至/).first().waitFor()
    await out(page, '1,234')
    stub.send(another())
    await page.getByText('实时', { exact: true }).waitFor()
    await out(page, '2,000')
  })

  it('loads a new version of itself once the server has one, still signed in', async () => {
    const file = path.resolve(import.meta.dirname, '../../dist/web/wall/index.html')
    let html = readFileSync(file, 'utf8')
    const page = await openWall((pathname, response) => {
      if (pathname !== '/wall') return false
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
      return true
    })
    const version = createHash('sha256').update(html).digest('hex').slice(0, 8)
    html = html.replace(/(<script[^>]+type="module"[^>]+src="[^"]+)"/, `$1?${version}"`)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.waitForFunction((word) => document.querySelector(`script[src$="?${word}"]`) !== null, version)
    await out(page, '1,234')
    expect(seen.errors).toEqual([])
  })
})
