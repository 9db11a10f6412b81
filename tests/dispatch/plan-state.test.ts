// What a storm plan is made of, when it no longer holds, and how it is laid beside the policies.
import { expect, test } from 'vitest'
import { comparePlans } from '../../server/dispatch/compare-plans.ts'
import { changesSince, standsOn } from '../../server/dispatch/plan-changes.ts'
import {
  stormCrewOf,
  stormIncidentOf,
  travelOver,
  upstreamOf,
  type PlanCrew,
  type PlanIncident,
} from '../../server/dispatch/plan-state.ts'
import { planByPolicy, policyNames, type PolicyName, type StormPlan } from '../../server/dispatch/index.ts'
import { freeCrew } from './free-crew.ts'

const now = new Date('2026-07-01T06:00:00Z')
const incident: PlanIncident = {
  id: 'inc',
  status: 'confirmed',
  hazard: false,
  equipment_kind: 'fuse',
  cause: null,
  district_code: 'east',
  started_at: now,
  promised_at: new Date(now.getTime() + 2_700_000),
  customers_out: 40,
  critical_customers: 0,
  transformer_ids: ['T1', 'T2'],
  feeder_id: 'F',
  lon: 113,
  lat: 22.5,
  lead_id: null,
  lead_plan_id: null,
  visited: false,
}
const crew: PlanCrew = {
  ...freeCrew('C'),
  shift_ends_at: null,
  job_id: null,
  job_incident_id: null,
  job_role: null,
  job_plan_id: null,
}

test('where the cause is unknown somebody looks first, but not twice', () => {
  expect(stormIncidentOf(incident, null).assessment_s).toBeUndefined()
  expect(stormIncidentOf({ ...incident, status: 'probable' }, null).assessment_s).toBe(900)
  expect(stormIncidentOf({ ...incident, status: 'probable', visited: true }, null).assessment_s).toBeUndefined()
})

test('the upstream incident is the smallest on the feeder that takes in all of another and more', () => {
  const inner = { ...incident, id: 'inner', transformer_ids: ['T1'] }
  const whole = { ...incident, id: 'whole', transformer_ids: ['T1', 'T2', 'T3'] }
  const elsewhere = { ...incident, id: 'elsewhere', transformer_ids: ['T9'], feeder_id: 'G' }
  expect(upstreamOf([inner, incident, whole, elsewhere])).toEqual(['inc', 'whole', null, null])
})

test('medium-voltage hands may do low voltage; a generator vehicle repairs nothing', () => {
  expect(stormCrewOf(crew, now)).toMatchObject({ skills: ['mv', 'lv'], homeDistrict: 'west' })
  expect(stormCrewOf({ ...crew, skills: ['generator'] }, now).generator).toBe(true)
  expect(stormCrewOf({ ...crew, skills: ['generator', 'mv'] }, now).generator).toBeUndefined()
})

test('a plan goes stale by new incidents, other leads, crews and closures, but not by what it did itself', () => {
  const before = standsOn([incident], [crew], [])
  const subjects = (incidents: PlanIncident[], crews: PlanCrew[], closures: string[] = []) =>
    changesSince(before, incidents, crews, closures, 'plan_1').map(({ subject }) => subject)
  const taken = { ...crew, job_id: 'asg', job_incident_id: 'inc' }
  expect(subjects([incident], [crew])).toEqual([])
  expect(subjects([{ ...incident, customers_out: 44 }], [{ ...crew, lon: 113.1 }])).toEqual([])
  expect(subjects([incident, { ...incident, id: 'new' }], [crew], ['closure'])).toEqual(['new', 'roads'])
  expect(subjects([], [{ ...crew, on_shift: false }])).toEqual(['inc', 'C'])
  expect(subjects([{ ...incident, lead_id: 'asg' }], [taken])).toEqual(['inc', 'C'])
  expect(subjects([{ ...incident, lead_id: 'asg' }], [{ ...taken, job_plan_id: 'plan_1' }])).toEqual([])
})

test('leaving an incident to nobody never looks like saving', () => {
  const state = {
    crews: [stormCrewOf(crew, now)],
    incidents: [stormIncidentOf(incident, null)],
    travel: travelOver(1, 1, { travel_s: [600, 0], distance_m: [9000, 0] }),
    now: now.getTime(),
  }
  const others = Object.fromEntries(policyNames.map((name) => [name, planByPolicy(state, name)])) as Record<
    PolicyName,
    StormPlan
  >
  const idle: StormPlan = { ...others.any_first_come, crews: [{ crewId: 'C', stops: [] }] }
  idle.figures = { ...idle.figures, customerMinutes: 0, distance_km: 0, promisesKept: 0 }
  const { figures, alternatives } = comparePlans(state, idle, others)
  expect(figures).toMatchObject({ unassigned: 1, customer_minutes: 40 * 50, promises_kept: 0, promises_owed: 1 })
  expect(alternatives.find(({ policy }) => policy === 'any_first_come')!.saves).toEqual({
    customer_minutes: 0,
    distance_km: 9,
    promises: -1,
  })
})
