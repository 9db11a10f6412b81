// What the server adds up for the wall, asked for now and then: the day so far, and what crossing boundaries saved.
import type { DaySoFar } from '../../server/contract/day.ts'
import type { Savings } from '../../server/contract/plans.ts'
import { ask } from '../live/ask.ts'

/** The curve moves a pixel in about this long. */
const look_ms = 30_000

export class DayFigures {
  /** Null until first read; then the last that was read: its own `at` says how old it is. */
  day = $state.raw<DaySoFar | null>(null)
  savings = $state.raw<Savings | null>(null)

  /** Reads until the returned function is called. */
  follow(token: string): () => void {
    const look = async () => {
      const [day, savings] = await Promise.all([
        ask<DaySoFar>(token, '/api/reliability/day'),
        ask<Savings>(token, '/api/dispatch/savings'),
      ])
      if ('answer' in day) this.day = day.answer
      if ('answer' in savings) this.savings = savings.answer
    }
    void look()
    const timer = setInterval(() => void look(), look_ms)
    return () => clearInterval(timer)
  }
}
