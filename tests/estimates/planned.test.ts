// Restoration times out of a storm plan.
import { describe, expect, test } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { PlannedStop } from '../../server/contract/plans.ts'
import { plannedEstimate } from '../../server/estimates/index.ts'
import { expectedFrom, leadArrives_s, notBefore, plannedFor, returnsOf } from '../../server/incidents/plan-in-force.ts'

const made_at = new Date('2026-07-01T02:00:00Z')
const now_s = made_at.getTime() / 1000
const after = (minutes: number) => new Date(made_at.getTime() + minutes * 60_000).toISOString()

const stop = (
  incident_id: string,
  arrives: number,
  restored: number,
  more: Partial<PlannedStop> = {},
): PlannedStop => ({
  incident_id,
  kind: 'repair',
  committed: false,
  arrives_at: after(arrives),
  completes_at: after(restored),
  restored_at: after(restored),
  travel_s: 0,
  distance_m: 0,
  promise_met: null,
  crosses_boundary: false,
  customers_out: 1,
  ...more,
})
const planOf = (stops: PlannedStop[], jobs: Record<string, string> = {}) =>
  returnsOf({ made_at, crews: [{ crew_id: 'C1', crew_name: 'C1', stops }], jobs })
const assignment = (crew_id: string, status: string, arrives_at: string | null = null) =>
  ({ crew_id, role: 'lead', status, arrives_at }) as IncidentSummary['assignments'][number]
const incidentOf = (id: string, ...assignments: IncidentSummary['assignments']) =>
  ({ id, assignments }) as IncidentSummary

describe('the interval', () => {
  test('is about what the plan says, and as wide as the works on the way are uncertain', () => {
    const hour = plannedEstimate({ restored_s: now_s + 5400, works_s: [3600] }, now_s)
    expect(hour.estimate_s).toBe(5400)
    expect(hour.low_s).toBeGreaterThan(1800)
    expect(hour.low_s).toBeLessThan(1800 + 0.5 * 3600)
    expect(hour.high_s).toBeGreaterThan(1800 + 1.5 * 3600)
    const drive = plannedEstimate({ restored_s: now_s + 5400, works_s: [] }, now_s)
    expect(drive).toMatchObject({ low_s: 5400, estimate_s: 5400, high_s: 5400 })
  })

  test('of several works is narrower than of one as long', () => {
    const one = plannedEstimate({ restored_s: now_s + 7200, works_s: [7200] }, now_s)
    const four = plannedEstimate({ restored_s: now_s + 7200, works_s: [1800, 1800, 1800, 1800] }, now_s)
    expect(four.high_s - four.low_s).toBeLessThan(0.6 * (one.high_s - one.low_s))
  })
})

describe('the plan holds an incident', () => {
  const plan = planOf([
    stop('a', 10, 70),
    stop('b', 90, 150, { kind: 'assess', restored_at: null }),
    stop('b', 150, 210),
  ])

  test('with all works before its return', () => {
    expect(plan.get('b')).toMatchObject({ crew_id: 'C1', restored_s: now_s + 210 * 60, works_s: [3600, 3600, 3600] })
    expect(plannedFor(plan, incidentOf('b'), now_s)!.estimate!.estimate_s).toBe(210 * 60)
    expect(plannedFor(plan, incidentOf('c'), now_s)).toBeNull()
  })

  test('until another crew leads, its crew is given something else, or the time planned has passed', () => {
    expect(plannedFor(plan, incidentOf('a', assignment('C1', 'accepted')), now_s)!.estimate).not.toBeNull()
    expect(plannedFor(plan, incidentOf('a', assignment('C2', 'offered')), now_s)).toBeNull()
    expect(plannedFor(planOf([stop('a', 10, 70)], { C1: 'x' }), incidentOf('a'), now_s)).toBeNull()
    expect(plannedFor(plan, incidentOf('a'), now_s + 20 * 60)).toBeNull()
    expect(plannedFor(plan, incidentOf('a', assignment('C1', 'en_route')), now_s + 71 * 60)).toBeNull()
  })

  test('and has no more to say once its crew is on site', () => {
    expect(plannedFor(plan, incidentOf('a', assignment('C1', 'on_site')), now_s)).toEqual({ estimate: null })
  })

  test('never for earlier than the arrival that was told', () => {
    const led = incidentOf('a', assignment('C1', 'en_route', after(60)))
    const { estimate } = plannedFor(plan, led, now_s)!
    expect(estimate!.low_s).toBeLessThan(3600)
    expect(leadArrives_s(led, now_s)).toBe(3600)
    expect(notBefore(3600, estimate!)).toEqual({ ...estimate!, low_s: 3600, estimate_s: 4200 })
  })
})

describe('an incident that came up after the plan', () => {
  const waiting = (size: number, count: number, first: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = first + 60 * index
      return stop(`of${size}_${index}`, at, at, { customers_out: size })
    })
  const minutes = (plan: ReturnType<typeof planOf>, customers: number) => {
    const { low_s, estimate_s, high_s } = expectedFrom(plan, customers, now_s)!
    return [low_s, estimate_s, high_s].map((seconds) => seconds / 60)
  }

  test('is expected to wait as the nearest of its size do', () => {
    const both = planOf([...waiting(900, 9, 60), ...waiting(3, 9, 900)])
    expect(minutes(both, 700)).toEqual([120, 300, 480])
    expect(minutes(both, 1)).toEqual([960, 1140, 1320])
  })

  test('is left to the model where too few wait, or none any more', () => {
    expect(minutes(planOf(waiting(900, 4, 60)), 1)).toEqual([60, 180, 240])
    expect(expectedFrom(planOf(waiting(900, 3, 60)), 1, now_s)).toBeNull()
    expect(expectedFrom(planOf(waiting(900, 4, 60)), 1, now_s + 3 * 3600)).toBeNull()
  })
})
