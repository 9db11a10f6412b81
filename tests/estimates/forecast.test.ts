import { describe, expect, test } from 'vitest'
import { forecast, learn, predict, bareFacts } from '../../server/estimates/index.ts'
import type { Forecast, Model, PastIncident } from '../../server/estimates/index.ts'
import { begin_s, hour_s, madeHistory } from './made-history.ts'

const model = learn(madeHistory(2000, 1), { trees: 60 })
const later_s = begin_s + 400 * 24 * hour_s

const figures = ({ incident, at_s, estimate }: Forecast): unknown => ({ id: incident.id, at_s, ...estimate })
const figuresOf = (learned: Model, incidents: PastIncident[]): unknown[] =>
  Array.from(forecast(learned, incidents), figures)

/** The same stream where everything after `at_s` went otherwise. */
function otherFuture(incidents: PastIncident[], at_s: number): PastIncident[] {
  return incidents
    .filter((incident) => incident.revisions[0]!.at_s <= at_s)
    .map((incident) => ({
      ...incident,
      revisions: incident.revisions.filter((revision) => revision.at_s <= at_s),
      ended_s: incident.ended_s < at_s ? incident.ended_s : incident.ended_s + 50 * hour_s,
    }))
}

describe('an estimate', () => {
  test('rests on nothing later than its instant', () => {
    const stream = madeHistory(300, 2, 1, later_s)
    const at_s = stream[150]!.started_s
    const before = Array.from(forecast(model, stream)).filter((each) => each.at_s <= at_s)
    const after = Array.from(forecast(model, otherFuture(stream, at_s)))
    expect(before.length).toBeGreaterThan(250)
    expect(after.map(figures)).toEqual(before.map(figures))
  })

  test('is the same for the same history and stream, whatever order the file gives them in', () => {
    const stream = madeHistory(100, 3, 1, later_s)
    const small = madeHistory(1100, 4)
    const first = learn(small, { trees: 6 })
    const second = learn(structuredClone(small), { trees: 6 })
    expect(second).toEqual(first)
    expect(figuresOf(second, stream.toReversed())).toEqual(figuresOf(first, stream))
  })

  test('survives being stored as JSON', () => {
    const stored = JSON.parse(JSON.stringify(model)) as Model
    const stream = madeHistory(50, 5, 1, later_s)
    expect(figuresOf(stored, stream)).toEqual(figuresOf(model, stream))
  })

  test('is longer for a cause that takes longer', () => {
    const facts = { ...bareFacts(0), stage: 'assess_assigned' as const, customers: 10 }
    const short = predict(model, { ...facts, cause: 'equipment' })
    const long = predict(model, { ...facts, cause: 'vegetation' })
    expect(long.estimate_s).toBeGreaterThan(1.5 * short.estimate_s)
    expect(long.high_s).toBeGreaterThan(short.high_s)
  })

  test('follows the utility’s word where that is longer than any in the history', () => {
    const facts = { ...bareFacts(0), stage: 'assess_assigned' as const, cause: 'equipment' as const, customers: 10 }
    const usual = predict(model, { ...facts, said_left_s: 3 * hour_s })
    const long = predict(model, { ...facts, said_left_s: 60 * hour_s })
    expect(long.estimate_s).toBeGreaterThan(3 * usual.estimate_s)
    const slip = predict(model, { ...facts, said_left_s: 300 * 24 * hour_s })
    expect(slip.estimate_s).toBeLessThan(3 * usual.estimate_s)
  })

  test('holds the end in its interval four times in five, and beats a utility that always says three hours', () => {
    const all = Array.from(forecast(model, madeHistory(1000, 6, 1, later_s)))
    const inside = all.filter(({ incident, at_s, estimate }) => {
      const left_s = incident.ended_s - at_s
      return estimate.low_s <= left_s && left_s <= estimate.high_s
    })
    expect(inside.length / all.length).toBeGreaterThan(0.75)
    expect(inside.length / all.length).toBeLessThan(0.85)
    const errorOf = (said: (each: Forecast) => number): number =>
      all.reduce((sum, each) => sum + Math.abs(each.incident.ended_s - said(each)), 0) / all.length
    const own_s = errorOf(({ at_s, estimate }) => at_s + estimate.estimate_s)
    expect(own_s).toBeLessThan(0.8 * errorOf(({ incident }) => incident.started_s + 3 * hour_s))
  })

  test('widens its interval when restorations outlast everything learned', () => {
    const slow = Array.from(forecast(model, madeHistory(1500, 7, 3, later_s)))
    const insideOf = (some: Forecast[]): number =>
      some.filter(({ incident, at_s, estimate }) => incident.ended_s - at_s <= estimate.high_s).length / some.length
    expect(insideOf(slow.slice(-1000))).toBeGreaterThan(insideOf(slow.slice(0, 300)) + 0.05)
  })
})

test('planned work is never given an estimate', () => {
  const stream = madeHistory(20, 8).map((incident, index) => ({ ...incident, planned: index % 2 === 0 }))
  expect(new Set(Array.from(forecast(null, stream), ({ incident }) => incident.planned))).toEqual(new Set([false]))
})
