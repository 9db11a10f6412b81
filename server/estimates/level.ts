// How much longer or shorter than learned restorations take these hours: the median of what the last estimates missed,
// those still out counted as unfinished (Kaplan-Meier), so that a storm's short ones do not speak for the long ones.
import { survivalQuantiles } from './survival.ts'
import type { Spell } from './survival.ts'
import { logarithmOf } from './model.ts'

/** When supply came back, if that is known at `now_s`; else null. */
export type EndedBy = (now_s: number) => number | null

type Word = { at_s: number; middle: number; endedBy: EndedBy }

/** Of 3 to 24 hours and shares of a quarter to all, held out storms of one winter in turn, these helped or harmed none. */
const window_s = 6 * 3600
const share = 0.5
/** So many ended ones speak half as loud as countless. */
const half_weight = 100
/** No further than twice or half. */
const furthest = 0.7
/** The median moves slowly, and each costs a sort. */
const refresh_s = 1200
/** The newest are let go beyond it. A great storm's six hours are 12,000 words. */
const most_words = 50_000

export type Level = {
  /** What was estimated at `at_s`, as the logarithm of the time left; instants must not run backwards. */
  note(at_s: number, middle: number, endedBy: EndedBy): void
  /** What to add to a logarithm now. */
  at(now_s: number): number
}

export function createLevel(): Level {
  let words: Word[] = []
  let level = 0
  let refreshed_s = -Infinity
  const refresh = (now_s: number): void => {
    words = words.filter(({ at_s }) => now_s - at_s <= window_s)
    let ended = 0
    const missed: Spell[] = []
    for (const { at_s, middle, endedBy } of words) {
      if (at_s >= now_s) continue
      const ended_s = endedBy(now_s)
      if (ended_s !== null) ended += 1
      missed.push({ value: logarithmOf(Math.max(0, (ended_s ?? now_s) - at_s)) - middle, ended: ended_s !== null })
    }
    const [median] = survivalQuantiles(missed, [0.5])
    const bounded = Math.max(-furthest, Math.min(furthest, median || 0))
    level = (share * bounded * ended) / (ended + half_weight)
    refreshed_s = now_s
  }
  return {
    note(at_s, middle, endedBy) {
      if (words.length < most_words) words.push({ at_s, middle, endedBy })
    },
    at(now_s) {
      if (now_s - refreshed_s >= refresh_s) refresh(now_s)
      return level
    },
  }
}
