// From facts to the remaining time: low, middle and high, and where they come from.
import { forestValue } from './boost.ts'
import type { Forest } from './boost.ts'
import { featureNames, rowOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { groupQuantiles } from './groups.ts'
import { log_offset_s, logarithmOf, saidLogarithmOf } from './model.ts'
import type { Model } from './model.ts'

/** The remaining time in seconds at its 10th, 50th and 90th percentile, and in words what it rests on. */
export type Estimate = { low_s: number; estimate_s: number; high_s: number; source: string }

const secondsOf = (logarithm: number): number => Math.max(0, Math.exp(logarithm) - log_offset_s)

const sameFeatures = (model: Model): boolean =>
  model.features.length === featureNames.length && model.features.every((name, index) => name === featureNames[index])

/** An estimate from logarithms, with low ≤ middle ≤ high whatever was learned. */
export function inOrder(low: number, middle: number, high: number, source: string): Estimate {
  const estimate_s = secondsOf(middle)
  return {
    low_s: Math.min(secondsOf(low), estimate_s),
    estimate_s,
    high_s: Math.max(secondsOf(high), estimate_s),
    source,
  }
}

/**
 * What the corrected word of the utility weighs beside the time learned by itself: held out storms of one winter in turn, twice
 * as much was as good in quiet weather and up to a sixth better in the storms.
 */
const correction_weight = 2

/** The middle from the time learned and, where the utility has a word out, from that word as it proved right or wrong. */
function middleOf(learned: number, correction: Forest | null, facts: Facts, row: Float32Array): number {
  const said = saidLogarithmOf(facts)
  if (!correction || Number.isNaN(said)) return learned
  return (learned + correction_weight * (said + forestValue(correction, row))) / (1 + correction_weight)
}

/** Predicts from a learned model, its groups where it has no forest, and the documented prior where there is no model. */
export function predict(model: Model | null, facts: Facts): Estimate {
  if (model?.forests && sameFeatures(model)) {
    const row = rowOf(facts)
    const [low, middle, high] = model.forests
    const { incidents } = model.learnedFrom
    return inOrder(
      forestValue(low, row),
      middleOf(forestValue(middle, row), model.correction, facts, row),
      forestValue(high, row),
      `history of ${incidents}: trees on stage, load, place and what was said`,
    )
  }
  const { seconds, source } = groupQuantiles(model?.groups ?? {}, facts)
  const [low, middle, high] = seconds.map(logarithmOf) as [number, number, number]
  return inOrder(low, middle, high, source)
}
