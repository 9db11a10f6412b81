// What the units of one storm teach one another: how readily people call, whether meters speak and how much has failed. Each
// unit's circumstances are weighed by the mixture that all others point at (empirical Bayes: a Dirichlet-smoothed mixture over
// the grid, fitted by expectation maximisation; Laird 1978), so that a unit with a rate of its own still has its say.
import type { InferenceParameters } from './parameters.ts'
import { listCircumstances } from './rates.ts'

/** How many units the prior weights of the circumstances stand for. */
const PRIOR_UNITS = 2
const ROUNDS = 12
/**
 * A fit holds until one in so many of its units has heard more: among thousands one unit's news moves nobody's weights, and
 * fitting anew for each would cost the square of the storm. Below this many units every fit is fresh.
 */
const FIT_HOLDS_FOR = 32

/** The mixture over the units heard, and each unit's share in it. */
export type StormFit = { total: Float64Array; shares: Map<number, Float64Array> }

/** How well each unit's evidence fits each circumstance, and the last fit over them. */
export type Storm = { logs: Map<number, readonly number[]>; fit: StormFit | null; unfitted: number }

export function newStorm(): Storm {
  return { logs: new Map(), fit: null, unfitted: 0 }
}

/** Notes what `unit` has come to and answers its weights among the others; null for the only unit with evidence. */
export function weightsInStorm(
  storm: Storm,
  parameters: InferenceParameters,
  unit: number,
  logEvidence: readonly number[],
): number[] | null {
  storm.logs.set(unit, logEvidence)
  storm.unfitted++
  if (storm.logs.size < 2) return null
  if (!storm.fit || storm.unfitted * FIT_HOLDS_FOR > storm.fit.shares.size) {
    storm.fit = fitStorm(parameters, storm.logs)
    storm.unfitted = 0
  }
  return weightsAmong(storm.fit, unit)
}

/**
 * The circumstances' weights for each unit from `logEvidence[unit][circumstance]`, leaving out the unit itself: with one unit
 * they are the prior weights.
 */
export function weighCircumstances(
  parameters: InferenceParameters,
  logEvidence: readonly (readonly number[])[],
): number[][] {
  const fit = fitStorm(parameters, new Map(logEvidence.entries()))
  return logEvidence.map((_, unit) => weightsAmong(fit, unit))
}

/** Cost: units × circumstances × a dozen rounds; a thousand units take a millisecond or two. */
function fitStorm(parameters: InferenceParameters, logEvidence: ReadonlyMap<number, readonly number[]>): StormFit {
  const prior = listCircumstances(parameters).map(({ logWeight }) => Math.exp(logWeight))
  const width = prior.length
  const shares = new Map([...logEvidence.keys()].map((unit) => [unit, new Float64Array(width)]))
  const likelihoods = [...logEvidence.values()].map((logs) => {
    const largest = Math.max(...logs)
    return Float64Array.from(logs, (log) => Math.exp(log - largest))
  })
  const total = Float64Array.from(prior)
  for (let round = 0; round < ROUNDS; round++) {
    const mixture = total.slice()
    prior.forEach((weight, c) => (total[c] = PRIOR_UNITS * weight))
    let unit = 0
    for (const share of shares.values()) {
      const likelihood = likelihoods[unit++]!
      let sum = 0
      for (let c = 0; c < width; c++) sum += share[c] = likelihood[c]! * mixture[c]!
      for (let c = 0; c < width; c++) total[c]! += share[c]! /= sum
    }
  }
  return { total, shares }
}

function weightsAmong({ total, shares }: StormFit, unit: number): number[] {
  const own = shares.get(unit)
  const others = Array.from(total, (sum, c) => sum - (own ? own[c]! : 0))
  const all = others.reduce((sum, each) => sum + each, 0)
  return others.map((each) => each / all)
}
