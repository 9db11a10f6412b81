import { describe, expect, test } from 'vitest'
import { scoreLedger, shouldPublish, toldOf } from '../../server/estimates/index.ts'
import type { Told } from '../../server/estimates/index.ts'
import { begin_s as now_s, hour_s } from './made-history.ts'

const minutes = (count: number): number => count * 60
const estimate = (hours: number) => ({
  low_s: 0.5 * hours * hour_s,
  estimate_s: hours * hour_s,
  high_s: 2 * hours * hour_s,
  source: 'made up',
})
const told = (hours: number, voice: Told['voice'] = 'model'): Told => toldOf(estimate(hours), voice, now_s)

describe('an estimate is told', () => {
  test('first, when its interval is worth something', () => {
    expect(shouldPublish(null, told(2), now_s)).toEqual({ publish: true, reason: 'first' })
    const vague = toldOf({ ...estimate(1), high_s: 30 * hour_s }, 'model', now_s)
    expect(shouldPublish(null, vague, now_s)).toEqual({ publish: false, reason: 'too_vague' })
  })

  //  told      |-------- 4 --------------- 8|
  //  later                 [3.2 .. 4.5 .. 9]         the time told is not reached any more but by luck: not yet said
  //                          [4.2 .. 5.5 .. 9]       the time told lies before all that is possible
  //                     [2 ........... 8.5 .. 12]    the new time lies behind all that was told
  describe('again when what was told misleads:', () => {
    const [before, rested_s] = [told(4), now_s + minutes(30)]
    const from = (said: Told, at_s: number) => (low: number, middle: number, high: number) => {
      const instant = (hours: number) => now_s + hours * hour_s - at_s
      const given = { low_s: instant(low), estimate_s: instant(middle), high_s: instant(high), source: '' }
      return shouldPublish(said, toldOf(given, 'model', at_s), at_s).reason
    }
    const reasonOf = from(before, rested_s)

    test('one of the two times lies outside the other interval', () => {
      expect(reasonOf(2, 3, 8)).toBe('same')
      expect(reasonOf(3.2, 5, 9)).toBe('same')
      expect(reasonOf(4.2, 5.5, 9)).toBe('moved')
      expect(reasonOf(2, 8.5, 12)).toBe('moved')
      expect(reasonOf(1, 3, 3.5)).toBe('moved')
      expect(reasonOf(1.5, 3.5, 4.5)).toBe('same')
      // Outside, but by so little that nobody's evening changes.
      expect(reasonOf(4.1, 4.25, 9)).toBe('same')
    })

    test('supply is far sooner back, or it is far better known when', () => {
      expect(reasonOf(1, 2.75, 7)).toBe('same')
      expect(reasonOf(1, 2.25, 7)).toBe('moved')
      expect(reasonOf(3.2, 3.9, 5)).toBe('moved')
    })

    test('it is all but there and supply is not: before it has passed, not after', () => {
      expect(from(before, now_s + minutes(220))(3.9, 4.6, 8)).toBe('same')
      expect(from(before, now_s + minutes(225))(3.9, 4.6, 8)).toBe('moved')
      expect(from(before, now_s + minutes(225))(3.9, 4.2, 8)).toBe('same')
    })
  })

  test('not in turns: within half an hour only when the time told has passed or a person speaks', () => {
    expect(shouldPublish(told(4), told(9), now_s)).toEqual({ publish: false, reason: 'same' })
    expect(shouldPublish(told(4), told(9, 'plan'), now_s + minutes(29)).publish).toBe(false)
    expect(shouldPublish(told(4), told(9, 'plan'), now_s + minutes(30)).publish).toBe(true)
    expect(shouldPublish(told(4), told(9, 'crew'), now_s + minutes(1)).publish).toBe(true)
    // The clock was set back, or another server's is ahead.
    expect(shouldPublish(told(4), told(9), now_s - hour_s).publish).toBe(true)
    const short = toldOf(estimate(0.25), 'plan', now_s)
    expect(shouldPublish(short, told(2, 'plan'), now_s + minutes(20)).reason).toBe('ran_out')
  })

  test('at once when the crew will not even be there by the time told, unless a person said so', () => {
    const soon_s = now_s + minutes(2)
    const arrives_s = now_s + 4.5 * hour_s
    expect(shouldPublish(told(4), told(4.75), soon_s, now_s + 3 * hour_s).publish).toBe(false)
    expect(shouldPublish(told(4), told(4.75), soon_s, arrives_s)).toEqual({ publish: true, reason: 'moved' })
    expect(shouldPublish(told(4, 'dispatcher'), told(4.75), soon_s, arrives_s).reason).toBe('stands')
  })

  test('with an explanation when the time told has passed', () => {
    const later_s = now_s + 4 * hour_s
    const next = toldOf(estimate(1), 'model', later_s)
    expect(shouldPublish(told(4), next, later_s)).toEqual({ publish: true, reason: 'ran_out' })
  })

  test("over a crew's word only when that has run out", () => {
    expect(shouldPublish(told(4, 'crew'), told(9), now_s)).toEqual({ publish: false, reason: 'stands' })
    expect(shouldPublish(told(4), told(4.1, 'dispatcher'), now_s)).toEqual({ publish: true, reason: 'outranked' })
    expect(shouldPublish(told(1, 'crew'), told(9), now_s + 2 * hour_s).reason).toBe('ran_out')
  })

  test('never for an instant already past, and in round figures', () => {
    const next = toldOf({ low_s: 0, estimate_s: 0, high_s: 10, source: '' }, 'model', now_s + 1)
    expect(next.at_s).toBeGreaterThanOrEqual(now_s + minutes(15))
    expect(next.at_s % minutes(5)).toBe(0)
    expect(next.high_at_s).toBeGreaterThanOrEqual(next.at_s)
  })
})

test('the ledger scores error, bias and share inside, in all and by cause and stage', () => {
  const entry = (restored: number, cause: string) => ({
    low_at_s: now_s + 50,
    at_s: now_s + 100,
    high_at_s: now_s + 200,
    restored_s: now_s + restored,
    source: 'history',
    cause,
    stage: 'assess_assigned',
  })
  const ledger = scoreLedger([entry(160, 'equipment'), entry(80, 'equipment'), entry(400, 'vegetation')])
  expect(ledger.all).toEqual({ count: 3, error_s: 380 / 3, bias_s: 340 / 3, late_share: 2 / 3, inside_share: 2 / 3 })
  expect(ledger.by_cause.equipment).toEqual({ count: 2, error_s: 40, bias_s: 20, late_share: 0.5, inside_share: 1 })
  expect(Object.keys(ledger.by_cause)).toEqual(['equipment', 'vegetation'])
  expect(ledger.by_stage.assess_assigned?.count).toBe(3)
})
