// How readily people call, learned from incidents that are over.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultParameters, learnCallRates } from '../../server/incidents/index.ts'

const prior = defaultParameters.callRates
const weightOf = (rate: number, learned = prior) => learned.find((each) => each.rate === rate)!.weight

describe('the weights of calling rates', () => {
  it('stay as they were where nothing has happened yet', () => {
    learnCallRates([], prior).forEach(({ rate, weight }) => expect(weight).toBeCloseTo(weightOf(rate), 9))
  })
  it('go to the rate at which people called', () => {
    const learned = learnCallRates(
      Array.from({ length: 100 }, () => ({ callers: 2, customers: 100 })),
      prior,
    )
    expect(weightOf(0.02, learned)).toBeGreaterThan(0.85)
  })
  it('keep two kinds of incidents apart: storms in which few call, and mornings in which many do', () => {
    const learned = learnCallRates(
      Array.from({ length: 200 }, (_, each) => ({ callers: each % 2 ? 2 : 60, customers: 200 })),
      prior,
    )
    expect(weightOf(0.01, learned)).toBeGreaterThan(0.3)
    expect(weightOf(0.3, learned)).toBeGreaterThan(0.3)
  })
  it('add up to 1 and are never negative, whatever was counted, more callers than customers too', () => {
    const incident = fc.record({ callers: fc.nat(500), customers: fc.nat(500) })
    fc.assert(
      fc.property(fc.array(incident, { maxLength: 50 }), (incidents) => {
        const learned = learnCallRates(incidents, prior)
        expect(learned.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6)
        expect(Math.min(...learned.map(({ weight }) => weight))).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
