import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicCount, publicTotal } from '../../server/customers/privacy.ts'
import { Tries } from '../../server/access/index.ts'
import { languageOf } from '../../server/customers/words.ts'

test('counts under five are not said, and nobody is', () => {
  expect([0, 1, 4, 5, 120].map(publicCount)).toEqual([0, null, null, 5, 120])
})

test('a total says all there are, or the least, or “fewer than 5” of a single count that is', () => {
  expect(publicTotal([])).toEqual({ count: 0, leavesOut: false })
  expect(publicTotal([60, 0, 39])).toEqual({ count: 99, leavesOut: false })
  expect(publicTotal([60, 39, 2])).toEqual({ count: 100, leavesOut: true })
  expect(publicTotal([4, 0])).toEqual({ count: null, leavesOut: false })
  expect(publicTotal([4, 4])).toEqual({ count: 2, leavesOut: true })
})

const counts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 })

test('a total is the same whatever the hidden counts are, so none can be worked out from it and the counts beside it', () => {
  fc.assert(
    fc.property(counts, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }), (real, others) => {
      const instead = real.map((count, index) => (publicCount(count) === null ? others[index]! : count))
      expect(publicTotal(instead)).toEqual(publicTotal(real))
    }),
  )
})

test('a total is never more than there are, and less only where it says so', () => {
  fc.assert(
    fc.property(counts, (real) => {
      const all = real.reduce((sum, count) => sum + count, 0)
      const { count, leavesOut } = publicTotal(real)
      if (count === null) expect(publicCount(all)).toBeNull()
      else if (leavesOut) expect(count).toBeLessThanOrEqual(all)
      else expect(count).toBe(all)
    }),
  )
})

test('a customer who mistypes may try again, one who guesses must wait', () => {
  const tries = new Tries({ count: 3, within_ms: 1000 })
  const at = (ms: number) => new Date(ms)
  expect([0, 1, 2, 3].map((ms) => tries.allow('A', at(ms)))).toEqual([true, true, true, false])
  expect(tries.allow('B', at(4))).toBe(true)
  expect(tries.allow('A', at(1001))).toBe(true)
})

test('the language is the one asked for, then the one preferred, else Chinese', () => {
  expect(languageOf('en', 'zh-CN')).toBe('en')
  expect(languageOf(undefined, 'fr, en-GB;q=0.8, zh;q=0.5')).toBe('en')
  expect(languageOf(undefined, 'en;q=0.3, zh-TW')).toBe('zh')
  expect(languageOf('xx', undefined)).toBe('zh')
  expect(languageOf(undefined, 'fr')).toBe('zh')
})
