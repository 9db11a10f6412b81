// What the crew's page says: by the network's clock wherever the phone's is set, whom to ask, what is wrong with a form in its place.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AssignmentDetail } from '../../server/contract/assignments.ts'
import { openBrowser, signIn, visit } from './open-browser.ts'
import { crew, dispatcher, serveSketch, type Served } from './served-sketch.ts'

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

const phone = { width: 390, height: 844, timezoneId: 'America/New_York' }
const shanghai = (at: string | null) =>
  new Date(at!).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

/** Around midnight the day is said too. */
const saying = (before: string, at: string | null, after: string) =>
  new RegExp(`${before}(\\d+/\\d+ )?${shanghai(at)}${after}`)

async function openCrewPage() {
  const seen = await visit(browser, `${served.url}/crew`, phone)
  await signIn(seen.page, crew.id, crew.secret)
  await seen.page.getByRole('button', { name: '接单', exact: true }).waitFor()
  return seen
}

it('says every time by the network’s clock, whom to call, and what is missing in the form where it is missing', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5', phone: '13800138000' })
  const [incident] = await served.incidents()
  const offer = await served.ask<AssignmentDetail>(`/api/incidents/${incident!.id}/assignments`, { crew_id: crew.id })
  const { page, errors, close } = await openCrewPage()
  await page.getByText(saying('承诺 ', offer.promised_at, ' 前到达')).waitFor()
  await page.getByText(saying('', incident!.started_at, ' 起停电')).waitFor()
  expect(await page.getByRole('list', { name: '报修人' }).getByRole('link').getAttribute('href')).toBe(
    'tel:13800138000',
  )
  for (const step of ['接单', '出发', '到场']) {
    await page.getByRole('button', { name: step, exact: true }).click()
    await page.locator('[data-state=sent]').filter({ hasText: step }).waitFor()
  }
  const { items } = await served.ask<{ items: AssignmentDetail[] }>('/api/assignments')
  await page
    .locator('[data-state=sent]')
    .filter({ hasText: shanghai(items[0]!.accepted_at) })
    .first()
    .waitFor()

  await page.getByRole('button', { name: '完工', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用户处电压').fill('很高')
  await dialog.getByRole('button', { name: '完工' }).click()
  expect(await dialog.getByRole('alert').allTextContents()).toEqual(['请先选现在是否复电', '请先选停电原因'])
  await expect
    .poll(() =>
      dialog.getByRole('group', { name: '现在' }).evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      }),
    )
    .toBe(true)
  await dialog.getByText('已全部复电').click()
  await dialog.getByText('大风暴雨').click()
  await expect.poll(() => dialog.getByRole('alert').count()).toBe(0)
  await dialog.getByText('电压请填数字').waitFor()
  await dialog.getByLabel('用户处电压（伏，可不填）').fill('')
  await dialog.getByRole('button', { name: '完工' }).click()
  await page.getByText('已完工，辛苦了').waitFor()
  expect(await page.getByText('13800138000').count()).toBe(0)
  expect(errors).toEqual([])
  await close()
})

it('asks for the transformers that are still out before what is partly restored can be finished', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
  const incident = (await served.incidents()).find(({ status }) => status === 'suspected')!
  await served.ask(`/api/incidents/${incident.id}/confirm`, { equipment_id: 'CB' })
  const { id } = await served.ask<AssignmentDetail>(`/api/incidents/${incident.id}/assignments`, { crew_id: crew.id })
  for (const step of ['accept', 'depart', 'arrive']) await served.ask(`/api/assignments/${id}/${step}`, {})
  const seen = await visit(browser, `${served.url}/crew`, phone)
  const { page } = seen
  await signIn(page, crew.id, crew.secret)
  await page.getByRole('button', { name: '完工', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('部分复电').click()
  await dialog.getByText('大风暴雨').click()
  await dialog.getByRole('button', { name: '完工' }).click()
  expect(await dialog.getByRole('alert').allTextContents()).toEqual(['请勾选仍停电的台区；都有电了就选“已全部复电”'])
  await dialog.getByText('T2', { exact: true }).click()
  await dialog.getByRole('button', { name: '完工' }).click()
  await page.getByText('已完工，辛苦了').waitFor()
  await expect
    .poll(() => served.ask<{ status: string; customers_out: number }>(`/api/incidents/${incident.id}`), {
      timeout: 30_000,
    })
    .toMatchObject({ status: 'partly_restored', customers_out: 4 })
  await seen.close()
})

it('says of a hazard that it is one, not that nobody is out', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1', symptom: 'hazard' })
  const incident = (await served.incidents()).find(({ hazard }) => hazard)!
  await served.ask(`/api/incidents/${incident.id}/assignments`, { crew_id: crew.id })
  const { page, close } = await openCrewPage()
  await page.getByText(saying('', incident.started_at, ' 报告危险')).waitFor()
  expect(await page.getByText('户停电').count()).toBe(0)
  await close()
})

it('asks for the period of a storm’s report by the same clock as its figures', async () => {
  const period = 'from=2026-07-01T02:00:00Z&to=2026-07-01T08:00:00Z'
  const seen = await visit(browser, `${served.url}/report?${period}`, { timezoneId: 'America/New_York' })
  const { page } = seen
  await signIn(page, dispatcher.name, dispatcher.secret)
  const fields = page.locator('input[type=datetime-local]')
  await expect.poll(() => fields.first().inputValue()).toBe('2026-07-01T10:00')
  expect(await fields.last().inputValue()).toBe('2026-07-01T16:00')
  await page.locator('form').getByRole('button').first().click()
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe('2026-07-01T02:00:00.000Z')
  await seen.close()
})
