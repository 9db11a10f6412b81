// The plan kept in force, on the region of tests/fixtures/region.ts.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { StandingPlan } from '../../server/contract/plans.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { planAgain } from '../../server/dispatch/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('update standing_plan set is_on = false, plan_id = null, event_seq = 0')
})

const report = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!
const keep = (is_on: boolean) => at.call<StandingPlan>('PUT', '/api/dispatch/standing-plan', { is_on })
const standing = async () => (await at.call<StandingPlan>('GET', '/api/dispatch/standing-plan')).body
const planned = ({ plan }: StandingPlan) =>
  [...new Set(plan!.crews.flatMap(({ stops }) => stops.map((stop) => stop.incident_id)))].sort()
const offered = async () => (await at.call<{ items: AssignmentView[] }>('GET', '/api/assignments')).body.items

test('it is made again at an event that matters, from itself, and dispatches nothing', async () => {
  const one = await report('A101')
  const { status, body } = await keep(true)
  expect([status, body.is_on, body.changed_by]).toEqual([200, true, 'dispatcher'])
  expect(planned(body)).toEqual([one])
  expect(await planAgain(at.deps)).toBeNull()

  const two = await report('A301')
  const again = await planAgain(at.deps)
  expect(again!.id).not.toBe(body.plan!.id)
  expect(planned(await standing())).toEqual([one, two].sort())
  expect((await standing()).plan!.stale).toEqual([])
  await at.call('POST', '/api/crews/C1/positions', { lon: 113.001, lat: 22.5, at: minute(0) }, 'crew:C1')
  expect(await planAgain(at.deps)).toBeNull()
  expect(await offered()).toEqual([])
})

test('it is compared with the simple policies at first, and then every half minute rather than at every event', async () => {
  await report('A101')
  const first = (await keep(true)).body.plan!
  expect(first.alternatives.map(({ policy }) => policy)).toContain('home_first_come')
  await report('A301')
  at.clock.now = minute(0.1)
  expect((await planAgain(at.deps))!.compared_at).toBe(first.compared_at)
  await report('A401')
  at.clock.now = minute(1)
  expect((await planAgain(at.deps))!.compared_at).toBe(minute(1).toISOString())
})

test('of two servers that plan again at the same moment one puts its plan in force', async () => {
  await report('A101')
  await keep(true)
  const second = await at.second()
  await report('A301')
  const plans = await Promise.all([planAgain(at.deps), planAgain(second.deps)])
  const [won, ...others] = plans.filter((plan) => plan !== null)
  expect(others).toEqual([])
  expect((await standing()).plan!.id).toBe(won!.id)
})

test('switched off, no event makes it again; a crew may not switch it', async () => {
  await report('A101')
  await keep(true)
  await keep(false)
  await report('A301')
  expect(await planAgain(at.deps)).toBeNull()
  const refused = await at.call('PUT', '/api/dispatch/standing-plan', { is_on: true }, 'crew:C1')
  expect(refused.status).toBe(403)
  expect((await standing()).is_on).toBe(false)
})
