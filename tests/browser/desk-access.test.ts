import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './access-violations.ts'
import { openBrowser, visit } from './open-browser.ts'
import { adminToken, crew, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5', symptom: 'hazard' })
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
  await served.ask('/api/reports', { channel: 'hotline', address: '哪里也不是的地方九号' })
  const { items } = await served.ask<{ items: { id: string }[] }>('/api/incidents?status=open')
  await served.ask(`/api/incidents/${items[0]!.id}/assignments`, { crew_id: crew.id })
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})

async function scriptBytes(page: Page, work: () => Promise<void>): Promise<number> {
  let bytes = 0
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const scripts = new Set<string>()
  session.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  await work()
  return bytes
}

describe('the desk', () => {
  it.each([
    ['zh-CN', 'light'],
    ['en-GB', 'dark'],
  ] as const)('has no access violation in %s, %s, on any side of an incident or in a form', async (locale, theme) => {
    const seen = await visit(browser, `${served.url}/desk#token=${adminToken}`, { width: 1440, height: 900, locale })
    const { page } = seen
    await page.emulateMedia({ colorScheme: theme })
    await page.locator('nav button').first().click()
    await page.locator('[role=tab]').first().waitFor()
    for (const tab of await page.locator('[role=tab]').all()) {
      await tab.click()
      expect(await violationsOf(page)).toEqual([])
    }
    await page.keyboard.press('r')
    await page.getByRole('dialog').waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(seen.errors).toEqual([])
    await seen.close()
  })

  it('offers places for a report that could not be located, without an access violation', async () => {
    const seen = await visit(browser, `${served.url}/desk#token=${adminToken}`, { width: 1440, height: 900 })
    await seen.page.locator('nav button').filter({ hasText: '哪里也不是的地方九号' }).click()
    await seen.page.getByRole('heading', { name: '人工定位' }).waitFor()
    expect(await violationsOf(seen.page)).toEqual([])
    await seen.close()
  })

  it('sends at most 700 kB of script, its map included', async () => {
    const seen = await visit(browser, 'about:blank', {})
    const bytes = await scriptBytes(seen.page, async () => {
      await seen.page.goto(`${served.url}/desk#token=${adminToken}`)
      await seen.page.locator('canvas.maplibregl-canvas').waitFor()
      await seen.page.waitForTimeout(1500)
    })
    console.log(`desk: ${Math.round(bytes / 1000)} kB of script`)
    expect(bytes).toBeLessThan(700_000)
    await seen.close()
  })
})

describe('the phone', () => {
  it.each([
    ['zh-CN', 'light'],
    ['en-GB', 'dark'],
  ] as const)('has no access violation in %s, %s, and sends at most 350 kB of script', async (locale, theme) => {
    const seen = await visit(browser, 'about:blank', { width: 390, height: 844, locale })
    const { page } = seen
    await page.emulateMedia({ colorScheme: theme })
    const bytes = await scriptBytes(page, async () => {
      await page.goto(`${served.url}/crew`)
      await page.locator('input').nth(0).fill(crew.id)
      await page.locator('input').nth(1).fill(crew.secret)
      await page.locator('button[type=submit]').click()
      await page.locator('footer button').first().waitFor()
    })
    console.log(`crew: ${Math.round(bytes / 1000)} kB of script`)
    expect(bytes).toBeLessThan(350_000)
    expect(await violationsOf(page)).toEqual([])
    await page.locator('footer button').first().click()
    await page.getByRole('dialog').waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(seen.errors).toEqual([])
    await seen.close()
  })
})
