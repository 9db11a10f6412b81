// Keeps the interval honest in weather that the model never saw: each bound moves a little after every outcome, until
// the said share of restorations falls beyond it (adaptive conformal inference, Gibbs and Candès 2021, as a quantile
// tracker). A bound is judged when its own instant has passed, ended or not: waiting for the ends would count the short
// ones first and shrink the interval in a storm. The middle stays: out of sample, moving it cost up to a tenth.
import FlatQueue from 'flatqueue'
import { logarithmOf, quantiles } from './model.ts'
import { inOrder } from './predict.ts'
import type { Estimate } from './predict.ts'

type Bound = 0 | 2
type Said = { bound: Bound; due_s: number; hasEnded: (by_s: number) => boolean }

/** Movement after one outcome, in logarithms: a storm of 300 words an hour can widen the interval threefold in 3 hours. */
const step = 0.002
/** No further than this either way: a factor of four and a half. */
const furthest = 1.5
/** Words waiting for their instant; the newest are let go beyond it. A great storm's day is 50,000. */
const most_waiting = 200_000

export type Tracking = {
  /**
   * The estimate with its bounds where recent outcomes put them. `hasEnded(by_s)` is asked only once `by_s` has
   * passed: whether supply was back before that instant.
   */
  adjust(estimate: Estimate, now_s: number, hasEnded: (by_s: number) => boolean): Estimate
}

export function createTracking(): Tracking {
  const shift = { 0: 0, 2: 0 }
  const waiting = new FlatQueue<Said>()
  const settle = (now_s: number): void => {
    while (waiting.length > 0 && waiting.peekValue()! < now_s) {
      const { bound, due_s, hasEnded } = waiting.pop()!
      const moved = shift[bound] + step * (quantiles[bound] - (hasEnded(due_s) ? 1 : 0))
      shift[bound] = Math.max(-furthest, Math.min(furthest, moved))
    }
  }
  return {
    adjust(estimate, now_s, hasEnded) {
      settle(now_s)
      const adjusted = inOrder(
        logarithmOf(estimate.low_s) + shift[0],
        logarithmOf(estimate.estimate_s),
        logarithmOf(estimate.high_s) + shift[2],
        estimate.source,
      )
      if (waiting.length < most_waiting) {
        const lowDue_s = now_s + adjusted.low_s
        const highDue_s = now_s + adjusted.high_s
        waiting.push({ bound: 0, due_s: lowDue_s, hasEnded }, lowDue_s)
        waiting.push({ bound: 2, due_s: highDue_s, hasEnded }, highDue_s)
      }
      return adjusted
    },
  }
}
