// The storm's clock: stands still while something happens, and goes on to the next happening, at once or at a pace.
import { setTimeout as sleep } from 'node:timers/promises'

export type ReplayClock = {
  now(): Date
  /** Goes on to `at_ms`; with a speed, no sooner than the wall's time allows. Never back. */
  goTo(at_ms: number): Promise<void>
}

/** `speed` times the wall's time; 0 is as fast as it goes. */
export function startClock(begins_ms: number, speed: number): ReplayClock {
  const startedAt = performance.now()
  let now_ms = begins_ms
  return {
    now: () => new Date(now_ms),
    goTo: async (at_ms) => {
      const due = startedAt + (at_ms - begins_ms) / speed
      if (speed > 0 && due > performance.now()) await sleep(due - performance.now())
      now_ms = Math.max(now_ms, at_ms)
    },
  }
}
