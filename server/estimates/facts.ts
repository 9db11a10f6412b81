// The facts that an estimate may rest on, all as known at the instant it is made, and their order in the learned model.
// A fact that is not known is NaN; the trees keep a branch for that.
import { causes, stages } from './words.ts'
import type { Cause, Stage } from './words.ts'

/** How busy the region and the neighbourhood are at an instant. */
export type Load = {
  open: number
  open_said_share: number
  open_on_site: number
  open_age_s: number
  started_1h: number
  started_6h: number
  started_24h: number
  ended_1h: number
  ended_6h: number
  ended_24h: number
  /** Median time to restoration among the starters of the last day, those still out counted as unfinished. */
  day_median_s: number
  day_upper_s: number
  /** The same for how long the region's incidents outlast the utility's first word, as a logarithm of the ratio. */
  day_said_ratio: number
  day_said_spread: number
  near_open: number
  near_started_3h: number
  near_ended_6h: number
  near_on_site: number
  near_age_s: number
  near_said_left_s: number
  /** Mean logarithm of the duration of those ended nearby in the last six hours. */
  near_ended_log: number
  /** The nearest open incident. */
  next_km: number
  next_age_s: number
  next_stage: number
  next_said_left_s: number
  /** Begun at about the same time and place: likely the same cause. */
  beside: number
  /** Within reach of the same depots: wider than near. */
  around_open: number
  around_started_6h: number
  around_ended_6h: number
  around_on_site: number
  around_median_s: number
}

export type Facts = {
  elapsed_s: number
  known_s: number
  stage: Stage
  in_stage_s: number
  stage_steps: number
  cause: Cause
  customers: number
  customers_first: number
  devices: number
  revisions: number
  said_left_s: number
  said_from_start_s: number
  said_times: number
  said_since_s: number
  said_moved_s: number
  crew_left_s: number
  hour: number
  weekday: number
  lon: number
  lat: number
  equipment_kind?: string
  storm?: boolean
  load?: Load
}

const none = Number.NaN

/** Facts of an incident of which only its age is known; what more is known goes over them. */
export const bareFacts = (elapsed_s: number): Facts => ({
  elapsed_s,
  known_s: elapsed_s,
  stage: 'unknown',
  in_stage_s: elapsed_s,
  stage_steps: 0,
  cause: 'unknown',
  customers: none,
  customers_first: none,
  devices: none,
  revisions: 1,
  said_left_s: none,
  said_from_start_s: none,
  said_times: 0,
  said_since_s: none,
  said_moved_s: none,
  crew_left_s: none,
  hour: none,
  weekday: none,
  lon: none,
  lat: none,
})

const hours = (seconds: number): number => seconds / 3600
const log = (seconds: number): number => Math.log1p(Math.max(0, seconds) / 600)

/** The features by name; the order is the order of a row. */
const features: [string, (facts: Facts) => number][] = [
  ['elapsed', (facts) => log(facts.elapsed_s)],
  ['known', (facts) => log(facts.known_s)],
  ['stage', (facts) => stages.indexOf(facts.stage)],
  ['in_stage', (facts) => log(facts.in_stage_s)],
  ['stage_steps', (facts) => facts.stage_steps],
  // "Weather" names no repair, and utilities say it by policy in one storm and never in the next.
  ['cause', ({ cause }) => causes.indexOf(cause === 'weather' ? 'unknown' : cause)],
  ['customers', (facts) => Math.log1p(facts.customers)],
  ['customers_share', (facts) => facts.customers / Math.max(1, facts.customers_first)],
  ['devices', (facts) => facts.devices],
  ['revisions', (facts) => facts.revisions],
  ['said_left', (facts) => hours(facts.said_left_s)],
  ['said_from_start', (facts) => hours(facts.said_from_start_s)],
  ['said_times', (facts) => facts.said_times],
  ['said_since', (facts) => log(facts.said_since_s)],
  ['said_moved', (facts) => hours(facts.said_moved_s)],
  ['crew_left', (facts) => hours(facts.crew_left_s)],
  ['hour', (facts) => facts.hour],
  ['said_hour', (facts) => (facts.hour + hours(facts.said_left_s) + 2400) % 24],
  ['weekday', (facts) => facts.weekday],
  ['lon', (facts) => facts.lon],
  ['lat', (facts) => facts.lat],
  ['open', ({ load }) => Math.log1p(load?.open ?? none)],
  ['open_said_share', ({ load }) => load?.open_said_share ?? none],
  ['open_on_site', ({ load }) => (load ? load.open_on_site / Math.max(1, load.open) : none)],
  ['open_age', ({ load }) => log(load?.open_age_s ?? none)],
  ['started_1h', ({ load }) => Math.log1p(load?.started_1h ?? none)],
  ['started_6h', ({ load }) => Math.log1p(load?.started_6h ?? none)],
  ['started_24h', ({ load }) => Math.log1p(load?.started_24h ?? none)],
  ['flow_1h', ({ load }) => Math.log1p(load?.ended_1h ?? none) - Math.log1p(load?.open ?? none)],
  ['flow_6h', ({ load }) => Math.log1p(load?.ended_6h ?? none) - Math.log1p(load?.started_6h ?? none)],
  ['flow_24h', ({ load }) => Math.log1p(load?.ended_24h ?? none) - Math.log1p(load?.started_24h ?? none)],
  ['day_median', ({ load }) => log(load?.day_median_s ?? none)],
  ['day_upper', ({ load }) => log(load?.day_upper_s ?? none)],
  ['day_said_ratio', ({ load }) => load?.day_said_ratio ?? none],
  ['day_said_spread', ({ load }) => load?.day_said_spread ?? none],
  ['around_open', ({ load }) => Math.log1p(load?.around_open ?? none)],
  ['around_started_6h', ({ load }) => Math.log1p(load?.around_started_6h ?? none)],
  ['around_flow_6h', ({ load }) => Math.log1p(load?.around_ended_6h ?? none) - Math.log1p(load?.around_open ?? none)],
  ['around_on_site', ({ load }) => Math.log1p(load?.around_on_site ?? none)],
  ['around_median', ({ load }) => log(load?.around_median_s ?? none)],
  ['near_ended_log', ({ load }) => load?.near_ended_log ?? none],
  ['next_km', ({ load }) => load?.next_km ?? none],
  ['next_age', ({ load, elapsed_s }) => hours((load?.next_age_s ?? none) - elapsed_s)],
  ['next_stage', ({ load }) => load?.next_stage ?? none],
  ['next_said_left', ({ load }) => hours(load?.next_said_left_s ?? none)],
  ['beside', ({ load }) => load?.beside ?? none],
  ['near_open', ({ load }) => Math.log1p(load?.near_open ?? none)],
  ['near_started_3h', ({ load }) => Math.log1p(load?.near_started_3h ?? none)],
  ['near_ended_6h', ({ load }) => Math.log1p(load?.near_ended_6h ?? none)],
  ['near_on_site', ({ load }) => Math.log1p(load?.near_on_site ?? none)],
  ['near_age', ({ load }) => log(load?.near_age_s ?? none)],
  ['near_said_left', ({ load }) => hours(load?.near_said_left_s ?? none)],
]

export const featureNames: readonly string[] = features.map(([name]) => name)

/** The facts as one row of the model. */
export function rowOf(facts: Facts): Float32Array {
  const row = new Float32Array(features.length)
  features.forEach(([, read], index) => (row[index] = read(facts)))
  return row
}
