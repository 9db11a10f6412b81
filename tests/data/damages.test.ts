// The truth of a replay where one damage lies beneath another: who is lit by a repair, and for how long each customer was dark.
import { expect, it } from 'vitest'
import { isOpen, litBy, trueCustomerMinutes, type Damage } from '../../data/replay/damages.ts'
import type { Customer } from '../../data/replay/voices.ts'

const minute = 60_000
const customer = (id: string): Customer => ({ id, transformer_id: 'T', account_no: id, meter_no: null })

/** A damage that takes out transformers by number, one customer each. */
function damage(from: number, repaired: number | null, transformers: number[]): Damage {
  const below = transformers.map((each) => customer(`c${each}`))
  return {
    ...{ id: `${from}`, cause: 'unknown', onSite_s: 600, device: 'D', telemetered: false, points: null },
    extent: { transformers, points: null },
    transformers: transformers.map(String),
    ...{ below, customers: below.length, crew_id: null, calls: 0 },
    startedAt_ms: from * minute,
    repairedAt_ms: repaired === null ? null : repaired * minute,
  }
}

it('lights with a repair only those whom no other damage keeps dark', () => {
  const feeder = damage(0, 60, [1, 2, 3])
  const [beneath, mended, later] = [damage(10, null, [2]), damage(10, 30, [3]), damage(90, null, [1])]
  const lit = litBy(feeder, [feeder, beneath, mended, later], 60 * minute)
  expect(lit.map(({ id }) => id)).toEqual(['c1', 'c3'])
  expect([beneath, mended, later].map((each) => isOpen(each, 60 * minute))).toEqual([true, false, false])
})

it('counts a customer below two damages once, and an open damage until now', () => {
  expect(trueCustomerMinutes([damage(0, 60, [1, 2])], 0)).toBe(120)
  expect(trueCustomerMinutes([damage(30, 90, [2]), damage(0, 60, [1, 2])], 0)).toBe(60 + 90)
  expect(trueCustomerMinutes([damage(0, 60, [1]), damage(10, 20, [1]), damage(70, 80, [1])], 0)).toBe(60 + 10)
  expect(trueCustomerMinutes([damage(10, null, [1])], 25 * minute)).toBe(15)
})
