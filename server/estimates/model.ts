// The learned model: plain data, so that it can be stored as JSON, and how it is learned from a history.
import { binRows, boost } from './boost.ts'
import type { Boosting, Forest } from './boost.ts'
import { featureNames, rowOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { learnGroups } from './groups.ts'
import type { GroupTable } from './groups.ts'
import type { PastIncident } from './past-incident.ts'
import { seeded } from './random.ts'
import { replay } from './replay.ts'

/** The quantiles that an estimate names: low, middle, high. */
export const quantiles = [0.1, 0.5, 0.9] as const

export type Model = {
  /** The features that the forests were grown on; a model of other features is not used. */
  features: readonly string[]
  /** Low, middle and high; null where the history has no crew stages or is too small. */
  forests: [Forest, Forest, Forest] | null
  /** The logarithm of the time left over the utility's own word; null where it never said one. */
  correction: Forest | null
  groups: GroupTable
  /** The instants are null where nothing could be learned from. */
  learnedFrom: { incidents: number; moments: number; from_s: number | null; until_s: number | null }
}

/** Below this the shrunken groups are as good and say where they come from. */
const least_incidents = 1000
/** Remaining times are learned as logarithms; ten minutes, the feed's own step, keep the last minutes from ruling. */
export const log_offset_s = 600

export const logarithmOf = (seconds: number): number => Math.log(seconds + log_offset_s)

/** A word for longer ahead is a slip of the pen, and one for the past says "any minute". */
const most_said_s = 30 * 86_400

export const saidLogarithmOf = ({ said_left_s }: Facts): number =>
  said_left_s > most_said_s ? Number.NaN : logarithmOf(Math.max(0, said_left_s))

const boosting: Omit<Boosting, 'quantile' | 'trees'> = {
  leaves: 31,
  least: 60,
  rate: 0.08,
  rowShare: 0.3,
  featureShare: 0.6,
}

/** `said` is the logarithm of the time left by the utility's own word, NaN where it had none out. */
type Lessons = { rows: Float32Array[]; target: Float64Array; said: Float64Array }

/** The moments of those incidents whose end is known; the few still open say only "longer", and are left to the groups. */
function lessonsOf(history: PastIncident[], learnable: (incident: PastIncident) => boolean): Lessons {
  const rows: Float32Array[] = []
  const target: number[] = []
  const said: number[] = []
  for (const { incident, at_s, facts } of replay(history)) {
    if (incident.open || !learnable(incident)) continue
    rows.push(rowOf(facts))
    target.push(logarithmOf(Math.max(0, incident.ended_s - at_s)))
    said.push(saidLogarithmOf(facts))
  }
  return { rows, target: Float64Array.from(target), said: Float64Array.from(said) }
}

export type Learning = {
  seed?: number
  /** Which incidents may teach; the others count as load only. */
  learnable?: (incident: PastIncident) => boolean
  /** Trees of the middle; the bounds take half. */
  trees?: number
}

const isStaged = ({ revisions }: PastIncident): boolean => revisions.some((revision) => revision.stage !== undefined)

/** Whether a history has crew stages of enough incidents for trees: learning them takes long. */
export const growsTrees = (history: PastIncident[]): boolean =>
  history.filter((incident) => !incident.planned && isStaged(incident)).length >= least_incidents

/**
 * Learns from a history; the same history and seed give the same model. A minute for 160,000 moments on one core, and
 * about 300 bytes of memory a moment. Without `trees` the groups alone, in an instant.
 */
export function learn(
  history: PastIncident[],
  { seed = 1, learnable = () => true, trees = 160 }: Learning = {},
): Model {
  const taught = history.filter((incident) => !incident.planned && learnable(incident))
  const lessons = trees > 0 && growsTrees(taught) ? lessonsOf(history, learnable) : null
  return {
    features: featureNames,
    forests: lessons && growForests(lessons, seed, trees),
    correction: lessons && growCorrection(lessons, seed, trees),
    groups: learnGroups(taught),
    learnedFrom: {
      incidents: taught.length,
      moments: lessons?.rows.length ?? 0,
      from_s: taught.reduce<number | null>((least, { started_s }) => Math.min(least ?? started_s, started_s), null),
      until_s: taught.reduce<number | null>((most, { ended_s }) => Math.max(most ?? ended_s, ended_s), null),
    },
  }
}

function growForests({ rows, target }: Lessons, seed: number, trees: number): [Forest, Forest, Forest] {
  const binned = binRows(rows, featureNames.length)
  // Between the error in minutes (weight = the time itself) and its logarithm: the best of both out of sample.
  const weightOf = (_: number, predicted: number): number => Math.exp((Math.min(predicted, 12) - 9) / 2)
  const grow = (quantile: number, count: number): Forest =>
    boost({ binned, target, weightOf }, { ...boosting, quantile, trees: count }, seeded(seed))
  return [grow(quantiles[0], trees >> 1), grow(quantiles[1], trees), grow(quantiles[2], trees >> 1)]
}

/**
 * The forest of what is left over the utility's own word: in a storm such as never was, words of a length never heard still
 * carry, where a forest of the time itself knows no leaf for them. Every moment counts alike: a logarithm of a ratio has no
 * long and short.
 */
function growCorrection({ rows, target, said }: Lessons, seed: number, trees: number): Forest | null {
  const spoken = Array.from(rows.keys()).filter((row) => !Number.isNaN(said[row]!))
  if (spoken.length < least_incidents) return null
  const binned = binRows(
    spoken.map((row) => rows[row]!),
    featureNames.length,
  )
  const over = Float64Array.from(spoken, (row) => target[row]! - said[row]!)
  return boost(
    { binned, target: over, weightOf: () => 1 },
    { ...boosting, quantile: quantiles[1], trees },
    seeded(seed + 1),
  )
}
