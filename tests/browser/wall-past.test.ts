// The wall's time bar: a moment of the past is shown as of itself, nothing of it stays behind, and the bar can be worked by keys.
import type { ServerResponse } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { day, incident, snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit
let page: Page

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const counts = { ...snapshot().counts, customers: 20_000, customers_out: 100 }

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  const began = ago(180)
  const then = snapshot({
    at: began,
    counts,
    incidents: [incident({ id: 'p', place: '旧闻村#9配变', started_at: began })],
  })
  const now = () =>
    snapshot({ at: ago(0), counts, incidents: [incident({ id: 'n', place: '今日村#1配变', started_at: ago(3) })] })
  const answers: Record<string, () => unknown> = {
    '/api/past': () => ({ from: began, to: null, now: ago(0), replay: null }),
    '/api/snapshot': () => then,
    '/api/events': () => ({ items: [], next_cursor: null }),
  }
  const answer = (pathname: string, response: ServerResponse) => {
    const found = answers[pathname]
    if (!found) return false
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found()))
    return true
  }
  stub = await startStub({ snapshot: now, day: () => day({ at: ago(0) }), clocks: () => [], answer })
  seen = await visit(browser, `${stub.url}/wall?stay#token=secret`, { width: 1920, height: 1080 })
  page = seen.page
  await page.getByText('实时', { exact: true }).waitFor()
})
afterEach(async () => {
  await seen.close()
  await stub.close()
})

const range = () => page.getByRole('slider')
const latest = () => page.getByRole('region', { name: '最新动态' })
async function lookBack() {
  await page.keyboard.press('t')
  await range().focus()
  await range().press('Home')
  await page.getByText('回看历史').waitFor()
}

describe('the wall’s time bar', () => {
  it('shows of the past nothing that came later, and of now nothing that was played', async () => {
    await latest().getByText('今日村#1配变').waitFor()
    await lookBack()
    await latest().getByText('旧闻村#9配变').waitFor()
    expect(await page.getByText('今日村#1配变').count()).toBe(0)
    await page.getByText('回看时不计承诺时限').waitFor()
    await page.getByText('按事后所知').first().waitFor()
    await page.getByRole('button', { name: '回到现在' }).click()
    await latest().getByText('今日村#1配变').waitFor()
    expect(await page.getByText('旧闻村#9配变').count()).toBe(0)
    expect(seen.errors).toEqual([])
  })

  it('asks for the figures of the moment every few seconds, not with every beat', async () => {
    let asked = 0
    page.on('request', (request) => request.url().includes('/api/reliability/day?at=') && asked++)
    await lookBack()
    await page.waitForTimeout(2500)
    expect(asked).toBeLessThanOrEqual(2)
    expect(asked).toBeGreaterThan(0)
  })

  it('names the hours of both its ends, leaves the panes whole, and steps by a minute and an hour', async () => {
    await lookBack()
    const bar = page.getByRole('region', { name: '时间轴' })
    const ends = await bar.locator('small').allInnerTexts()
    expect(ends).toEqual([expect.stringMatching(/\d\d:\d\d/), expect.stringMatching(/\d\d:\d\d/)])
    expect(ends[0]).not.toBe(ends[1])
    const top = (await bar.boundingBox())!.y
    for (const name of ['各区停电用户', '最新动态']) {
      const pane = (await page.getByRole('region', { name }).boundingBox())!
      expect(pane.y + pane.height).toBeLessThanOrEqual(top)
    }
    const at = async () => Number(await range().inputValue())
    const first = await at()
    await range().press('Shift+ArrowRight')
    await expect.poll(at).toBe(first + 60_000)
    await range().press('PageUp')
    await expect.poll(at).toBe(first + 3_660_000)
  })

  it('gives the link to be copied by hand where the browser has no clipboard', async () => {
    await lookBack()
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }))
    await page.getByRole('button', { name: '复制此刻链接' }).click()
    expect(await page.getByLabel('请手动复制此链接').inputValue()).toContain('at=')
    expect(await page.getByText('已复制').count()).toBe(0)
  })

  it('leads to the report of the day with the wall’s own sign-in', async () => {
    await page.goto(`${stub.url}/report`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('口令').count()).toBe(0)
  })
})

describe('the wall’s sound', () => {
  it('asks for one press after a reload, and not once it can sound', async () => {
    await page.evaluate(() => localStorage.setItem('relight.wall.sound', 'on'))
    await page.reload()
    await page.getByText('按一下任意键开启声音').waitFor()
    await page.keyboard.press('x')
    await page.getByText('按一下任意键开启声音').waitFor({ state: 'detached' })
  })
})
