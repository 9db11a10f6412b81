// How long a search may go on: until a clock says so, or for a number of iterations so that a run can be repeated exactly.

/** A clock in milliseconds that only moves forward, such as `performance.now`. */
export type Clock = () => number

/**
 * With `iterations` the clock is never read, so the same seed gives the same plan on any machine. Time counts from `since` on
 * the clock, or from when the search starts.
 */
export type Budget = { iterations: number } | { milliseconds: number; clock: Clock; since?: number }

/** Reading the clock costs about 50 ns; once in this many iterations it does not show in a profile. */
const iterationsBetweenClockReads = 16

/** A budget of time that holds for all that follows: what building the tables takes is taken off the search. */
export function fromNow(budget: Budget): Budget {
  return 'iterations' in budget ? budget : { since: budget.clock(), ...budget }
}

/** Returns how much of the budget is used, from 0 to 1 (used up); called once an iteration. */
export function startBudget(budget: Budget): () => number {
  let iteration = -1
  if ('iterations' in budget) return () => ++iteration / Math.max(1, budget.iterations)
  const startedAt = budget.since ?? budget.clock()
  const length_ms = Math.max(budget.milliseconds, 1e-9)
  let used = 0
  return () => {
    if (++iteration % iterationsBetweenClockReads === 0) used = (budget.clock() - startedAt) / length_ms
    return used
  }
}
