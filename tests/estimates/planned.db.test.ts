// Where a storm plan is in force, restoration times are said from it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { EstimateLedger } from '../../server/contract/ledger.ts'
import type { PlanView, StandingPlan } from '../../server/contract/plans.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { planAgain } from '../../server/dispatch/index.ts'
import { plannedEstimate, spokenInstant } from '../../server/estimates/index.ts'
import { readCorrection, readPlannedOutcomes } from '../../server/estimates/read-correction.ts'
import { refreshEstimates } from '../../server/incidents/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('update standing_plan set is_on = false, plan_id = null, event_seq = 0')
  await at.sql('update plan set applied_at = null')
  await refreshEstimates(at.deps)
})

const secondsOf = (instant: Date | string) => new Date(instant).getTime() / 1000
const keep = async (is_on: boolean) =>
  (await at.call<StandingPlan>('PUT', '/api/dispatch/standing-plan', { is_on })).body.plan
const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const count = async (id: string) => (await at.sql('select from estimate_said where incident_id = $1', [id])).length
const stopOf = (plan: PlanView, id: string) =>
  plan.crews.flatMap(({ stops }) => stops).find((stop) => stop.incident_id === id && stop.restored_at !== null)!

async function confirmed(account_no: string, equipment_id: string): Promise<string> {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  const id = body.verdict.incident_id!
  await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id })
  return id
}

/** Nothing is told again sooner. */
const rest = () => {
  at.clock.now = new Date(at.clock.now.getTime() + 30 * 60_000)
}

/** An incident whose estimate comes from the plan kept in force. */
async function planned() {
  const id = await confirmed('A101', 'T1')
  expect((await read(id)).estimate!.source).toBe('prior')
  rest()
  const plan = (await keep(true))!
  await refreshEstimates(at.deps)
  return { id, plan, stop: stopOf(plan, id) }
}

test('from the plan kept in force, not again at every plan that says much the same, scored as a source of its own', async () => {
  const { id, stop } = await planned()
  const { estimate } = await read(id)
  const now_s = secondsOf(at.clock.now)
  const restored_s = secondsOf(stop.restored_at!)
  const given = plannedEstimate({ restored_s, works_s: [restored_s - secondsOf(stop.arrives_at)] }, now_s)
  expect(estimate!.source).toBe('plan')
  expect(secondsOf(estimate!.at)).toBe(spokenInstant(restored_s, now_s))
  expect(secondsOf(estimate!.low)).toBeCloseTo(now_s + given.low_s, 1)
  expect(secondsOf(estimate!.low)).toBeGreaterThan(secondsOf(stop.arrives_at))
  expect(secondsOf(estimate!.high)).toBe(spokenInstant(now_s + given.high_s, now_s))

  const before = await count(id)
  await confirmed('A401', 'T4')
  at.clock.now = minute(32)
  expect(stopOf((await planAgain(at.deps))!, id).restored_at).not.toBe(stop.restored_at)
  await refreshEstimates(at.deps)
  expect(await count(id)).toBe(before)

  at.clock.now = minute(61)
  await at.call('POST', `/api/incidents/${id}/restore`, { at: minute(60) })
  const { by_source } = (await at.call<EstimateLedger>('GET', '/api/estimates/ledger')).body
  expect(Object.keys(by_source).sort()).toEqual(['plan', 'prior'])
  expect(by_source['plan']).toMatchObject({ count: 1, bias_s: secondsOf(minute(60)) - secondsOf(estimate!.at) })
})

test('a person’s word stands above it', async () => {
  const { id } = await planned()
  await at.call('POST', `/api/incidents/${id}/estimate`, { at: minute(400), source: 'crew' })
  await refreshEstimates(at.deps)
  const { estimate } = await read(id)
  expect([estimate!.source, secondsOf(estimate!.at)]).toEqual(['crew', secondsOf(minute(400))])
})

test('it stands while its crew drives and works, and once the plan no longer holds the incident until it has passed', async () => {
  const { id, plan } = await planned()
  const said = (await read(id)).estimate!
  const lead = plan.crews.find(({ stops }) => stops.some((stop) => stop.incident_id === id))!.crew_id
  const { body: offered } = await at.call<AssignmentView>('POST', `/api/incidents/${id}/assignments`, { crew_id: lead })
  for (const verb of ['accept', 'depart', 'arrive']) {
    await at.call('POST', `/api/assignments/${offered.id}/${verb}`, {})
    await planAgain(at.deps)
    await refreshEstimates(at.deps)
  }
  expect((await read(id)).assignments[0]).toMatchObject({ status: 'on_site' })
  expect((await read(id)).estimate).toEqual(said)
  await keep(false)
  at.clock.now = new Date(said.at)
  await refreshEstimates(at.deps)
  expect((await read(id)).estimate!.source).toBe('prior')
  expect(secondsOf((await read(id)).estimate!.at)).toBeGreaterThan(secondsOf(said.at))
})

test('from a plan that was applied, while its crews follow it', async () => {
  const id = await confirmed('A101', 'T1')
  const { body: plan } = await at.call<PlanView>('POST', '/api/dispatch/plans', {})
  await refreshEstimates(at.deps)
  expect((await read(id)).estimate!.source).toBe('prior')
  await at.call('POST', `/api/dispatch/plans/${plan.id}/apply`, {})
  rest()
  await refreshEstimates(at.deps)
  expect((await read(id)).estimate!.source).toBe('plan')
  const { body: offers } = await at.call<{ items: AssignmentView[] }>('GET', '/api/assignments')
  await at.call('POST', `/api/assignments/${offers.items[0]!.id}/withdraw`, { reason: 'elsewhere' })
  const other = offers.items[0]!.crew_id === 'C1' ? 'C3' : 'C1'
  await at.call('POST', `/api/incidents/${id}/assignments`, { crew_id: other })
  rest()
  await refreshEstimates(at.deps)
  expect((await read(id)).estimate!.source).toBe('prior')
})

test('what plans missed moves plans only, and what the model missed the model only', async () => {
  const { id } = await planned()
  await at.sql('delete from estimate_said')
  await at.sql("update incident set status = 'restored', restored_at = $2 where id = $1", [id, minute(120)])
  await at.sql(
    `insert into estimate_said (incident_id, said_at, at, low, high, source, cause, stage, model_low_s, model_middle_s, model_high_s)
     select $1, $2, $2, $2, $2, 'plan', 'unknown', 'no_crew', 600, 1200, 1800 from generate_series(1, 200)`,
    [id, minute(0)],
  )
  const plans = await readPlannedOutcomes(at.database, minute(200))
  const given = { low_s: 600, estimate_s: 1200, high_s: 1800, source: '' }
  const { low_s, estimate_s, high_s } = plans.correct(given)
  expect(estimate_s).toBeGreaterThan(1300)
  expect(high_s).toBeGreaterThan(2100)
  // Two hundred words of one incident weigh as one.
  expect(low_s).toBeLessThan(1200)
  // Before it was back it was known to last on: no less, if not how long.
  expect((await readPlannedOutcomes(at.database, minute(100))).correct(given).high_s).toBeGreaterThan(1800)
  expect(await readCorrection(at.database, minute(200))).toEqual({ low: 0, middle: 0, high: 0 })
})
