// Which planned outages are better done at once, by hand and by invariants.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJoins, joinedStart, joinOf, type Work } from '../../server/planned-outages/joining.ts'

const hour_ms = 3_600_000
const monday = Date.parse('2026-08-03T00:00:00Z')
const hour = (hours: number) => new Date(monday + hours * hour_ms)

/** Work on transformers with so many customers each, from hour to hour. */
const work = (id: string, from: number, to: number, ground: Record<string, number>): Work => ({
  id,
  startsAt: hour(from),
  endsAt: hour(to),
  ground: Object.entries(ground).map(([transformerId, customers]) => ({ transformerId, customers, endsAt: hour(to) })),
})

//   ──CB──T1──A──T2──B──T3        A leaves T2 and T3 without supply, B leaves T3
const upper = work('A', 8, 12, { T2: 100, T3: 50 })
const lower = work('B', 56, 59, { T3: 50 })

describe('joining', () => {
  it('spares those who hang below both their second outage, and leaves everybody else as they were', () => {
    expect(joinOf(upper, lower, hour(8))).toEqual({
      ids: ['A', 'B'],
      startsAt: hour(8),
      endsAt: hour(12),
      apart_h: 44,
      customers: 150,
      twice: 50,
      before_h: 150 * 4 + 50 * 3,
      after_h: 150 * 4,
    })
  })

  it('gives the same whichever is named first', () => {
    expect(joinOf(lower, upper, hour(8))).toEqual(joinOf(upper, lower, hour(8)))
  })

  it('keeps those who hang below only the shorter one out no longer than it takes', () => {
    const long = work('B', 56, 66, { T3: 50 })
    const join = joinOf(upper, long, hour(56))!
    expect(join.endsAt).toEqual(hour(66))
    expect(join.after_h).toBe(100 * 4 + 50 * 10)
  })

  it('counts the time in which both are at work only once', () => {
    const during = work('C', 10, 14, { T3: 50 })
    expect(joinOf(upper, during, hour(8))).toMatchObject({ twice: 0, before_h: 100 * 4 + 50 * 6, after_h: 150 * 4 })
  })

  it('proposes nothing where no customer hangs below both, or where one is within the other anyway', () => {
    expect(joinOf(upper, work('D', 56, 60, { T9: 10 }), hour(8))).toBeNull()
    expect(joinOf(upper, work('E', 9, 11, { T3: 50 }), hour(8))).toBeNull()
  })

  it('begins with the earlier one while that leaves the notice that is owed, else with the later one', () => {
    expect(joinedStart(upper, lower, hour(8 - 168), 168)).toEqual(hour(8))
    expect(joinedStart(lower, upper, hour(9 - 168), 168)).toEqual(hour(56))
  })

  it('finds near misses, the most hours first, and none more than two weeks apart', () => {
    const works = [upper, lower, work('F', 30, 40, { T2: 100 }), work('G', 12 + 14 * 24 + 60, 500, { T2: 100 })]
    const joins = findJoins(works, (one) => one.startsAt, 10)
    expect(joins.map((join) => join.ids.join('+'))).toEqual(['A+F', 'A+B'])
    expect(findJoins(works, (one) => one.startsAt, 1)).toHaveLength(1)
  })
})

type Drawn = { from: number; lasts: number; patches: { transformerId: string; customers: number; share: number }[] }

const works = fc.record({
  from: fc.integer({ min: 0, max: 200 }),
  lasts: fc.integer({ min: 1, max: 40 }),
  patches: fc.uniqueArray(
    fc.record({
      transformerId: fc.integer({ min: 0, max: 6 }).map((n) => `T${n}`),
      customers: fc.integer({ min: 0, max: 300 }),
      share: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
    { selector: (patch) => patch.transformerId, maxLength: 7 },
  ),
})

/** A transformer has the same customers in both works. */
const made = (id: string, { from, lasts, patches }: Drawn, customersOf: Map<string, number>): Work => ({
  id,
  startsAt: hour(from),
  endsAt: hour(from + lasts),
  ground: patches.map(({ transformerId, customers: drawn, share }) => {
    const customers = customersOf.get(transformerId) ?? drawn
    customersOf.set(transformerId, customers)
    const minutes = Math.round(share * lasts * 60)
    return { transformerId, customers, endsAt: new Date(hour(from).getTime() + minutes * 60_000) }
  }),
})

describe('joining, whatever the two are', () => {
  it('never comes to more customer-hours than they had apart, nor these to more than their sum', () => {
    fc.assert(
      fc.property(works, works, fc.integer({ min: 0, max: 300 }), (first, second, start) => {
        const customersOf = new Map<string, number>()
        const [one, other] = [made('A', first, customersOf), made('B', second, customersOf)]
        const join = joinOf(one, other, hour(start))
        const sum = [one, other]
          .flatMap((each) =>
            each.ground.map(
              (patch) => (patch.customers * (patch.endsAt.getTime() - each.startsAt.getTime())) / hour_ms,
            ),
          )
          .reduce((total, hours) => total + hours, 0)
        if (!join) return
        expect(join.after_h).toBeLessThan(join.before_h)
        expect(join.before_h).toBeLessThanOrEqual(sum + 1e-6)
      }),
    )
  })

  it('leaves each customer out as long as the longer of the two works takes them', () => {
    fc.assert(
      fc.property(works, works, (first, second) => {
        const customersOf = new Map<string, number>()
        const [one, other] = [made('A', first, customersOf), made('B', second, customersOf)]
        const join = joinOf(one, other, hour(0))
        if (!join) return
        const lengths = new Map<string, number>()
        for (const each of [one, other])
          for (const patch of each.ground) {
            const lasts = patch.endsAt.getTime() - each.startsAt.getTime()
            lengths.set(patch.transformerId, Math.max(lasts, lengths.get(patch.transformerId) ?? 0))
          }
        const expected = [...lengths].reduce(
          (total, [id, lasts]) => total + (customersOf.get(id)! * lasts) / hour_ms,
          0,
        )
        expect(join.after_h).toBeCloseTo(expected, 6)
      }),
    )
  })
})
