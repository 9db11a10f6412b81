// The queue with ten thousand incidents: few rows are drawn, each says its place in the whole, and the keyboard comes to the last.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { incident, snapshot } from '../web/sketch.ts'
import { violationsOf } from './access-violations.ts'
import { openBrowser, visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

const many = 10_000
const patience = { timeout: 20_000 }
let browser: Browser
let stub: StubServer
beforeAll(async () => {
  browser = await openBrowser()
  const incidents = Array.from({ length: many }, (_, index) =>
    incident({ id: `i${index}`, number: index + 1, place: `台区 ${index + 1}`, customers_out: many - index }),
  )
  stub = await startStub({ snapshot: () => ({ ...snapshot(), incidents }) })
})
afterAll(async () => {
  await browser.close()
  await stub.close()
})

it('draws only the rows in sight, says their places, and goes from the first to the last and on with the keyboard', async () => {
  const { page, errors, close } = await visit(browser, `${stub.url}/desk#token=t`, { width: 1440, height: 900 })
  const rows = page.locator('#queue li[aria-posinset]')
  const placeOfFocus = () =>
    page.evaluate(() => {
      const row = document.activeElement?.closest('li')
      return [row?.getAttribute('aria-posinset'), row?.getAttribute('aria-setsize')]
    })
  await rows.first().waitFor()
  expect(await rows.count()).toBeLessThan(60)
  await page.keyboard.press('j')
  await expect.poll(placeOfFocus, patience).toEqual(['1', String(many)])
  await page.keyboard.press('End')
  await expect.poll(placeOfFocus, patience).toEqual([String(many), String(many)])
  await page.getByText(`台区 ${many}`, { exact: true }).waitFor()
  expect(await rows.count()).toBeLessThan(60)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('k')
  await expect.poll(placeOfFocus, patience).toEqual([String(many - 1), String(many)])
  await page.locator('#queue').evaluate((queue) => (queue.scrollTop = queue.scrollHeight / 2))
  await expect.poll(() => rows.filter({ hasText: /台区 (4[89]|5[01])\d\d/ }).count(), patience).toBeGreaterThan(5)
  // The row with the focus is still there, though far out of sight.
  expect(await placeOfFocus()).toEqual([String(many - 1), String(many)])
  await page.keyboard.press('Home')
  await expect.poll(placeOfFocus, patience).toEqual(['1', String(many)])
  expect(errors).toEqual([])
  await close()
})
