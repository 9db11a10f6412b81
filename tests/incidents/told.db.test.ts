// Whoever is out by an incident that customers may hear of has been told so, and told last: whatever made the incident grow, take
// another in, be parted, or come back after it was over.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { pointsOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const step = async (id: string, verb: string, body: object = {}) => {
  const answer = await at.call<IncidentSummary>('POST', `/api/incidents/${id}/${verb}`, body)
  expect(answer.status).toBe(200)
  return answer.body
}
const call = async (account_no: string, minutes = 0) => {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', {
    channel: 'hotline',
    account_no,
    reported_at: minute(minutes),
  })
  return body.verdict.incident_id!
}
const gasp = (kind: 'power_off' | 'power_on', minutes: number, points: string[]) =>
  at.call(
    'POST',
    '/api/meter-events',
    points.map((point) => ({ meter_no: `M${point.slice(1)}`, kind, at: minute(minutes) })),
  )

type Last = { point: string; incident_id: string; back: boolean; last: string | null; times: number }
/** What each customer of an incident that may be told of heard last since they went out, and how many messages that made. */
const heard = () =>
  at.sql<Last>(
    `select interruption.service_point_id as point, interruption.incident_id, interruption.ended_at is not null as back,
       (array_agg(matter.kind order by notification.id desc))[1] as last, count(notification.id)::integer as times
     from interruption
     join incident on incident.id = interruption.incident_id and incident.status in ('probable', 'confirmed', 'partly_restored', 'restored')
     join service_point on service_point.id = interruption.service_point_id and service_point.phone is not null
     left join notification on notification.service_point_id = interruption.service_point_id
       and notification.created_at >= interruption.started_at
       and notification.matter_id in (select id from matter where kind in ('outage_known', 'restored'))
     left join matter on matter.id = notification.matter_id
     group by interruption.id order by 1`,
  )
const out = async () => (await heard()).filter(({ back }) => !back)
const told = (each: Last) => each.last === 'outage_known'

it('tells those by whom an incident grew without another name or state', async () => {
  // Meters say that most of the transformer has supply: those who call are households, one incident at their transformer.
  const lit = pointsOf('T2').slice(5)
  at.clock.now = minute(-40)
  await gasp('power_off', -40, lit)
  at.clock.now = minute(-35)
  await gasp('power_on', -35, lit)
  const [earlier] = await at.sql<{ id: string }>('select id from incident')
  await step(earlier!.id, 'close')
  at.clock.now = minute(0)
  await call('A201', -30)
  await call('A202', -29)
  const few = await out()
  await call('A203', -28)
  const more = await out()
  expect(more.length).toBeGreaterThan(few.length)
  expect(more.filter((each) => !told(each) || each.times !== 1)).toEqual([])
})

it('tells those of a mere suspicion that a known incident takes in', async () => {
  const known = await call('A301')
  await step(known, 'confirm', { equipment_id: 'T3' })
  const suspected = await call('A101')
  expect((await out()).map(({ incident_id }) => incident_id)).not.toContain(suspected)
  await step(known, 'merge', { incident_ids: [suspected] })
  const all = await out()
  expect(all.map(({ point }) => point)).toContain('P101')
  expect(all.filter((each) => !told(each) || each.times !== 1)).toEqual([])
})

it('tells both parts of a suspicion that is split', async () => {
  await gasp('power_off', -1, pointsOf('T1').concat(pointsOf('T2'), pointsOf('T3')).slice(0, 28))
  const { body } = await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=suspected,probable')
  const [wide] = body.items.toSorted((a, b) => b.customers_out - a.customers_out)
  await at.sql("update incident set status = 'suspected'")
  await at.sql('delete from notification')
  await step(wide!.id, 'split', { equipment_id: wide!.transformer_ids.at(-1) })
  const all = await out()
  expect(new Set(all.map(({ incident_id }) => incident_id)).size).toBeGreaterThan(1)
  expect(all.filter((each) => !told(each))).toEqual([])
})

it('tells whoever was told that supply is back and is out after all, and then of their return', async () => {
  const id = await call('A301')
  await step(id, 'confirm', { equipment_id: 'FA' })
  at.clock.now = minute(40)
  await step(id, 'restore', { at: minute(30) })
  expect(new Set((await heard()).map(({ last }) => last))).toEqual(new Set(['restored']))
  at.clock.now = minute(45)
  const nested = await call('A302', 45)
  expect(nested).not.toBe(id)
  await step(nested, 'confirm', { equipment_id: 'T3' })
  const again = await out()
  expect(again.filter((each) => !told(each))).toEqual([])
  expect(again.find(({ point }) => point === 'P302')).toMatchObject({ times: 3 })
  at.clock.now = minute(60)
  await step(nested, 'restore', { at: minute(55) })
  expect(new Set((await heard()).map(({ last }) => last))).toEqual(new Set(['restored']))
})

it('tells customers of a partly restored incident who go out again by the same device, and then of their return', async () => {
  const id = await call('A201')
  await step(id, 'confirm', { equipment_id: 'T2' })
  const points = pointsOf('T2')
  at.clock.now = minute(40)
  await step(id, 'restore', { service_point_ids: points.slice(1), at: minute(30) })
  expect(await out()).toHaveLength(1)
  at.clock.now = minute(50)
  await gasp('power_off', 49, points.slice(1))
  const again = await out()
  expect(again).toHaveLength(points.length)
  expect(new Set(again.map(({ incident_id }) => incident_id))).toEqual(new Set([id]))
  expect(again.filter((each) => !told(each))).toEqual([])
  at.clock.now = minute(70)
  await step(id, 'restore', { at: minute(65) })
  const lately = (await heard()).filter(({ last }) => last !== 'restored')
  expect(lately).toEqual([])
  const [row] = await at.sql<{ most: number }>(
    'select max(each)::integer as most from (select count(*) as each from notification group by service_point_id) as counted',
  )
  expect(row!.most).toBe(4)
})

const lastWords = () =>
  at.sql<{ point: string; kinds: string[] }>(
    `select notification.service_point_id as point, array_agg(matter.kind order by notification.id) as kinds
     from notification join matter on matter.id = notification.matter_id group by 1 order by 1`,
  )
const send = () => at.sql("update notification set state = 'sent' where state = 'queued'")

it('corrects the news of an outage that never was, each time that it was told', async () => {
  const id = await call('A301')
  await step(id, 'confirm', { equipment_id: 'T3' })
  await send()
  await step(id, 'cancel', { reason: '误报' })
  await step(id, 'undo')
  const [first] = await lastWords()
  expect(first!.kinds).toEqual(['outage_known', 'outage_withdrawn', 'outage_known'])
  await send()
  await step(id, 'cancel', { reason: '误报' })
  const words = await lastWords()
  expect(words).toHaveLength(10)
  for (const { kinds } of words)
    expect(kinds).toEqual(['outage_known', 'outage_withdrawn', 'outage_known', 'outage_withdrawn'])
})

it('tells whoever was told of a return that was none that they are out, and nobody else, and then of their return', async () => {
  const id = await call('A201')
  await step(id, 'confirm', { equipment_id: 'RA' })
  at.clock.now = minute(20)
  await step(id, 'restore', { transformer_ids: ['T3'] })
  at.clock.now = minute(30)
  await step(id, 'restore')
  await send()
  at.clock.now = minute(40)
  await step(id, 'undo')
  const words = await heard()
  expect(words.filter(({ back }) => !back).every((each) => told(each) && each.times === 3)).toBe(true)
  expect(words.filter(({ back }) => back).every(({ last, times }) => last === 'restored' && times === 2)).toBe(true)
  at.clock.now = minute(50)
  await step(id, 'restore')
  expect((await heard()).filter(({ last }) => last !== 'restored')).toEqual([])
})

it('corrects nothing for whoever was sent nothing, or is out by something else', async () => {
  const unsent = await call('A301')
  await step(unsent, 'confirm', { equipment_id: 'T3' })
  await step(unsent, 'cancel', { reason: '误报' })
  expect((await lastWords()).flatMap(({ kinds }) => kinds)).not.toContain('outage_withdrawn')
  const narrow = await call('A201')
  await step(narrow, 'confirm', { equipment_id: 'T2' })
  await send()
  await at.call('POST', '/api/telemetry', { equipment_id: 'CB1', state: 'open', at: minute(0) })
  const standing = await at.sql<{ id: string }>("select id from incident where status = 'confirmed'")
  expect(standing).toHaveLength(1)
  expect((await lastWords()).flatMap(({ kinds }) => kinds)).not.toContain('outage_withdrawn')
})

it('corrects the news for whom a confirmation leaves out, and for nobody else', async () => {
  const id = await call('A101')
  await step(id, 'confirm', { equipment_id: 'T1' })
  await send()
  await step(id, 'confirm', { equipment_id: 'B1' })
  const corrected = (await lastWords()).filter(({ kinds }) => kinds.includes('outage_withdrawn'))
  expect(corrected.map(({ point }) => point)).toEqual(['P108', 'P109'])
})

it('tells of the return that meters say', async () => {
  const points = pointsOf('T3')
  await gasp('power_off', -20, points)
  expect((await out()).filter(told)).toHaveLength(points.length)
  at.clock.now = minute(5)
  await gasp('power_on', 4, points)
  const back = await lastWords()
  expect(back).toHaveLength(points.length)
  for (const { kinds } of back) expect(kinds).toEqual(['outage_known', 'restored'])
})
