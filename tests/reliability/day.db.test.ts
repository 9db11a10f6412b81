// The day so far over HTTP: what stands in the interruptions, beside yesterday's history, and only for those who may see it.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { DaySoFar } from '../../server/contract/day.ts'
import { retracePlanned } from '../../server/planned-outages/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const read = (as: 'wall' | 'crew:C1' = 'wall') => at.call<DaySoFar>('GET', '/api/reliability/day', undefined, as)
const tell = (equipment_id: string, state: 'open' | 'closed', minutes: number) =>
  at.call('POST', '/api/telemetry', { equipment_id, state, commanded: false, at: minute(minutes) })

it('counts who is out at each step, who came back in the hour, and the minutes of the day', async () => {
  at.clock.now = minute(0)
  await tell('CB1', 'open', 0)
  at.clock.now = minute(60)
  await tell('CB1', 'closed', 60)
  at.clock.now = minute(90)
  const { status, body } = await read()
  expect(status).toBe(200)
  expect(body.begins_at).toBe('2026-06-30T16:00:00.000Z')
  expect(body.today).toHaveLength(289)
  // One of the 32 is disconnected.
  const ago = (minutes: number) => body.today.at(-1 - (minutes * 60) / body.step_s)
  expect([ago(95), ago(60), ago(20), ago(0)]).toEqual([0, 31, 0, 0])
  expect(body.restored_per_hour.at(-1)).toBe(31)
  expect(body.restored_today).toBe(31)
  expect(body.saidi_min).toBeCloseTo(31, 5)
})

it('gives the day up to an instant that has passed', async () => {
  at.clock.now = minute(0)
  await tell('CB1', 'open', 0)
  at.clock.now = minute(60)
  await tell('CB1', 'closed', 60)
  at.clock.now = minute(90)
  const { body } = await at.call<DaySoFar>(
    'GET',
    `/api/reliability/day?at=${minute(30).toISOString()}`,
    undefined,
    'wall',
  )
  expect(body.today.at(-1)).toBe(31)
  expect(body.restored_per_hour.at(-1)).toBe(0)
  expect(body.restored_today).toBe(0)
  expect(body.saidi_min).toBeCloseTo(15.5, 5)
})

it('counts who has waited for ten days, among those out and among those who came back', async () => {
  const days = (count: number) => count * 1440
  at.clock.now = minute(0)
  await tell('CB1', 'open', 0)
  at.clock.now = minute(days(10))
  const out = (await read()).body
  expect([out.today[0], out.today.at(-1)]).toEqual([31, 31])
  await tell('CB1', 'closed', days(10))
  at.clock.now = minute(days(10) + 10)
  const back = (await read()).body
  expect([back.today[0], back.today.at(-1), back.yesterday[0]]).toEqual([31, 0, 31])
  expect([back.restored_today, back.restored_per_hour.at(-1)]).toEqual([31, 31])
})

it('lays yesterday out of the imported history where no interruption was kept yet', async () => {
  at.clock.now = minute(200)
  await at.sql('delete from incident_history')
  const [network] = await at.sql<{ id: number }>('select id from network')
  await at.sql(
    `insert into incident_history (id, network_id, started_at, restored_at, customers) values ('h', $1, $2, $3, 70)`,
    [network!.id, minute(200 - 1440 - 30), minute(200 - 1440 + 30)],
  )
  const { body } = await read()
  expect(body.yesterday.at(-1)).toBe(70)
  expect(body.yesterday.at(-10)).toBe(0)
  expect(body.today.at(-1)).toBe(0)
})

it('names planned work that goes on or begins within a day', async () => {
  at.clock.now = minute(400)
  await at.sql(
    `insert into planned_outage (id, starts_at, ends_at, reason, transformer_ids)
     values ('on', $1, $2, '检修', '{T1,T2}'), ('over', $3, $1, null, '{T1}'), ('far', $4, $5, null, '{T1}')`,
    [minute(390), minute(500), minute(300), minute(400 + 1500), minute(400 + 1600)],
  )
  await retracePlanned(at.deps)
  const { body } = await read()
  // One of the 22 is disconnected.
  expect(body.planned).toMatchObject([{ id: 'on', running: true, customers: 21, reason: '检修' }])
})

it('adds up whom all planned work has left without supply, beyond the works that are listed, and nobody twice', async () => {
  at.clock.now = minute(700)
  await at.sql(
    `insert into planned_outage (id, starts_at, ends_at, reason, transformer_ids)
     select 'many' || n, $1::timestamptz - interval '1 min', $2::timestamptz, null, '{T1}'::text[] from generate_series(1, 20) as n
     union all select 'last', $1, $2, null, '{T2}'
     union all select 'ahead', $2, $3, null, '{T1}'`,
    [minute(690), minute(800), minute(900)],
  )
  await retracePlanned(at.deps)
  const { body } = await read()
  expect(body.planned).toHaveLength(20)
  expect(body.planned_works).toBe(22)
  const [{ second }] = (await at.sql<{ second: number }>(
    `select customers as second from planned_ground where planned_outage_id = 'last'`,
  )) as [{ second: number }]
  expect(body.planned_out).toBe(body.planned[0]!.customers + second)
})

it('is not for crews', async () => {
  expect((await read('crew:C1')).status).toBe(403)
})
