// Keeps the interval honest in weather that the model never saw: each bound moves a little after every outcome, until
// the said share of restorations falls beyond it (adaptive conformal inference, Gibbs and Candès 2021, as a quantile
// tracker). A bound is judged when its own instant has passed, ended or not: waiting for the ends would count the short
// ones first and shrink the interval in a storm. The middle moves by half of what recent estimates missed (`level.ts`): by the
// outcomes alone, as the bounds do, it cost up to a tenth.
import FlatQueue from 'flatqueue'
import { createLevel } from './level.ts'
import type { EndedBy } from './level.ts'
import { logarithmOf, quantiles } from './model.ts'
import { inOrder } from './predict.ts'
import type { Estimate } from './predict.ts'

type Bound = 0 | 2
type Said = { bound: Bound; due_s: number; endedBy: EndedBy }

/** Movement after one outcome, in logarithms: a storm of 300 words an hour can widen the interval threefold in 3 hours. */
const step = 0.002
/** No further than this either way: a factor of four and a half. */
const furthest = 1.5
/** Words waiting for their instant; the newest are let go beyond it. A great storm's day is 50,000. */
const most_waiting = 200_000

/** What recent outcomes add to the logarithms of an estimate. */
export type Correction = { low: number; middle: number; high: number }

export type Tracking = {
  /**
   * The estimate where recent outcomes put it. `endedBy(by_s)` is asked only once `by_s` has passed: when supply was back,
   * if before that instant. `now_s` must not run backwards.
   */
  adjust(estimate: Estimate, now_s: number, endedBy: EndedBy): Estimate
  /** What an estimate would be moved by now; it teaches nothing. */
  at(now_s: number): Correction
}

/** The estimate, moved. What nothing moves stays as it was to the last digit: a hair later is spoken a quarter of an hour later. */
export function correct(estimate: Estimate, { low, middle, high }: Correction): Estimate {
  if (low === 0 && middle === 0 && high === 0) return estimate
  return inOrder(
    logarithmOf(estimate.low_s) + low,
    logarithmOf(estimate.estimate_s) + middle,
    logarithmOf(estimate.high_s) + high,
    estimate.source,
  )
}

export function createTracking(): Tracking {
  const shift = { 0: 0, 2: 0 }
  const level = createLevel()
  const waiting = new FlatQueue<Said>()
  const settle = (now_s: number): void => {
    while (waiting.length > 0 && waiting.peekValue()! < now_s) {
      const { bound, due_s, endedBy } = waiting.pop()!
      const moved = shift[bound] + step * (quantiles[bound] - (endedBy(due_s) === null ? 0 : 1))
      shift[bound] = Math.max(-furthest, Math.min(furthest, moved))
    }
  }
  const at = (now_s: number): Correction => {
    settle(now_s)
    return { low: shift[0], middle: level.at(now_s), high: shift[2] }
  }
  return {
    at,
    adjust(estimate, now_s, endedBy) {
      const adjusted = correct(estimate, at(now_s))
      level.note(now_s, logarithmOf(estimate.estimate_s), endedBy)
      if (waiting.length < most_waiting) {
        const lowDue_s = now_s + adjusted.low_s
        const highDue_s = now_s + adjusted.high_s
        waiting.push({ bound: 0, due_s: lowDue_s, endedBy }, lowDue_s)
        waiting.push({ bound: 2, due_s: highDue_s, endedBy }, highDue_s)
      }
      return adjusted
    },
  }
}
