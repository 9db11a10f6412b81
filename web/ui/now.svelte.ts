// The time that screens show, one tick a second for all of them, so that ages and clocks step together.
import { steadyNow } from '../live/steady-clock.ts'

class Now {
  /** Milliseconds since 1970 by this machine's clock, by the second. */
  at = $state(Date.now())
  /** The same by the steady clock, which nobody sets: what the live picture's ages are counted in. */
  steady = $state(steadyNow())
  constructor() {
    if (typeof window === 'undefined') return
    setInterval(() => {
      this.at = Date.now()
      this.steady = steadyNow()
    }, 1000)
  }
}

export const now = new Now()
