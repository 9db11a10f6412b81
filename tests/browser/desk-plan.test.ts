import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import { openBrowser, signIn, visit } from './open-browser.ts'
import { dispatcher, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch({
    'crews.csv':
      'id,name,home_district,lon,lat,skills\nC1,一班,west,113.001,22.5,lv;mv\nC2,二班,east,113.0095,22.5,lv;mv\n',
  })
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})

it('keeps a storm plan up with events, lays it beside other ways, and sends only what the dispatcher sends', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
  const offered = async () => (await served.ask<{ items: AssignmentView[] }>('/api/assignments?active=true')).items
  const { page, errors, strangers, close } = await visit(browser, `${served.url}/desk`, { width: 1440, height: 900 })
  await signIn(page, dispatcher.name, dispatcher.secret)
  const boxOf = (label: string) => page.locator(`[aria-label="${label}"]`).boundingBox()
  const [map, queue] = [await boxOf('地图'), await boxOf('待办')]
  await page.getByRole('button', { name: '风暴方案' }).click()
  await page.getByRole('heading', { level: 1, name: '风暴方案' }).waitFor()
  // The board lies over the map and what is open; nothing beneath it moves, and nothing lies over it.
  const board = await page.locator('main.plan').boundingBox()
  expect([map!.x, map!.y, map!.height]).toEqual([board!.x, board!.y, board!.height])
  expect(board!.x + board!.width).toBe(1440)
  expect([await boxOf('地图'), await boxOf('待办')]).toEqual([map, queue])
  expect(await page.getByRole('button', { name: '回看' }).count()).toBe(0)
  await page.getByRole('switch').click()
  const stops = page.getByRole('region', { name: '各班组的行程' }).locator('.track').getByRole('button')
  await stops.first().waitFor()
  await page.getByRole('row', { name: '本区先来先修' }).waitFor()
  const before = await stops.count()

  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
  await expect.poll(() => stops.count(), { timeout: 20_000 }).toBeGreaterThan(before)
  expect(await offered()).toEqual([])

  await page.getByRole('button', { name: '全部派出首站' }).click()
  await expect.poll(async () => (await offered()).length, { timeout: 20_000 }).toBe(2)
  await page.getByRole('button', { name: /已派/ }).first().waitFor()
  await stops.first().click()
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  expect([...errors, ...strangers]).toEqual([])
  await close()
})
