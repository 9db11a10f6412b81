// What the units of one storm teach one another: how readily people call, whether meters speak and how much has failed. Each
// unit's circumstances are weighed by the mixture that all others point at (empirical Bayes: a Dirichlet-smoothed mixture over
// the grid, fitted by expectation maximisation; Laird 1978), so that a unit with a rate of its own still has its say.
import type { InferenceParameters } from './parameters.ts'
import { listCircumstances } from './rates.ts'

/** How many units the prior weights of the circumstances stand for. */
const PRIOR_UNITS = 2
const ROUNDS = 12

/**
 * The circumstances' weights for each unit from `logEvidence[unit][circumstance]`, leaving out the unit itself: with one unit
 * they are the prior weights. Cost: units × circumstances × a dozen rounds.
 */
export function weighCircumstances(parameters: InferenceParameters, logEvidence: readonly (readonly number[])[]) {
  const prior = listCircumstances(parameters).map(({ logWeight }) => Math.exp(logWeight))
  const likelihood = logEvidence.map((logs) => {
    const largest = Math.max(...logs)
    return logs.map((log) => Math.exp(log - largest))
  })
  let mixture = prior
  let shares: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    shares = likelihood.map((each) => normalise(each.map((value, c) => value * mixture[c]!)))
    mixture = prior.map((weight, c) => shares.reduce((sum, share) => sum + share[c]!, PRIOR_UNITS * weight))
    mixture = normalise(mixture)
  }
  const total = prior.map((weight, c) => shares.reduce((sum, share) => sum + share[c]!, PRIOR_UNITS * weight))
  return shares.map((share) => normalise(total.map((sum, c) => sum - share[c]!)))
}

function normalise(values: number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}
