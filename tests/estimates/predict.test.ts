import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bareFacts,
  causes,
  growsTrees,
  learn,
  learnApart,
  pastIncidentOf,
  predict,
  stages,
} from '../../server/estimates/index.ts'
import type { Facts } from '../../server/estimates/index.ts'
import { begin_s, hour_s, madeHistory } from './made-history.ts'

const staged = learn(madeHistory(1100, 1), { trees: 20 })

/** `count` fuses that each took `hours`, as the import format has them. */
const fuses = (count: number, hours: number) =>
  Array.from({ length: count }, (_, index) =>
    pastIncidentOf({
      id: `${index}`,
      started_at: new Date((begin_s + index * 60) * 1000).toISOString(),
      restored_at: new Date((begin_s + index * 60 + hours * hour_s) * 1000).toISOString(),
      customers: 3,
      equipment_kind: 'fuse',
    }),
  )

const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    elapsed_s: fc.integer({ min: 0, max: 40 * 24 * hour_s }),
    stage: fc.constantFrom(...stages),
    cause: fc.constantFrom(...causes),
    customers: fc.integer({ min: 0, max: 1e6 }),
    said_left_s: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -1e6, max: 1e6 })),
    equipment_kind: fc.constantFrom(undefined, 'fuse', 'line', 'something new'),
    storm: fc.constantFrom(undefined, true, false),
  })
  .map((some) => ({ ...bareFacts(some.elapsed_s), ...some }))

describe('whatever the facts', () => {
  test.each([
    ['trees', staged],
    ['groups', learn(fuses(300, 2))],
    ['no history', null],
  ])('low ≤ estimate ≤ high, all finite and none below zero, from %s', (_, model) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { low_s, estimate_s, high_s, source } = predict(model, facts)
        expect(low_s).toBeGreaterThanOrEqual(0)
        expect(low_s).toBeLessThanOrEqual(estimate_s)
        expect(estimate_s).toBeLessThanOrEqual(high_s)
        expect(high_s).toBeLessThan(Infinity)
        expect(source).not.toBe('')
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('thin data', () => {
  const fuse = { ...bareFacts(0), equipment_kind: 'fuse' }

  test('without any history the published repair times of the kind speak, and are named', () => {
    const { estimate_s, source } = predict(null, fuse)
    expect(estimate_s).toBeCloseTo(Math.LN2 * hour_s, 0)
    expect(source).toContain('RBTS')
    expect(predict(null, { ...bareFacts(0), equipment_kind: 'line' }).estimate_s).toBeGreaterThan(estimate_s)
  })

  test('a few incidents move the estimate only part of the way from the prior', () => {
    const { estimate_s } = predict(learn(fuses(5, 8)), fuse)
    expect(estimate_s).toBeGreaterThan(Math.LN2 * hour_s)
    expect(estimate_s).toBeLessThan(8 * hour_s)
  })

  test('many incidents speak for themselves, and say how many they are', () => {
    const { estimate_s, source } = predict(learn(fuses(500, 8)), fuse)
    expect(Math.abs(estimate_s - 8 * hour_s)).toBeLessThan(0.05 * 8 * hour_s)
    expect(source).toContain('history of 500')
  })

  test('what has lasted two hours of eight has about six left', () => {
    const { estimate_s } = predict(learn(fuses(500, 8)), { ...bareFacts(2 * hour_s), equipment_kind: 'fuse' })
    expect(Math.abs(estimate_s - 6 * hour_s)).toBeLessThan(0.1 * 6 * hour_s)
  })

  test('a kind never seen falls back on all the others', () => {
    const { estimate_s, source } = predict(learn(fuses(500, 8)), { ...bareFacts(0), equipment_kind: 'breaker' })
    expect(source).toContain('elapsed 0 s')
    expect(Math.abs(estimate_s - 8 * hour_s)).toBeLessThan(0.05 * 8 * hour_s)
  })
})

test('a thread beside the service learns the same', async () => {
  const history = madeHistory(1100, 3)
  expect(growsTrees(history)).toBe(true)
  expect(growsTrees(history.slice(0, 900))).toBe(false)
  expect(await learnApart(history)).toEqual(learn(history))
}, 60_000)
