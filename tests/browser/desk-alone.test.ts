import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, visit } from './open-browser.ts'
import { adminToken, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})

it('clears the call field by Escape, lays the bar of time over nothing, and does not meet itself after a reload', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
  const desk = `${served.url}/desk#token=${adminToken}`
  const { page, errors, close } = await visit(browser, desk, { width: 1440, height: 900 })
  const field = page.getByRole('combobox')
  await field.fill('A5')
  await page.getByRole('option').first().waitFor()
  await field.press('Escape')
  expect(await field.inputValue()).toBe('')

  await page.getByRole('button', { name: '回看' }).click()
  const bar = await page.locator('section.bar').boundingBox()
  const keys = await page.locator('footer').boundingBox()
  expect(keys!.y + keys!.height).toBeLessThanOrEqual(bar!.y)

  /** Opens the incident, and waits until the desk has said so and heard who else has it open. */
  const open = async () => {
    const said = page.waitForResponse(
      (each) => each.url().endsWith('/api/presence') && each.request().postDataJSON().incident_id !== null,
    )
    await page.getByRole('navigation').getByRole('button').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await said
  }
  await open()
  await page.reload()
  await open()
  await page.waitForTimeout(500)
  expect(await page.getByText('也开着这一项').count()).toBe(0)
  expect(errors).toEqual([])
  await close()
})
