import { describe, expect, test } from 'vitest'
import { createLevel } from '../../server/estimates/level.ts'
import { logarithmOf } from '../../server/estimates/model.ts'

/** `count` estimates of an hour, one every ten seconds; each took `times` as long. */
function levelAfter(count: number, times: number, more_s = 0): number {
  const level = createLevel()
  for (let index = 0; index < count; index += 1) {
    const at_s = index * 10
    const ended_s = at_s + times * 4200 - 600
    level.note(at_s, logarithmOf(3600), (now_s) => (ended_s < now_s ? ended_s : null))
  }
  return level.at(count * 10 + more_s)
}

describe('the level of these hours', () => {
  test('is half of what restorations outlast their estimates by, once many have ended', () => {
    expect(levelAfter(2000, 1.5)).toBeGreaterThan(0.4 * Math.log(1.5))
    expect(levelAfter(2000, 1.5)).toBeLessThan(0.5 * Math.log(1.5))
    expect(levelAfter(2000, 1 / 1.5)).toBeLessThan(-0.4 * Math.log(1.5))
    expect(levelAfter(2000, 1)).toBeCloseTo(0, 6)
  })

  test('hardly moves for a few', () => {
    expect(Math.abs(levelAfter(5, 2, 9000))).toBeLessThan(0.05)
  })

  test('hears only the last hours, and no more than twice or half', () => {
    expect(levelAfter(2000, 1.5, 7 * 3600)).toBe(0)
    expect(levelAfter(2000, 4)).toBeLessThanOrEqual(0.35)
  })

  test('does not take the short ones for all while the long ones are still out', () => {
    const level = createLevel()
    for (let index = 0; index < 1000; index += 1) {
      const ended_s = index % 10 < 3 ? index + 600 : 90_000
      level.note(index, logarithmOf(3600), (now_s) => (ended_s < now_s ? ended_s : null))
    }
    expect(level.at(9000)).toBeGreaterThan(0)
  })
})
