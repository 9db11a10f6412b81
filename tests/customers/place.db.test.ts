// One's own place: who is answerable, why the neighbour has light, why the truck drove past; and the week behind.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { StandingPlan } from '../../server/contract/plans.ts'
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
  expect(alone.why_neighbours!.zh).toContain('其他7户不受这处故障影响')
  expect(alone.why_truck).toBeNull()
  const greater = await confirmed('301', 'FA')
  const offered = await at.call<{ id: string }>('POST', `/api/incidents/${greater}/assignments`, { crew_id: 'C1' })
  const crew = (verb: string) => at.call('POST', `/api/assignments/${offered.body.id}/${verb}`, {}, 'crew:C1')
  await crew('accept')
  expect((await place('105')).why_truck!.zh).toContain('附近有1个班组即将前往影响更多用户')
  await crew('depart')
  expect((await place('105')).why_truck!.en).toContain('of the crews near by 1 is on the way to places where')
  await crew('arrive')
  expect((await place('106')).why_truck!.zh).toContain('附近有1个班组正在抢修影响更多用户')
  expect((await place('106')).why_truck!.zh).not.toContain('正赶往')
})

test('tells of a crew of another district that is near, and of none that is far', async () => {
  await confirmed('105', 'X2')
  const greater = await confirmed('401', 'CB2')
  const offered = await at.call<{ id: string }>('POST', `/api/incidents/${greater}/assignments`, { crew_id: 'C3' })
  await at.call('POST', `/api/assignments/${offered.body.id}/accept`, {}, 'crew:C3')
  expect((await place('107')).why_truck!.en).toContain('1 is about to leave for')
  await at.sql("update crew set geom = st_setsrid(st_point(114, 23), 4326) where id = 'C3'")
  expect((await place('107')).why_truck).toBeNull()
})

test('gives the place in the plan that is kept in force, and its time only while it is to come', async () => {
  await confirmed('103', 'X1')
  const { body } = await at.call<StandingPlan>('PUT', '/api/dispatch/standing-plan', { is_on: true })
  const stop = body.plan!.crews.flatMap(({ stops }) => stops)[0]!
  const { why_truck } = await place('103')
  expect(why_truck!.en).toContain(
    'By the repair plan as it stands yours is the next stop of a crew, with arrival expected at',
  )
  expect(why_truck!.zh).toContain('按目前的抢修计划，您这里是一个班组的下一站，预计')
  at.clock.now = new Date(Date.parse(stop.arrives_at) + 60_000)
  const late = (await place('103')).why_truck!
  expect(late.en).not.toContain('expected at')
  await at.call('PUT', '/api/dispatch/standing-plan', { is_on: false })
  expect((await place('103')).why_truck).toBeNull()
})

describe('why a neighbour has light', () => {
  const report = async (point: string) => {
    const call = { channel: 'hotline', account_no: `A${point}` }
    return (await at.call<ReportAnswer>('POST', '/api/reports', call)).body.verdict.incident_id!
  }
  const statusOf = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body.status
  const metersSayLit = (points: string[]) =>
    at.call(
      'POST',
      '/api/meter-events',
      points.map((point) => ({ meter_no: `M${point}`, kind: 'power_on', at: at.clock.now.toISOString() })),
    )

  test('after one call nobody knows yet, and neither a device nor neighbours with supply are made up', async () => {
    expect(await statusOf(await report('201'))).toBe('suspected')
    const { why_neighbours } = await place('201')
    expect(why_neighbours).toEqual({
      zh: '还没有查明故障在哪里，也不知道还有哪些用户停电；正在核实，查明后在这里说明。',
      en: 'We do not know yet what failed, nor who else is out; we are finding out, and will say so here.',
    })
  })

  test('what is only probable is not said to have failed; meters that speak are counted', async () => {
    await report('201')
    expect(await statusOf(await report('202'))).toBe('probable')
    const { why_neighbours } = await place('201')
    expect(why_neighbours!.en).toMatch(/^We do not know yet what failed[^0-9]*$/)
    await metersSayLit(['203', '204', '205', '206', '207', '208'])
    const lit = (await place('201')).why_neighbours!
    expect(lit.en).toMatch(/^We do not know yet/)
    expect(lit.en).toContain('The meters of 6 customers of the same transformer say that they have supply.')
    expect(lit.zh).toContain('与您同一台变的6户，电表显示有电。')
  })

  test('a confirmed transformer is named, and nobody behind it is said to have supply', async () => {
    await confirmed('201', 'T2')
    const { why_neighbours } = await place('201')
    expect(why_neighbours!.en).toContain('What failed is the transformer that feeds you')
    expect(why_neighbours!.en).not.toMatch(/\d/)
    expect(why_neighbours!.zh).not.toMatch(/\d/)
  })

  test('a confirmed device below the transformer is named with how many it spares', async () => {
    await confirmed('107', 'X2')
    expect((await place('107')).why_neighbours!.en).toContain(
      'What failed is the meter box that your house is on; neighbours on another box are not affected. 7 other customers',
    )
    await at.reset()
    await confirmed('106', 'B1')
    const { why_neighbours } = await place('106')
    expect(why_neighbours!.zh).toContain('低压分支')
    // Three are not on the branch: too few to be counted out.
    expect(why_neighbours!.en).not.toMatch(/\d/)
  })

  test('what comes back in parts is said to, whatever failed', async () => {
    const id = await confirmed('201', 'T2')
    const points = ['P203', 'P204', 'P205', 'P206', 'P207']
    await at.call('POST', `/api/incidents/${id}/restore`, { equipment_ids: points })
    expect(await statusOf(id)).toBe('partly_restored')
    const { why_neighbours } = await place('201')
    expect(why_neighbours).toEqual({
      zh: '这里分段恢复：能先恢复的部分先送电，您家所在的一段要等故障修好。',
      en: 'Supply comes back in sections here: what can have it has it first; yours waits for the repair.',
    })
  })
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
  const page = await own.text()
  expect(page).toContain('should be back since 11:00')
  const [, account] = /name="account_no" value="([^"]*)"/.exec(page)!
  const tapped = new URLSearchParams({ account_no: account!, symptom: 'no_power' })
  const said = await at.app.request('/api/public/report-form?lang=en', { method: 'POST', body: tapped })
  expect([said.status, await place('302')]).toMatchObject([200, { kind: 'confirmed' }])
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
