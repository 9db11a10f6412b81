import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssignmentDetail } from '../../server/contract/assignments.ts'
import { openBrowser, signIn, visit } from './open-browser.ts'
import type { PhotographView } from '../../server/contract/photographs.ts'
import { crew, dispatcher, serveSketch, type Served } from './served-sketch.ts'

/** One red point, as a camera would hand it over. */
const photograph = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

type Span = { from: number; until: number }

/** When `press` began and was done: whatever it presses was pressed in between, however slow the machine is. */
async function spanOf(press: () => Promise<void>): Promise<Span> {
  const from = Date.now()
  await press()
  return { from, until: Date.now() }
}

/** Steps are told to the second at least. */
function expectWithin(told: string, { from, until }: Span): void {
  expect(Date.parse(told)).toBeGreaterThan(from - 1000)
  expect(Date.parse(told)).toBeLessThanOrEqual(until)
}

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

describe('the phone without network', () => {
  it('keeps every step through a reload and sends each once, in order, with the time it was pressed', async () => {
    await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
    const [incident] = await served.incidents()
    await served.ask(`/api/incidents/${incident!.id}/assignments`, { crew_id: crew.id })

    const seen = await visit(browser, `${served.url}/crew`, { width: 390, height: 844 })
    const { page } = seen
    await signIn(page, crew.id, crew.secret)
    await page.getByRole('button', { name: '接单', exact: true }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await page.getByRole('button', { name: '接单', exact: true }).waitFor()

    await page.context().setOffline(true)
    const pressed: Span[] = []
    for (const step of ['接单', '出发', '到场']) {
      pressed.push(await spanOf(() => page.getByRole('button', { name: step, exact: true }).click()))
      await page.waitForTimeout(1500)
    }
    const photographed = await spanOf(async () => {
      await page.getByLabel('拍照').setInputFiles({ name: 'pole.png', mimeType: 'image/png', buffer: photograph })
      await page.getByText('已拍 1 张').waitFor()
    })
    await page.getByRole('button', { name: '完工', exact: true }).click()
    await page.getByText('已全部复电').click()
    await page.getByText('电表已查').click()
    await page.getByLabel('用户处电压').fill('221')
    await page.getByText('大风暴雨').click()
    pressed.push(await spanOf(() => page.getByRole('dialog').getByRole('button', { name: '完工' }).click()))
    await page.locator('[data-state=queued]').nth(4).waitFor()
    const before = await served.ask<{ items: AssignmentDetail[] }>('/api/assignments')
    expect(before.items.map(({ status }) => status)).toEqual(['offered'])

    await page.reload()
    await page.locator('[data-state=queued]').nth(4).waitFor()
    expect(await page.locator('[data-state=queued]').count()).toBe(5)
    await page.context().setOffline(false)
    await page.locator('[data-state=sent]').nth(4).waitFor()

    const { timeline, status, cause } = (await served.incidents())[0]!
    const steps = timeline.filter(({ name }) => name === 'assignment').map(({ step }) => step)
    expect(steps).toEqual(['offered', 'accepted', 'en_route', 'on_site', 'photographed', 'finished'])
    expect([status, cause]).toEqual(['restored', 'weather'])
    const { items } = await served.ask<{ items: AssignmentDetail[] }>('/api/assignments')
    const { accepted_at, departed_at, arrived_at, finished_at } = items[0]!
    const told = [accepted_at, departed_at, arrived_at, finished_at]
    told.forEach((at, index) => expectWithin(at!, pressed[index]!))
    const kept = await served.ask<{ items: PhotographView[] }>(`/api/incidents/${incident!.id}/photographs`)
    expect(kept.items.map(({ crew_id, media_type }) => [crew_id, media_type])).toEqual([[crew.id, 'image/jpeg']])
    expectWithin(kept.items[0]!.taken_at, photographed)
    await seen.close()

    const desk = await visit(browser, `${served.url}/desk`, { width: 1440, height: 900 })
    await signIn(desk.page, dispatcher.name, dispatcher.secret)
    await desk.page.getByRole('navigation').getByRole('button').first().click()
    await desk.page.getByText('电压 221 伏').waitFor()
    await desk.page.getByRole('region', { name: '现场照片' }).getByRole('img').waitFor()
    expect(await desk.page.getByRole('region', { name: '现场照片' }).getByRole('img').count()).toBe(1)
    expect([...desk.errors, ...desk.strangers]).toEqual([])
    await desk.close()
  })

  it('shows a step that the server refuses, with its words, and goes on', async () => {
    await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
    const incident = (await served.incidents()).find(({ status }) => status !== 'restored')!
    const offer = await served.ask<AssignmentDetail>(`/api/incidents/${incident.id}/assignments`, { crew_id: crew.id })
    const seen = await visit(browser, `${served.url}/crew`, { width: 390, height: 844 })
    const { page } = seen
    await signIn(page, crew.id, crew.secret)
    await page.getByRole('button', { name: '接单', exact: true }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '接单', exact: true }).click()
    await page.locator('[data-state=queued]').waitFor()
    await served.ask(`/api/assignments/${offer.id}/withdraw`, { reason: '改派' })
    await page.context().setOffline(false)
    await page.locator('[data-state=refused]').filter({ hasText: '步骤顺序不对' }).waitFor()
    await page.getByText('没有派给我们的停电事件').waitFor()
    await seen.close()
  })
})
