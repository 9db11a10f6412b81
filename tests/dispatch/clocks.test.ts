// Which promise clocks run, what is said of them, and what crossing boundaries saved.
import { expect, test } from 'vitest'
import type { StageLimit } from '../../server/contract/clocks.ts'
import { clocksOf, clockViewOf, levelOf, type ClockFacts } from '../../server/dispatch/clocks.ts'
import { savingsOf } from '../../server/dispatch/savings.ts'

const at = (minute: number) => new Date(Date.parse('2026-07-01T06:00:00Z') + minute * 60_000)
const limit = (kind: StageLimit['kind'], minutes: number, warn: number, important = false): StageLimit => ({
  kind,
  district_kind: 'urban',
  important,
  limit_s: minutes * 60,
  average_s: null,
  warn_s: warn * 60,
})
const limits = [
  limit('dispatch', 10, 4),
  limit('dispatch', 5, 4, true),
  limit('accept', 3, 1),
  limit('depart', 10, 3),
  limit('arrive', 45, 15),
  limit('restore', 180, 30),
  limit('report_back', 30, 10),
]
const heard: ClockFacts = {
  incident_id: 'inc',
  place: '东街台区',
  status: 'confirmed',
  restored_at: null,
  estimate_at: null,
  call_taker: 'Wang',
  heard_at: at(0),
  district_kind: 'urban',
  important: false,
  lead_id: null,
  crew_id: null,
  crew_name: null,
  lead_status: null,
  offered_at: null,
  answer_by: null,
  accepted_at: null,
  arrived_at: null,
  arrives_at: null,
  first_arrived_at: null,
  last_ended_id: null,
  last_ended_at: null,
}
const lead: ClockFacts = { ...heard, lead_id: 'asg', crew_id: 'C', crew_name: '一班', offered_at: at(4) }
const running = (facts: ClockFacts) => clocksOf(facts, limits).map((clock) => `${clock.kind} ${clock.subjectId}`)

test('each stage has its clock, begun where the stage before it ended', () => {
  expect(running(heard)).toEqual(['dispatch inc', 'arrive inc'])
  expect(running({ ...lead, lead_status: 'offered', answer_by: at(7) })).toEqual(['accept asg', 'arrive inc'])
  expect(running({ ...lead, lead_status: 'accepted', accepted_at: at(6) })).toEqual(['depart asg', 'arrive inc'])
  expect(running({ ...lead, lead_status: 'en_route', accepted_at: at(6) })).toEqual(['arrive inc'])
  expect(running({ ...lead, lead_status: 'on_site', first_arrived_at: at(20) })).toEqual(['restore inc'])
  expect(running({ ...lead, status: 'restored', lead_status: 'on_site', restored_at: at(60) })).toEqual([
    'report_back asg',
  ])
})

test('after a refusal the wait for the next crew is a clock of its own', () => {
  const [clock] = clocksOf({ ...heard, last_ended_id: 'asg_1', last_ended_at: at(7) }, limits)
  expect([clock!.subjectId, clock!.dueAt]).toEqual(['asg_1', at(17)])
})

test('an important customer has limits of its own', () => {
  expect(clocksOf({ ...heard, important: true }, limits).map(({ dueAt }) => dueAt)).toEqual([at(5)])
})

test('a clock is warned of before its end, escalated at it, and warned of early where its end will be missed', () => {
  const clock = clocksOf(heard, limits).find(({ kind }) => kind === 'arrive')!
  expect([0, 29, 30, 44, 45, 90].map((minute) => levelOf(clock, at(minute)))).toEqual([
    null,
    null,
    'warned',
    'warned',
    'escalated',
    'escalated',
  ])
  expect(levelOf({ ...clock, expectedAt: at(50) }, at(1))).toBe('warned')
  expect(clockViewOf({ ...clock, expectedAt: at(50) }, at(1)).says.en).toBe(
    'Arrival is owed at 东街台区: in 44 min, expected 5 min late.',
  )
})

test('a crossing that turned out slower counts against what was saved; one without a crew at home counts for nothing', () => {
  const crossing = { incident_id: 'inc', crew_id: 'C', customers: 10, arrives_at: at(20) }
  const saved = savingsOf(at(0), [
    { ...crossing, assignment_id: 'a', home_arrives_at: at(50) },
    { ...crossing, assignment_id: 'b', home_arrives_at: at(15), customers: 4 },
    { ...crossing, assignment_id: 'c', home_arrives_at: null },
  ])
  expect(saved).toMatchObject({ crossings: 3, reckoned: 2, minutes: 25, customer_minutes: 280 })
})
