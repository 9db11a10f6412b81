// A storm night on the small region (tests/fixtures/region.ts), by script: a breaker by telemetry, a fuse by calls, a transformer
// by meters, a merge, a split, a tie closed, a nested "still out". At the end every service point's interruptions are held
// against a recount that knows nothing of incidents, to the second.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IncidentSummary, TelemetryAnswer } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { pointsOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())

/** When each service point went dark and was lit again, in minutes; from the script alone. */
const dark = new Map<string, number>()
const spells: { point: string; from: number; to: number }[] = []
/** P110 is disconnected for non-payment: it has no supply to lose. */
const connected = (transformer: string) => pointsOf(transformer).filter((point) => point !== 'P110')
const goDark = (from: number, ...transformers: string[]) => {
  for (const point of transformers.flatMap(connected)) if (!dark.has(point)) dark.set(point, from)
}
const light = (to: number, ...transformers: string[]) => {
  for (const point of transformers.flatMap(connected)) {
    spells.push({ point, from: dark.get(point)!, to })
    dark.delete(point)
  }
}
/** They never had supply: what was counted as over was not. */
const wasNeverLit = (transformer: string) => {
  for (const point of connected(transformer)) {
    const spell = spells.splice(
      spells.findIndex((each) => each.point === point),
      1,
    )[0]!
    dark.set(point, spell.from)
  }
}

const when = (minutes: number) => {
  at.clock.now = minute(minutes)
}
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict
const step = async (id: string, verb: string, body: object = {}) => {
  const answer = await at.call<IncidentSummary>('POST', `/api/incidents/${id}/${verb}`, body)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}
const switchTo = async (equipment_id: string, state: 'open' | 'closed', minutes: number, commanded: boolean) =>
  (await at.call<TelemetryAnswer>('POST', '/api/telemetry', { equipment_id, state, commanded, at: minute(minutes) }))
    .body
const meters = (kind: string, minutes: number, points: string[]) =>
  at.call(
    'POST',
    '/api/meter-events',
    points.map((point) => ({ meter_no: `M${point.slice(1)}`, kind, at: minute(minutes) })),
  )
const incidentOf = async (point: string) =>
  (
    await at.sql<{ incident_id: string }>(
      'select incident_id from interruption where service_point_id = $1 and ended_at is null',
      [point],
    )
  )[0]!.incident_id

it('a storm night leaves every service point the interruptions that an independent recount gives, to the second', async () => {
  when(1)
  const breaker = (await switchTo('CB2', 'open', 0, false)).incident_id!
  goDark(0, 'T4', 'T5', 'T6')

  when(5)
  for (const account of ['A301', 'A302', 'A304', 'A306']) await call(account)
  const fuse = await incidentOf('P301')
  await step(fuse, 'confirm', { equipment_id: 'FA' })
  goDark(5, 'T3')

  when(11)
  await meters('power_off', 10, connected('T1'))
  goDark(10, 'T1')
  const transformer = await incidentOf('P101')

  when(12)
  for (const account of ['A201', 'A202', 'A203']) await call(account)
  const second = await incidentOf('P201')
  await step(second, 'confirm', { equipment_id: 'T2' })
  goDark(12, 'T2')

  when(14)
  await step(fuse, 'merge', { incident_ids: [second] })
  when(16)
  const split = await step(fuse, 'split', { equipment_id: 'T2' })

  when(20)
  await switchTo('LB', 'open', 18, true)
  await switchTo('TIE', 'closed', 20, true)
  light(20, 'T5', 'T6')
  expect(await incidentOf('P401')).toBe(breaker)

  when(22)
  for (const account of ['A501', 'A502', 'A503', 'A504']) await call(account)
  const nested = await incidentOf('P501')
  expect(nested).not.toBe(breaker)
  await step(nested, 'confirm', { equipment_id: 'T5' })
  wasNeverLit('T5')

  when(50)
  await step(breaker, 'restore', { at: minute(30) })
  light(30, 'T4')
  await step(nested, 'restore', { transformer_ids: ['T5'], at: minute(35) })
  light(35, 'T5')
  await step(split.id, 'restore', { at: minute(42) })
  light(42, 'T2')
  await step(fuse, 'restore', { at: minute(40) })
  light(40, 'T3')
  await meters('power_on', 45, connected('T1'))
  light(45, 'T1')

  const told = await at.sql<{ point: string; started_at: Date; ended_at: Date | null }>(
    'select service_point_id as point, started_at, ended_at from interruption order by 1, 2',
  )
  const recount = spells
    .map(({ point, from, to }) => ({ point, started_at: minute(from), ended_at: minute(to) }))
    .sort((a, b) => (a.point < b.point ? -1 : 1))
  expect(dark.size).toBe(0)
  expect(told).toEqual(recount)
  const states = await at.sql<{ id: string; status: string }>(
    'select id, status from incident where merged_into is null',
  )
  expect(states.filter((each) => each.status !== 'restored')).toEqual([])
  expect(states.map((each) => each.id)).toContain(transformer)
})
