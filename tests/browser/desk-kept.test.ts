// What a dispatcher is doing stays, whatever becomes of the page's version or of the sign-in.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { bendClocks, leap } from './bend-clocks.ts'
import { openBrowser, signIn, visit, type Visit } from './open-browser.ts'
import { adminToken, dispatcher, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let seen: Visit

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})
afterEach(() => seen.close())

const said = '门口的变压器冒烟'
const words = (page: Page) => page.getByRole('dialog').getByRole('textbox').first()

/** Opens the first of the queue, and a call with something typed over it. */
async function takeCall(page: Page) {
  await page.locator('#queue button').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('combobox').fill('A1')
  await page.getByRole('option').first().click()
  await words(page).fill(said)
}

describe('a new version', () => {
  beforeEach(async () => {
    seen = await visit(browser, `${served.url}/desk#token=${adminToken}`, {
      width: 1440,
      height: 900,
      before: bendClocks,
    })
  })

  it('is said at the desk and waits for the call being taken down; then it loads, and what was open is open', async () => {
    const { page } = seen
    await takeCall(page)
    const newer = '<!doctype html><script type="module" crossorigin src="/assets/newer.js"></script>'
    await page.route(/\/desk(\?.*)?$/, (route) => route.fulfill({ body: newer, contentType: 'text/html' }))
    await page.route('**/assets/newer.js', (route) => route.fulfill({ body: '', contentType: 'text/javascript' }))
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('有新版本').waitFor()
    await leap(page, 'performance', 10 * 60_000)
    await page.waitForTimeout(5000)
    expect(await words(page).inputValue()).toBe(said)

    await page.unrouteAll()
    await page.keyboard.press('Escape')
    await page.waitForTimeout(3000)
    expect(await page.getByText('有新版本').count()).toBe(1)
    const loaded = page.waitForEvent('load')
    await leap(page, 'performance', 10 * 60_000)
    await loaded
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('#queue button.opened').waitFor()
    expect(await page.getByText('有新版本').count()).toBe(0)
    expect(seen.errors).toEqual([])
  })
})

describe('a sign-in that ends', () => {
  it('is told ahead, and renewed over the desk: the call and what was typed are still there', async () => {
    seen = await visit(browser, `${served.url}/desk`, { width: 1440, height: 900 })
    const { page } = seen
    let ended = false
    await page.route('**/api/**', async (route) => {
      if (!route.request().url().endsWith('/api/sign-in')) {
        return ended ? route.fulfill({ status: 401, json: { status: 401 } }) : route.fallback()
      }
      const answer = await route.fetch()
      const expires_at = new Date(Date.now() + (ended ? 600 : 9.5) * 60_000).toISOString()
      ended = false
      await route.fulfill({ response: answer, json: { ...(await answer.json()), expires_at } })
    })
    await signIn(page, dispatcher.name, dispatcher.secret)
    await page.getByRole('button', { name: '登录还有 10 分钟到期' }).waitFor()
    await takeCall(page)
    ended = true
    await page.getByRole('button', { name: '没电', exact: true }).click()

    await page.getByText('登录已到期').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('登录已到期').waitFor()
    expect(await page.getByLabel('用户名').inputValue()).toBe(dispatcher.name)
    await page.getByLabel('口令').fill(dispatcher.secret)
    await page.keyboard.press('Enter')
    await page.getByText('登录已到期').waitFor({ state: 'hidden' })
    expect(await words(page).inputValue()).toBe(said)
    await page.getByRole('button', { name: '没电', exact: true }).click()
    await page.getByText('请读给来电人').waitFor()
    await page.locator('header').getByText('实时', { exact: true }).waitFor()
    expect(await page.getByText('到期').count()).toBe(0)
    expect(seen.errors).toEqual([])
  })
})
