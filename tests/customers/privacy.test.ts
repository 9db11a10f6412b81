import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicCount, publicSum } from '../../server/customers/privacy.ts'
import { Tries } from '../../server/customers/tries.ts'
import { languageOf } from '../../server/customers/words.ts'

test('counts under five are not said, and nobody is', () => {
  expect([0, 1, 4, 5, 120].map(publicCount)).toEqual([0, null, null, 5, 120])
})

test('a sum never lets a single hidden count be worked out from the counts beside it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), (counts) => {
      const sum = publicSum(counts)
      const said = counts.reduce((total, count) => total + (publicCount(count) ?? 0), 0)
      const hidden = counts.filter((count) => publicCount(count) === null)
      if (hidden.length === 0) expect(sum).toBe(said)
      else if (sum !== null && sum > said) expect(hidden.length).toBeGreaterThan(1)
      else expect(sum === null || sum === said).toBe(true)
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
