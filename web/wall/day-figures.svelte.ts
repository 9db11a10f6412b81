// What the server adds up for the wall, asked for now and then: the day so far, and what crossing boundaries saved.
import { untrack } from 'svelte'
import type { DaySoFar } from '../../server/contract/day.ts'
import type { Savings } from '../../server/contract/plans.ts'
import { ask } from '../live/ask.ts'

/** The curve moves a pixel in about this long. */
const look_ms = 30_000
/** Where the past is played fast, an hour passes in six seconds. */
const pastLook_ms = 3000

export class DayFigures {
  /** Null until first read; then the last that was read: its own `at` says how old it is. */
  day = $state.raw<DaySoFar | null>(null)
  savings = $state.raw<Savings | null>(null)
  /** The older of the two readings: from when all that is shown of them is. */
  at = $state<string | null>(null)

  /** Reads until the returned function is called. `moment` answers the instant of the past that is shown. */
  follow(token: string, moment: (() => number) | null): () => void {
    let ended = false
    let shown: number | null = null
    // The figures of another time are no figures of this one.
    this.day = null
    this.savings = null
    this.at = null
    const look = async () => {
      // The first look is within an effect of whoever follows, which would begin anew with every beat of the moment.
      const at = untrack(() => moment?.() ?? null)
      if (at !== null && at === shown) return
      shown = at
      const query = at === null ? '' : `?at=${new Date(at).toISOString()}`
      const [day, savings] = await Promise.all([
        ask<DaySoFar>(token, `/api/reliability/day${query}`),
        ask<Savings>(token, `/api/dispatch/savings${query}`),
      ])
      if (ended) return
      if ('answer' in day) this.day = day.answer
      if ('answer' in savings) this.savings = savings.answer
      if ('answer' in day && 'answer' in savings) this.at = day.answer.at
      else if (at === shown) shown = null
    }
    void look()
    const timer = setInterval(() => void look(), moment ? pastLook_ms : look_ms)
    return () => {
      ended = true
      clearInterval(timer)
    }
  }
}
