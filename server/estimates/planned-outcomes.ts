// What plans promised, and what it came to. A plan knows who is out now: whoever has long to wait is pushed back by what breaks
// meanwhile, or taken up sooner when the storm is over, and by how much goes by how long the wait is said to be. So the outcomes of
// like promises speak: around each length, in logarithms, the quantiles of what was missed, those still out counted as unfinished
// (Kaplan-Meier). Where few are known the plan's own word weighs more.
import { setImmediate } from 'node:timers/promises'
import { logarithmOf, quantiles } from './model.ts'
import { inOrder, type Estimate } from './predict.ts'
import { survivalQuantiles, type Spell } from './survival.ts'

/** A plan's word, from its ledger: seconds left as the plan gave them; supply back `took_s` later, or, not ended, still out by then. */
export type PlannedWord = { incident: string; estimate_s: number; took_s: number; ended: boolean }

export type PlannedOutcomes = {
  /** The estimate where like promises came to; it is the given one where nothing is known. */
  correct(estimate: Estimate): Estimate
}

/** Standard deviation of the bell around a length: promises half or twice as long count half. */
const width = 0.7
/** So many incidents speak as loud as the plan itself. */
const own_weight = 5
/**
 * How much of what was missed each quantile moves by: the bounds by all, the middle by half, as the model's. In a storm laid onto the
 * demo region twice, 589 and 336 of its plans' words went from 29 and 28 % inside to 74 and 67 %; the whole cost the middle a fifth in one.
 */
const shares = [1, 0.5, 1]
/** No further than a factor of seven either way. */
const furthest = 2
/** Lengths at which the outcomes are summed up, from nothing to four days; between two of them they are mixed. */
const [from, to, step] = [logarithmOf(0), logarithmOf(4 * 86_400), 0.35]
const lengths = Array.from({ length: Math.ceil((to - from) / step) + 1 }, (_, index) => from + index * step)
/** Lighter ones are let go. */
const least_weight = 0.001

/** By how much the quantiles were missed, and how far that is believed, 0 to 1. */
type Missed = { trust: number; missed: number[] }

const nothingKnown: PlannedOutcomes = { correct: (estimate) => estimate }

/** Sums words up; others have their turn between two lengths. */
export async function learnPlannedOutcomes(words: readonly PlannedWord[]): Promise<PlannedOutcomes> {
  if (words.length === 0) return nothingKnown
  const counts = new Map<string, number>()
  for (const { incident } of words) counts.set(incident, (counts.get(incident) ?? 0) + 1)
  // An incident of which much was said speaks once.
  const spells = words
    .map(({ incident, estimate_s, took_s, ended }) => {
      const length = logarithmOf(estimate_s)
      return { length, share: 1 / counts.get(incident)!, value: logarithmOf(took_s) - length, ended }
    })
    .sort((a, b) => a.value - b.value)
  const curve: Missed[] = []
  for (const length of lengths) {
    curve.push(missedAround(length, spells))
    await setImmediate()
  }
  return { correct: (estimate) => moved(estimate, curve) }
}

function missedAround(length: number, words: readonly (Spell & { length: number; share: number })[]): Missed {
  const spells: Spell[] = []
  let known = 0
  for (const word of words) {
    const weight = word.share * Math.exp(-(((word.length - length) / width) ** 2) / 2)
    if (weight < least_weight) continue
    spells.push({ value: word.value, ended: word.ended, weight })
    // Who is still out within the time said tells nothing so far.
    if (word.ended || word.value > 0) known += weight
  }
  if (known === 0) return { trust: 0, missed: [0, 0, 0] }
  const bounded = survivalQuantiles(spells, [...quantiles]).map((value) =>
    Math.max(-furthest, Math.min(furthest, value)),
  )
  return { trust: known / (known + own_weight), missed: bounded }
}

function moved(estimate: Estimate, curve: readonly Missed[]): Estimate {
  const middle = logarithmOf(estimate.estimate_s)
  const at = Math.max(0, Math.min(curve.length - 1, (middle - from) / step))
  const [below, above] = [curve[Math.floor(at)]!, curve[Math.ceil(at)]!]
  const mix = (a: number, b: number) => a + (at % 1) * (b - a)
  const trust = mix(below.trust, above.trust)
  if (trust === 0) return estimate
  const [low, centre, high] = [estimate.low_s, estimate.estimate_s, estimate.high_s].map((own_s, index) => {
    const own = logarithmOf(own_s)
    return own + trust * shares[index]! * (middle + mix(below.missed[index]!, above.missed[index]!) - own)
  }) as [number, number, number]
  return inOrder(low, centre, high, estimate.source)
}
