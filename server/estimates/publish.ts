// When an estimate is told: first when it is worth something, again when it has really moved, and always when the time
// told has passed. What a crew or a dispatcher said stands until it runs out or they say otherwise.
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
/** A change below this, or below a quarter of the time left, is jitter to a customer. */
const least_move_s = 900
const least_move_share = 0.25
/** An interval wider than six hours and than six times its middle promises nothing. */
const vague_s = 6 * hour_s
const vague_times = 6

const rank = (voice: Voice): number => voices.indexOf(voice)

/** A plan is made again at every event: it takes the model's place as it takes its own, where something has really moved. */
const isPerson = (voice: Voice): boolean => voice === 'dispatcher' || voice === 'crew'

/** Rounded up to what people say: five minutes within the hour, a quarter of an hour within six, else a full hour. */
export function spokenInstant(at_s: number, now_s: number): number {
  const left_s = at_s - now_s
  const step_s = left_s <= hour_s ? 300 : left_s <= 6 * hour_s ? 900 : hour_s
  return Math.ceil(at_s / step_s) * step_s
}

/** What would be told now; never an instant that is already past or nearly so. */
export function toldOf(estimate: Estimate, voice: Voice, now_s: number): Told {
  const at_s = spokenInstant(now_s + Math.max(estimate.estimate_s, least_move_s), now_s)
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

function hasMoved(previous: Told, next: Told, now_s: number): boolean {
  const threshold_s = Math.max(least_move_s, least_move_share * (previous.at_s - now_s))
  return Math.abs(next.at_s - previous.at_s) >= threshold_s
}

/** Whether `next` is told in place of `previous` (null: nothing told so far). */
export function shouldPublish(previous: Told | null, next: Told, now_s: number): Publication {
  if (previous && previous.at_s <= now_s) return { publish: true, reason: 'ran_out' }
  if (previous && rank(next.voice) < rank(previous.voice)) return { publish: false, reason: 'stands' }
  if (previous && isPerson(next.voice) && rank(next.voice) > rank(previous.voice))
    return { publish: true, reason: 'outranked' }
  if (isVague(next, now_s)) return { publish: false, reason: 'too_vague' }
  if (!previous) return { publish: true, reason: 'first' }
  return hasMoved(previous, next, now_s) ? { publish: true, reason: 'moved' } : { publish: false, reason: 'same' }
}
