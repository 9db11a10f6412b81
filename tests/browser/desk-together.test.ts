// Two dispatchers at two desks: each sees what the other has open, and the later of two decisions is told of the earlier.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, signIn, type Visit, visit } from './open-browser.ts'
import { adminToken, dispatcher, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
const visits: Visit[] = []

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
})
afterAll(async () => {
  for (const each of visits) await each.close()
  await browser.close()
  await served.stop()
})

async function openDesk(path: string): Promise<Page> {
  const seen = await visit(browser, served.url + path, { width: 1440, height: 900 })
  visits.push(seen)
  return seen.page
}

it('shows who else has an incident open and what they are about to do, and tells the loser who decided before', async () => {
  const first = await openDesk('/desk')
  await signIn(first, dispatcher.name, dispatcher.secret)
  await first.locator('#queue button').first().click()
  await first.getByRole('heading', { level: 1 }).waitFor()

  const second = await openDesk(`/desk#token=${adminToken}`)
  await second.locator('#queue button').filter({ hasText: dispatcher.name }).click()
  await second.getByText(`${dispatcher.name} 也开着这一项`).waitFor()
  await first.getByText('administrator 也开着这一项').waitFor()
  await second.keyboard.press('r')
  await first.getByText('administrator 正在填写“复电”').waitFor()

  const [incident] = await served.incidents()
  await first.getByRole('button', { name: '原因', exact: true }).click()
  await first.getByRole('dialog').getByText('大风暴雨').click()
  await first.getByRole('dialog').locator('button[type=submit]').click()
  await expect.poll(async () => (await served.incidents())[0]?.cause, { timeout: 30_000 }).toBe('weather')

  await second.getByRole('dialog').locator('button[type=submit]').click()
  await second.getByText(new RegExp(`${dispatcher.name} 记下原因。没有执行`)).waitFor()
  expect((await served.incidents())[0]?.status).toBe(incident!.status)
  await second.getByRole('dialog').locator('button[type=submit]').click()
  await expect.poll(async () => (await served.incidents())[0]?.status, { timeout: 30_000 }).toBe('restored')
  expect(visits.flatMap(({ errors }) => errors)).toEqual([])
})
