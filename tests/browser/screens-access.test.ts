// Every screen and every panel of the desk without an access violation, in one language by day and in the other by night.
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './access-violations.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { adminToken, crew, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let development: ViteDevServer

type Way = [locale: 'zh-CN' | 'en-GB', theme: 'light' | 'dark']
const ways: Way[] = [
  ['zh-CN', 'light'],
  ['en-GB', 'dark'],
]

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  const { ask } = served
  await ask('/api/reports', { channel: 'hotline', account_no: 'A5', symptom: 'hazard' })
  await ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
  await ask('/api/reports', { channel: 'hotline', address: '哪里也不是的地方九号' })
  await ask('/api/requests', { kind: 'complaint', text: '一周停了三次电', account_no: 'A1' })
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const work = { starts_at: day(12), ends_at: day(12.2), equipment_ids: ['CB'], reason: '线路检修' }
  await ask('/api/planned-outages', work)
  const { items } = await ask<{ items: { id: string; hazard: boolean }[] }>('/api/incidents?status=open')
  await ask(`/api/incidents/${items.find(({ hazard }) => !hazard)!.id}/assignments`, { crew_id: crew.id })
  const configFile = path.resolve(import.meta.dirname, '../../vite.config.ts')
  development = await createServer({ configFile, logLevel: 'silent', server: { host: '127.0.0.1', port: 0 } })
  await development.listen()
})
afterAll(async () => {
  await development.close()
  await browser.close()
  await served.stop()
})

async function open(url: string, [locale, colorScheme]: Way, width = 1440, height = 900) {
  const seen = await visit(browser, url, { width, height, locale })
  await seen.page.emulateMedia({ colorScheme })
  return seen
}
async function clean(page: Page, what: string) {
  expect(await violationsOf(page), what).toEqual([])
}
async function end(seen: Visit) {
  expect(seen.errors).toEqual([])
  await seen.close()
}

describe.each(ways)('in %s, %s, there is no access violation', (...way) => {
  it.each(['desk', 'wall', 'crew', 'report'])('at the door of /%s', async (screen) => {
    const seen = await open(`${served.url}/${screen}`, way)
    await seen.page.locator('input[type=password]').waitFor()
    await clean(seen.page, screen)
    await end(seen)
  })

  it('on the public page', async () => {
    const seen = await open(`${served.url}/`, way)
    await seen.page.getByRole('heading').first().waitFor()
    await clean(seen.page, 'public')
    await end(seen)
  })

  it('on the wall, live, with its time bar, and in the past', async () => {
    const seen = await open(`${served.url}/wall#token=${adminToken}`, way, 1920, 1080)
    const { page } = seen
    await page.locator('canvas.maplibregl-canvas').waitFor()
    await clean(page, 'live')
    await page.keyboard.press('t')
    await page.locator('section.bar input[type=range]').waitFor()
    await clean(page, 'time bar')
    await page.locator('section.bar input[type=range]').press('Home')
    await page.locator('.banner').waitFor()
    await clean(page, 'past')
    await end(seen)
  })

  it('on the report of a storm', async () => {
    const seen = await open(`${served.url}/report#token=${adminToken}`, way)
    await seen.page.locator('table').first().waitFor()
    await clean(seen.page, 'report')
    await end(seen)
  })

  it('on the page of all components', async () => {
    const { port } = development.httpServer!.address() as { port: number }
    const seen = await open(`http://127.0.0.1:${port}/styleguide`, way)
    await seen.page.locator('h2').first().waitFor()
    await clean(seen.page, 'styleguide')
    await end(seen)
  })

  it('on the desk, in the search, a call and each panel', async () => {
    const seen = await open(`${served.url}/desk#token=${adminToken}`, way)
    const { page } = seen
    const { keyboard } = page
    await page.locator('canvas.maplibregl-canvas').waitFor()
    await clean(page, 'queue')
    await keyboard.press('?')
    await clean(page, 'keys')
    await keyboard.press('Escape')
    await keyboard.press('/')
    await keyboard.type('A5')
    await page.getByRole('option').nth(1).waitFor()
    await clean(page, 'search')
    await keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    await clean(page, 'call')
    await keyboard.press('1')
    await page.locator('dialog[open] .aloud').first().waitFor()
    await clean(page, 'verdict')
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    await keyboard.press('p')
    await page.locator('.plan h1').waitFor()
    await clean(page, 'storm plan')
    await keyboard.press('Escape')
    await keyboard.press('w')
    await page.locator('section.planned li').first().waitFor()
    await clean(page, 'planned outages')
    await page.locator('section.planned header button').first().press('Enter')
    await page.locator('section.planned fieldset input').fill('T1')
    await keyboard.press('Enter')
    await page.locator('section.planned article').first().waitFor()
    await clean(page, 'a planned outage drawn')
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    await end(seen)
  })

  it('on the desk, in what was promised and asked', async () => {
    const seen = await open(`${served.url}/desk#token=${adminToken}`, way)
    const { page } = seen
    await page.locator('canvas.maplibregl-canvas').waitFor()
    await page.locator('header button:has(+ .name)').press('Enter')
    await page.locator('dialog[open] [role=tab]').first().waitFor()
    for (const tab of await page.locator('dialog[open] [role=tab]').all()) {
      await tab.click()
      await clean(page, (await tab.textContent()) ?? '')
    }
    await end(seen)
  })

  it('on the desk in the past', async () => {
    const seen = await open(`${served.url}/desk#token=${adminToken}`, way)
    const { page } = seen
    await page.locator('button.opener').press('Enter')
    await page.locator('section.bar input[type=range]').waitFor()
    await clean(page, 'time bar')
    await page.locator('section.bar input[type=range]').press('ArrowLeft')
    await page.locator('.banner').waitFor()
    await clean(page, 'past')
    await end(seen)
  })
})
