import { expect, test } from 'vitest'
import type { PlannedStop, PlanView } from '../../server/contract/plans.ts'
import { axisOf, rowsOf } from '../../web/desk/plan/timeline.ts'

const noon = Date.parse('2026-07-01T04:00:00Z')
const after = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()
const stop = (arrives: number, done: number, over: Partial<PlannedStop> = {}): PlannedStop => ({
  incident_id: `inc_${arrives}`,
  kind: 'repair',
  committed: false,
  arrives_at: after(arrives),
  completes_at: after(done),
  restored_at: after(done),
  travel_s: 600,
  distance_m: 5000,
  promise_met: true,
  crosses_boundary: false,
  customers_out: 10,
  ...over,
})
const plan = (crews: PlanView['crews']) => ({ made_at: after(0), crews }) as PlanView

//  0        30       60       90      120 min
//  A  ──[=======]────────[=============]
//  B ──[====] committed
//  C  nothing
const three = plan([
  { crew_id: 'C', crew_name: 'C', stops: [] },
  { crew_id: 'A', crew_name: 'A', stops: [stop(12, 40), stop(60, 110)] },
  { crew_id: 'B', crew_name: 'B', stops: [stop(6, 24, { committed: true })] },
])

test('bars stand where their times do on an axis that ends with the last stop done, in whole half hours', () => {
  const axis = axisOf(three)
  expect((axis.to - axis.from) / 60_000).toBe(120)
  const [, first] = rowsOf(three, axis)
  expect(first!.bars.map(({ leaves, arrives, done }) => [leaves * 120, arrives * 120, done * 120])).toEqual([
    [2, 12, 40],
    [50, 60, 110],
  ])
})

test('crews stand in the order in which they are first there, and only one that is not sent yet can be offered', () => {
  const rows = rowsOf(three, axisOf(three))
  expect(rows.map(({ crewId, canOffer }) => [crewId, canOffer])).toEqual([
    ['B', false],
    ['A', true],
    ['C', false],
  ])
})

test('an empty plan has an axis of half an hour, and a long one no more ticks than can be read', () => {
  expect(axisOf(plan([])).to - axisOf(plan([])).from).toBe(30 * 60_000)
  const long = plan([{ crew_id: 'A', crew_name: 'A', stops: [stop(10, 3000)] }])
  expect(axisOf(long).ticks.length).toBeLessThanOrEqual(9)
  expect(axisOf(long, 'Asia/Shanghai').ticks.map(({ at }) => new Date(at).toISOString())).toEqual(
    ['01T16', '02T04', '02T16', '03T04'].map((hour) => `2026-07-${hour}:00:00.000Z`),
  )
})
