// One's own place: who is answerable, why the neighbour has light, why the truck drove past; and the week behind.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PlaceView } from '../../server/contract/public.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.sql(`
    insert into grid (id, network_id, name, manager_name, manager_phone, geom)
      select 'G1', id, '东风网格', '陈经理', '13800000001', st_multi(st_makeenvelope(113, 22.5, 113.01, 22.51, 4326)) from network`)
  await at.sql("update transformer set grid_id = 'G1' where id = 'T1'")
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const place = async (point: string) => {
  const key = { account_no: `A${point}`, phone_last4: `0${point}` }
  return (await at.call<PlaceView>('POST', '/api/customers/place', key, 'public')).body
}
const confirmed = async (point: string, equipment_id: string) => {
  const call = { channel: 'hotline', account_no: `A${point}` }
  const { verdict } = (await at.call<ReportAnswer>('POST', '/api/reports', call)).body
  await at.call('POST', `/api/incidents/${verdict.incident_id}/confirm`, { equipment_id })
  return verdict.incident_id!
}

test('names the manager, and explains nothing where nobody is out', async () => {
  expect(await place('105')).toMatchObject({
    manager: { name: '陈经理', phone: '13800000001', grid: '东风网格' },
    why_neighbours: null,
    why_truck: null,
  })
  expect(
    (await at.call('POST', '/api/customers/place', { account_no: 'A105', phone_last4: '9999' }, 'public')).status,
  ).toBe(404)
})

test('tells from what the supply hangs on why a neighbour has light, and from the crews why one drove past', async () => {
  await confirmed('105', 'X2')
  const alone = await place('105')
  expect(alone.why_neighbours!.zh).toContain('表箱')
  expect(alone.why_neighbours!.zh).toContain('7户目前有电')
  expect(alone.why_truck).toBeNull()
  const greater = await confirmed('301', 'FA')
  const offered = await at.call<{ id: string }>('POST', `/api/incidents/${greater}/assignments`, { crew_id: 'C1' })
  await at.call('POST', `/api/assignments/${offered.body.id}/accept`, {}, 'crew:C1')
  expect((await place('105')).why_truck!.zh).toContain('本区有1个班组')
})

test('lists the week without telling a household apart, and shows a place on a page without JavaScript', async () => {
  const id = await confirmed('302', 'T3')
  at.clock.now = minute(60)
  await at.call('POST', `/api/incidents/${id}/restore`, {})
  const week = await (await at.app.request('/api/public/week?lang=en')).text()
  expect(week).toContain('10:00 – 11:00')
  expect(week).not.toMatch(/A302|P302|13900000302/)
  const body = new URLSearchParams({ account_no: 'A302', phone_last4: '0302' })
  const own = await at.app.request('/api/public/my-place?lang=en', { method: 'POST', body })
  expect(await own.text()).toContain('should be back since 11:00')
  const wrong = new URLSearchParams({ account_no: 'A302', phone_last4: '1111' })
  const refused = await at.app.request('/api/public/my-place?lang=en', { method: 'POST', body: wrong })
  expect([refused.status, (await refused.text()).includes('role="alert"')]).toEqual([404, true])
})

test('counts no look that was right: a customer may look as often as they like, and wrong guesses stay limited', async () => {
  const look = async (account: string, digits: string) =>
    at.call('POST', '/api/customers/place', { account_no: account, phone_last4: digits }, 'public')
  for (let each = 0; each < 70; each++) expect((await look('A104', '0104')).status).toBe(200)
  for (let each = 0; each < 5; each++) expect((await look('A104', '1111')).status).toBe(404)
  const refused = await look('A104', '0104')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900'])
})

test('lists the planned work that is announced for the household’s transformer, with its calendar', async () => {
  expect(await place('103')).toMatchObject({ planned: [], calendar: null })
  await at.sql(
    `insert into planned_outage (id, starts_at, ends_at, reason, equipment_ids) values ('W1', $1, $2, '检修', '{LA}')`,
    [minute(1500), minute(1600)],
  )
  await at.sql(
    `insert into planned_ground (planned_outage_id, transformer_id, customers, critical) values ('W1', 'T1', 9, 1)`,
  )
  const calendar = '/feeds/planned.ics?transformer_id=T1'
  expect(await place('103')).toMatchObject({
    kind: 'no_outage_known',
    planned: [{ id: 'W1', starts_at: minute(1500).toISOString(), state: 'announced', reason: '检修' }],
    calendar,
  })
  const key = new URLSearchParams({ account_no: 'A103', phone_last4: '0103' })
  const own = await (await at.app.request('/api/public/my-place?lang=en', { method: 'POST', body: key })).text()
  expect(own).toContain(calendar)
  expect(own).toContain('2 Jul, 11:00 – 2 Jul, 12:40 · 检修')
  expect(await (await at.app.request(calendar)).text()).toContain('UID:W1@relight')
})
