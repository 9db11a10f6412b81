// Learning what the model takes for granted from what came to pass. Pure; nothing here is used before somebody adopts it.
import type { CallRate } from './parameters.ts'

/** How many of those without supply called, for one incident that is over. */
export type Calling = { callers: number; customers: number }

/** How many incidents the weights of before stand for. */
const PRIOR_INCIDENTS = 10
const ROUNDS = 30

/**
 * The weights of the calling rates that past incidents point at: a mixture of binomials over the rates, fitted by expectation
 * maximisation with a Dirichlet prior (Laird, "Nonparametric maximum likelihood estimation of a mixing distribution", 1978).
 * Cost: incidents × rates × rounds.
 */
export function learnCallRates(incidents: readonly Calling[], prior: readonly CallRate[]): CallRate[] {
  const before = normalise(prior.map(({ weight }) => weight))
  const likelihood = incidents.map(({ callers, customers }) => {
    const silent = Math.max(0, customers - callers)
    const logs = prior.map(({ rate }) => callers * Math.log(rate) + silent * Math.log1p(-rate))
    const largest = Math.max(...logs)
    return logs.map((log) => Math.exp(log - largest))
  })
  let weights = before
  for (let round = 0; round < ROUNDS; round++) {
    const sums = before.map((weight) => PRIOR_INCIDENTS * weight)
    for (const each of likelihood)
      normalise(each.map((value, at) => value * weights[at]!)).forEach((share, at) => (sums[at]! += share))
    weights = normalise(sums)
  }
  return prior.map(({ rate }, at) => ({ rate, weight: weights[at]! }))
}

function normalise(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}
