// The pages that need no JavaScript, on the real service, at the size of a phone: a customer reports, follows, is asked whether
// supply is back and answers two questions. None has a script, is wider than the screen, or shuts a screen reader out.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sketch } from '../fixtures/import-folder.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let seen: Visit | null = null

/** The sketch's phones are one digit long; an account is opened by the last four. */
const phones = String(sketch['service_points.csv']).replace(/,(\d)$/gm, ',1390000000$1')
const planned = 'id,starts_at,ends_at,transformer_ids\nO1,2099-03-01T08:00:00+08:00,2099-03-01T12:00:00+08:00,T1\n'

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch({ 'service_points.csv': phones, 'planned_outages.csv': planned })
})
afterAll(async () => {
  await seen?.close()
  await browser.close()
  await served.stop()
})

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await page.locator('script').count()).toBe(0)
  expect(await page.locator('h1').count()).toBe(1)
}

async function restoreAll(): Promise<void> {
  for (const { id, status } of await served.incidents())
    if (status !== 'restored' && status !== 'closed' && status !== 'cancelled') {
      await served.ask(`/api/incidents/${id}/confirm`, { equipment_id: 'T1' })
      await served.ask(`/api/incidents/${id}/restore`, {})
    }
}

const inLanguage = [
  { lang: 'zh', account: 'A1', send: '提交', follow: '查看进展', back: '来电了', look: '查询', fair: '一般' },
  {
    lang: 'en',
    account: 'A2',
    send: 'Send',
    follow: 'Follow it',
    back: 'It is back',
    look: 'Look it up',
    fair: 'Fair',
  },
]

it.each(inLanguage)('take a report to its end in $lang', async ({ lang, account, send, follow, back, fair }) => {
  seen = await visit(browser, `${served.url}/api/public/status?lang=${lang}`, { width: 390, height: 844 })
  const { page } = seen
  await expectSound(page)
  await page.locator('#account_no').fill(account)
  await page.getByRole('button', { name: send }).click()
  await expectSound(page)
  await page.getByRole('link', { name: follow }).click()
  await expectSound(page)
  await page
    .locator('#photograph')
    .setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') })
  await page.locator('form[enctype] button').click()
  await page.getByRole('alert').waitFor()
  await expectSound(page)
  await page.getByRole('link', { name: follow }).click()
  await restoreAll()
  await page.reload()
  await expectSound(page)
  await page.getByRole('button', { name: back, exact: true }).click()
  await expectSound(page)
  for (const mark of await page.getByLabel(fair, { exact: true }).all()) await mark.check()
  await page.getByRole('button', { name: send }).click()
  await page.getByRole('status').waitFor()
  await expectSound(page)
  await seen.close()
})

it.each(inLanguage)(
  'tell a place, its week and its settings in $lang, and say so where a link is no good',
  async (each) => {
    const { lang, account, look } = each
    const open = (path: string) => page.goto(`${served.url}${path}?lang=${lang}`)
    seen = await visit(browser, `${served.url}/api/public/my-place?lang=${lang}`, { width: 390, height: 844 })
    const { page } = seen
    await expectSound(page)
    await page.locator('#account_no').fill(account)
    await page.locator('#phone_last4').fill(`000${account.slice(1)}`)
    await page.getByRole('button', { name: look }).click()
    await page.getByRole('status').waitFor()
    await expectSound(page)
    for (const path of [
      '/api/public/week',
      '/api/public/subscribe',
      '/api/public/request-form',
      '/back/nobody.has-this-link',
      '/follow/nobody-has-this',
      '/requests/nobody-has-this',
      '/unsubscribe/nobody.has-this-link',
    ]) {
      await open(path)
      await expectSound(page)
    }
    await open('/api/public/request-form')
    await page.locator('main select').first().selectOption({ index: 0 })
    await page.locator('main textarea').first().fill('电压一直偏低')
    await page.locator('main form button').click()
    await page.waitForURL(/\/requests\//)
    await expectSound(page)
    await seen.close()
  },
)
