// When an estimate is told: first when it is worth something, again when what was told misleads, and always when the time told has
// passed. What a crew or a dispatcher said stands until it runs out or they say otherwise.
import type { Estimate } from './predict.ts'

/** Who an estimate comes from, in rising order of rank. */
export const voices = ['model', 'plan', 'dispatcher', 'crew'] as const
export type Voice = (typeof voices)[number]

/** An estimate as told: instants, not spans. */
export type Told = { voice: Voice; told_s: number; low_at_s: number; at_s: number; high_at_s: number }

export type Publication = {
  publish: boolean
  /** Why it is told, or why not; `ran_out` owes the customer an explanation. */
  reason: 'first' | 'moved' | 'outranked' | 'ran_out' | 'too_vague' | 'same' | 'stands'
}

const hour_s = 3600
/** Never told for sooner than this. */
const least_left_s = 900
/** Nor again sooner than this, unless the time told has passed or a person speaks: "later" and "sooner" in turns tell nothing. */
const rest_s = 1800
/** Neither is less than this later news; sooner is from an hour on, and by half of what was left. */
const least_delay_s = 1800
const least_gain_s = 3600
const least_share = 0.5
/** An interval a third as wide is worth telling where the old one was wider than an hour and a half. */
const sharper_times = 3
const wide_s = 5400
/** An interval wider than six hours and than six times its middle promises nothing. */
const vague_s = 6 * hour_s
const vague_times = 6

const rank = (voice: Voice): number => voices.indexOf(voice)

/** A plan is made again at every event: it takes the model's place as it takes its own, where what was told misleads. */
const isPerson = (voice: Voice): boolean => voice === 'dispatcher' || voice === 'crew'

/** Rounded up to what people say: five minutes within the hour, a quarter of an hour within six, else a full hour. */
export function spokenInstant(at_s: number, now_s: number): number {
  const left_s = at_s - now_s
  const step_s = left_s <= hour_s ? 300 : left_s <= 6 * hour_s ? 900 : hour_s
  return Math.ceil(at_s / step_s) * step_s
}

/** What would be told now; never an instant that is already past or nearly so. */
export function toldOf(estimate: Estimate, voice: Voice, now_s: number): Told {
  const at_s = spokenInstant(now_s + Math.max(estimate.estimate_s, least_left_s), now_s)
  return {
    voice,
    told_s: now_s,
    low_at_s: now_s + estimate.low_s,
    at_s,
    high_at_s: Math.max(at_s, spokenInstant(now_s + estimate.high_s, now_s)),
  }
}

const isVague = (told: Told, now_s: number): boolean => {
  const width_s = told.high_at_s - told.low_at_s
  return told.voice === 'model' && width_s > vague_s && width_s > vague_times * (told.at_s - now_s)
}

const widthOf = ({ low_at_s, high_at_s }: Told): number => high_at_s - low_at_s

/**
 * Whether what was told misleads by now: one of the two times lies outside the other's interval, or the time told is all but there
 * and supply is not; or it comes back far sooner, or is known far better. What lies between is what the interval was told for.
 */
function hasMoved(previous: Told, next: Told, now_s: number): boolean {
  const rested_s = now_s - previous.told_s
  // Said by a clock that is ahead of this one: how long ago is not known.
  if (rested_s >= 0 && rested_s < rest_s) return false
  const later_s = next.at_s - previous.at_s
  const left_s = previous.at_s - now_s
  const isOut = next.at_s > previous.high_at_s || next.low_at_s > previous.at_s
  const isLater = later_s >= least_delay_s && (isOut || left_s <= least_left_s)
  const isSurelySooner = next.high_at_s < previous.at_s || next.at_s < previous.low_at_s
  const isSooner = -later_s >= least_delay_s && isSurelySooner
  const isFarSooner = -later_s >= Math.max(least_gain_s, least_share * left_s)
  const isSharper = widthOf(previous) > wide_s && widthOf(next) * sharper_times <= widthOf(previous)
  return isLater || isSooner || isFarSooner || isSharper
}

/**
 * Whether `next` is told in place of `previous` (null: nothing told so far). Supply cannot be back before `possibleFrom_s`, when the crew
 * is there: what was told for earlier is corrected at once.
 */
export function shouldPublish(
  previous: Told | null,
  next: Told,
  now_s: number,
  possibleFrom_s: number = now_s,
): Publication {
  if (previous && previous.at_s <= now_s) return { publish: true, reason: 'ran_out' }
  if (previous && rank(next.voice) < rank(previous.voice)) return { publish: false, reason: 'stands' }
  if (previous && isPerson(next.voice) && rank(next.voice) > rank(previous.voice))
    return { publish: true, reason: 'outranked' }
  if (previous && previous.at_s < possibleFrom_s) return { publish: true, reason: 'moved' }
  if (isVague(next, now_s)) return { publish: false, reason: 'too_vague' }
  if (!previous) return { publish: true, reason: 'first' }
  return hasMoved(previous, next, now_s) ? { publish: true, reason: 'moved' } : { publish: false, reason: 'same' }
}
