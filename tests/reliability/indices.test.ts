// The indices against worked examples with known answers, and against counting by hand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indicesOf, namedIndices, tallyOf, type Interrupted } from '../../server/reliability/indices.ts'
import { majorEventDays, thresholdOf } from '../../server/reliability/major-event-days.ts'

const year_s = 8760 * 3600

/** `count` service points of their own, out for `duration_s` each. */
function out(count: number, duration_s: number, prefix: string): Interrupted[] {
  return Array.from({ length: count }, (_, index) => ({ service_point_id: `${prefix}${index}`, duration_s }))
}

test('seven interruptions of 2,000 customers come to the published indices', () => {
  const steps = [
    [8.17, 200],
    [71.3, 600],
    [30.3, 25],
    [267.2, 90],
    [120, 700],
    [10, 1500],
    [40, 100],
  ] as const
  const list = steps.flatMap(([minutes, customers], index) => out(customers, minutes * 60, `${index}_`))
  const indices = indicesOf(tallyOf(list), { customers_served: 2000, period_s: year_s })
  expect(indices.saifi).toBe(1.6075)
  expect(indices.saidi_min).toBeCloseTo(86.11, 2)
  expect(indices.caidi_min).toBeCloseTo(53.57, 2)
  expect(indices.asai).toBeCloseTo(0.999836, 6)
})

test('momentaries of 26 customers stand apart from their sustained interruptions', () => {
  const list = [
    ...out(4, 7 * 60, 'a'),
    ...out(7, 9 * 60 + 4, 'b'),
    ...out(3, 15 * 60, 'c'),
    ...out(4, 9 * 60 + 4, 'd'),
    ...out(59, 60, 'e'),
  ]
  const indices = indicesOf(tallyOf(list), { customers_served: 26, period_s: year_s })
  expect(indices.saifi).toBeCloseTo(0.692308, 6)
  expect(indices.maifi).toBeCloseTo(2.26923, 5)
  expect(namedIndices(indices).find(({ symbol }) => symbol === 'SAIDI')).toMatchObject({
    name: '系统平均停电时间',
    value: expect.closeTo(0.110726, 6) as number,
    unit: 'h/户',
  })
})

test('exactly five minutes is momentary, a second more is not, and the limit may be set', () => {
  const list = [...out(1, 300, 'a'), ...out(1, 301, 'b'), ...out(1, 181, 'c')]
  expect(tallyOf(list)).toMatchObject({ sustained: 1, momentary: 2 })
  expect(tallyOf(list, 3)).toMatchObject({ sustained: 3, momentary: 0 })
})

test('CEMI counts customers with n or more, CTAIDI only those who were out', () => {
  const list = [
    ...out(3, 3600, 'p'), // p0, p1, p2 once
    ...out(2, 3600, 'p'), // p0, p1 twice
    ...out(1, 7200, 'p'), // p0 three times
  ]
  const indices = indicesOf(tallyOf(list), { customers_served: 10, period_s: year_s })
  expect(indices.cemi.map(({ share }) => share)).toEqual([0.3, 0.2, 0.1, 0, 0])
  expect(indices.ctaidi_min).toBe(420 / 3)
  expect(indices.caidi_min).toBe(420 / 6)
})

test('nothing to divide by is null, never NaN', () => {
  const none = indicesOf(tallyOf([]), { customers_served: 0, period_s: 0 })
  expect(Object.values(none).filter((value) => typeof value === 'number')).toEqual([])
  expect(indicesOf(tallyOf([]), { customers_served: 5, period_s: 60 })).toMatchObject({
    saidi_min: 0,
    asai: 1,
    caidi_min: null,
  })
})

test('whatever the list, the indices equal a recount of it', () => {
  const one = fc.record({
    service_point_id: fc.integer({ min: 0, max: 20 }).map(String),
    duration_s: fc.integer({ min: 0, max: 100_000_000 }).map((ms) => ms / 1000),
  })
  fc.assert(
    fc.property(fc.array(one), fc.integer({ min: 21, max: 1000 }), (list, customers_served) => {
      const indices = indicesOf(tallyOf(list), { customers_served, period_s: year_s })
      const lasting = list.filter(({ duration_s }) => duration_s > 300)
      const minutes = lasting.reduce((sum, { duration_s }) => sum + duration_s / 60, 0)
      expect(indices.saifi).toBe(lasting.length / customers_served)
      expect(indices.saidi_min).toBeCloseTo(minutes / customers_served, 6)
      expect(indices.maifi).toBe((list.length - lasting.length) / customers_served)
      const times = new Map<string, number>()
      for (const { service_point_id: id } of lasting) times.set(id, (times.get(id) ?? 0) + 1)
      for (const { n, share } of indices.cemi)
        expect(share).toBe([...times.values()].filter((count) => count >= n).length / customers_served)
    }),
  )
})

test('a major event day lies above exp(alpha + 2.5 beta) of the days before; days without interruptions are left out', () => {
  // ln of the daily SAIDI alternates between 0 and 1: alpha 0.5, beta 0.5085 (60 days, n - 1).
  const before = Array.from({ length: 60 }, (_, index) => ({
    date: `d${index}`,
    customer_s: Math.exp(index % 2) * 60 * 100,
  }))
  const threshold = thresholdOf([...before, { date: 'quiet', customer_s: 0 }], 100)
  expect(threshold.days).toBe(60)
  expect(threshold.saidi_min).toBeCloseTo(Math.exp(0.5 + 2.5 * Math.sqrt((60 * 0.25) / 59)), 9)
  const storm = { date: 'storm', customer_s: 6 * 60 * 100 }
  const windy = { date: 'windy', customer_s: 5.8 * 60 * 100 }
  expect(majorEventDays([storm, windy], threshold, 100)).toEqual(['storm'])
  expect(thresholdOf(before.slice(0, 29), 100).saidi_min).toBeNull()
})
