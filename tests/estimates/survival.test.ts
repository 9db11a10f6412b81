import { expect, test } from 'vitest'
import { survivalQuantiles } from '../../server/estimates/survival.ts'

const ended = (value: number) => ({ value, ended: true })
const still = (value: number) => ({ value, ended: false })

test('with everything ended the median is the plain one', () => {
  expect(survivalQuantiles([ended(3), ended(1), ended(2)], [0.5])).toEqual([2])
})

// 1 ────x          of four at risk one ends: 3/4 last
// 2 ────────>      still out: leaves the count
// 3 ────────────x  of two one ends: 3/8 last, the median is passed
// 4 ────────────────x
test('those still out count as longer, not as ended', () => {
  expect(survivalQuantiles([ended(1), still(2), ended(3), ended(4)], [0.25, 0.5])).toEqual([1, 3])
})

test('a share that is not reached gives the longest seen, and nothing at all is not a number', () => {
  expect(survivalQuantiles([ended(1), still(9), still(9)], [0.9])).toEqual([9])
  expect(survivalQuantiles([], [0.5])).toEqual([Number.NaN])
})
