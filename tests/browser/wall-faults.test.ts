// The wall before a service that fails: what it shows meanwhile, and that it comes back by itself with what happened since.
// Long waits are leapt over.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startCluster } from '../fixtures/postgres-cluster.ts'
import { bendClocks, leap } from './bend-clocks.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { adminToken, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let seen: Visit

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await served.stop()
})

const call = (account_no: string) => served.ask('/api/reports', { channel: 'hotline', account_no, symptom: 'no_power' })

/** The wall with one incident of the sketch on it: a transformer with four customers. */
async function openWall(): Promise<Page> {
  await call('A1')
  await call('A2')
  seen = await visit(browser, `${served.url}/wall?stay#token=${adminToken}`, { before: bendClocks })
  await customersOut(seen.page, 4)
  await seen.page.getByText('实时', { exact: true }).waitFor()
  await seen.page.locator('canvas.maplibregl-canvas').waitFor()
  return seen.page
}
const customersOut = (page: Page, count: number) =>
  page.locator('.figure strong', { hasText: new RegExp(`^${count}$`) }).waitFor()

/** What must hold at every moment: the last known figures and the map stand, and nobody is told that all is well. */
async function staysHonest(page: Page, count: number) {
  await customersOut(page, count)
  expect(await page.getByText('当前没有停电').count()).toBe(0)
  expect(await page.locator('canvas.maplibregl-canvas').isVisible()).toBe(true)
  expect(await page.getByText('实时', { exact: true }).count()).toBe(0)
}

/** Live again, with what happened meanwhile; nothing was thrown on the way. */
async function isBack(page: Page, count: number) {
  await page.getByText('实时', { exact: true }).waitFor()
  await customersOut(page, count)
  expect(seen.errors).toEqual([])
}

describe('the wall', () => {
  it('outlives two minutes without a server, telling the age of what it shows, and shows what happened since', async () => {
    served = await serveSketch()
    const page = await openWall()
    await served.halt()
    await page.getByText(/连接中断，显示 .*秒前的情况/).waitFor()
    await staysHonest(page, 4)
    await leap(page, 'performance', 120_000)
    await page.getByText(/连接中断，显示 2 ?分前的情况/).waitFor()
    await page.getByText(/截至/).first().waitFor()
    await staysHonest(page, 4)
    await served.begin()
    await call('A5')
    await call('A6')
    await isBack(page, 8)
  })

  it('does not take a cut network for a calm one, and returns as soon as it is back', async () => {
    served = await serveSketch()
    const page = await openWall()
    await page.context().setOffline(true)
    await call('A5')
    await call('A6')
    await page.getByText(/连接中断/).waitFor()
    await staysHonest(page, 4)
    await page.context().setOffline(false)
    await isBack(page, 8)
  })

  it('keeps its figures and their age where the map is lost while the server is away, and loads anew once that answers', async () => {
    served = await serveSketch()
    const page = await openWall()
    await served.halt()
    await page.getByText(/连接中断/).waitFor()
    let loads = 0
    page.on('framenavigated', () => loads++)
    await page.locator('canvas.maplibregl-canvas').evaluate((canvas: HTMLCanvasElement) => {
      canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext()
    })
    await page.waitForTimeout(27_000)
    expect(loads).toBe(0)
    await customersOut(page, 4)
    await page.getByText(/连接中断，显示 .*秒前的情况/).waitFor()
    await served.begin()
    await expect.poll(() => loads, { timeout: 30_000 }).toBe(1)
    await page.locator('canvas.maplibregl-canvas').waitFor()
    await isBack(page, 4)
  })

  it('started again with no server, shows the last picture as old as it is, and what is so as soon as that answers', async () => {
    served = await serveSketch()
    const page = await openWall()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    const isKept = () => page.evaluate(() => caches.match('/wall/picture').then((kept) => kept !== undefined))
    await expect.poll(isKept, { timeout: 20_000 }).toBe(true)
    await served.halt()
    await page.reload()
    await page.getByText(/连接中断，显示 .*前的情况/).waitFor()
    await page.getByText(/截至/).first().waitFor()
    await staysHonest(page, 4)
    await served.begin()
    await call('A5')
    await call('A6')
    await isBack(page, 8)
    // The server's own page again, not the kept one.
    const fresh = await page.reload()
    expect(fresh!.headers()['x-relight-build']).toBeTruthy()
    expect(await page.evaluate(() => fetch('/wall').then((answer) => answer.status))).toBe(200)
    await isBack(page, 8)
  })

  it('says that its picture is old while the server has lost its database, and goes on once that was restarted', async ({
    skip,
  }) => {
    const cluster = await startCluster()
    if (!cluster) return skip('no PostgreSQL with PostGIS is installed')
    try {
      served = await serveSketch({}, cluster.url)
      const page = await openWall()
      cluster.halt()
      await page.getByText(/连接中断/).waitFor()
      await staysHonest(page, 4)
      cluster.begin()
      const taken = () => call('A5').then((report) => 'verdict' in (report as object))
      await expect.poll(taken, { timeout: 40_000, interval: 1000 }).toBe(true)
      await call('A6')
      await isBack(page, 8)
      await served.halt()
    } finally {
      cluster.stop()
    }
  })
})
