// The curve of customers without supply: one sample a minute, kept over reloads; before the first sample it is worked out from
// when the known incidents began and ended, which leaves out what was closed since.
import type { IncidentSummary } from '../../server/contract/incidents.ts'

export type Sample = { at: number; out: number }

const minute_ms = 60_000
/** Two days: today beside yesterday. */
const kept = 2 * 24 * 60

type Span = { from: number; to: number; out: number }

/**
 * What the incidents known now say about past moments. Steps of restoration are unknown here: what an open incident still
 * has out counts from its start, so that a first look never shows an improvement that nobody saw.
 */
function spansOf(incidents: Iterable<IncidentSummary>): Span[] {
  const spans: Span[] = []
  for (const incident of incidents) {
    if (incident.status === 'cancelled' || incident.merged_into !== null) continue
    const to = incident.restored_at ? Date.parse(incident.restored_at) : Infinity
    const out = to === Infinity ? incident.customers_out : incident.customers_affected
    spans.push({ from: Date.parse(incident.started_at), to, out })
  }
  return spans
}

function outAt(spans: readonly Span[], at: number): number {
  let sum = 0
  for (const { from, to, out } of spans) if (from <= at && at < to) sum += out
  return sum
}

export type History = { samples: readonly Sample[]; calls: readonly Sample[] }
export const emptyHistory: History = { samples: [], calls: [] }

/** Puts the figure of this minute in; the last figure within a minute stands. */
export function record(history: History, now: number, out: number): History {
  return { ...history, samples: put(history.samples, now, () => out) }
}

export function recordCalls(history: History, now: number, calls: number): History {
  return { ...history, calls: put(history.calls, now, (before) => before + calls) }
}

function put(samples: readonly Sample[], now: number, value: (before: number) => number): Sample[] {
  const at = Math.floor(now / minute_ms) * minute_ms
  const last = samples.at(-1)
  if (last?.at === at) return [...samples.slice(0, -1), { at, out: value(last.out) }]
  return [...samples.slice(1 - kept), { at, out: value(0) }]
}

/** One value every `step_ms` up to now: sampled where we were watching, else worked out; null before anything is known. */
export function curve(
  history: History,
  incidents: Iterable<IncidentSummary>,
  now: number,
  span_ms: number,
  step_ms: number,
): number[] {
  const known = spansOf(incidents)
  const values: number[] = []
  let index = 0
  const { samples } = history
  for (let at = now - span_ms; at <= now; at += step_ms) {
    while (index < samples.length && samples[index]!.at <= at) index++
    const sample = samples[index - 1]
    values.push(sample && at - sample.at < 2 * step_ms ? sample.out : outAt(known, at))
  }
  return values
}

/** The same span a day before, or null where nobody was watching then. */
export function curveYesterday(history: History, now: number, span_ms: number, step_ms: number): number[] | null {
  const values: number[] = []
  const day_ms = 24 * 60 * minute_ms
  for (let at = now - span_ms - day_ms; at <= now - day_ms; at += step_ms) {
    const sample = history.samples.findLast((one) => one.at <= at)
    if (!sample || at - sample.at > 10 * minute_ms) return null
    values.push(sample.out)
  }
  return values
}

export type Laid = { ago_ms: number; value: number | null }

/** The values of a curve with how long ago each was: its last is of `ended_ms` ago, so that an old answer is not drawn as now's. */
export const laid = (values: readonly (number | null)[], step_ms: number, ended_ms: number): Laid[] =>
  values.map((value, index) => ({ ago_ms: ended_ms + (values.length - 1 - index) * step_ms, value }))

const quarter_ms = 15 * minute_ms

/** How many more are out than a quarter of an hour ago; null where the curve does not reach that moment. */
export function sinceQuarter(past: readonly number[], step_ms: number, ended_ms: number, out: number): number | null {
  const then = laid(past, step_ms, ended_ms).findLast(({ ago_ms }) => ago_ms >= quarter_ms)
  if (!then || then.value === null || then.ago_ms - quarter_ms > 2 * step_ms) return null
  return out - then.value
}

/** Calls in each of the last minutes, the running one last. */
export function callsPerMinute(history: History, now: number, minutes: number): number[] {
  const thisMinute = Math.floor(now / minute_ms) * minute_ms
  const byMinute = new Map(history.calls.map((sample) => [sample.at, sample.out]))
  return Array.from(
    { length: minutes },
    (_, index) => byMinute.get(thisMinute - (minutes - 1 - index) * minute_ms) ?? 0,
  )
}

/**
 * Calls in each of the last minutes, the running one last: what the server counted, and since its answer what this screen heard
 * itself, so that a call is seen in the second it comes.
 */
export function callsLately(
  day: { at: string; calls_per_minute: readonly number[] } | null,
  history: History,
  now: number,
  minutes: number,
): number[] {
  const heard = callsPerMinute(history, now, minutes)
  if (!day) return heard
  const late = Math.floor(now / minute_ms) - Math.floor(Date.parse(day.at) / minute_ms)
  return heard.map((own, index) => {
    const back = index - minutes + late
    // From 0 on it would count from the other end: calls of an hour ago.
    return Math.max(own, back < 0 ? (day.calls_per_minute.at(back) ?? 0) : 0)
  })
}

/** Calls in the minute up to now: those of the running minute, and of the one before as much as still lies within sixty seconds. */
export function callRate(perMinute: readonly number[], now: number): number {
  const gone = (now % minute_ms) / minute_ms
  return (perMinute.at(-1) ?? 0) + (perMinute.at(-2) ?? 0) * (1 - gone)
}

/** The storm's curve laid so that both begin at the same place: a value or null for each of the last `shown` steps of today. */
export function alignStorm(
  today: readonly number[],
  storm: { threshold: number; lead: number; customers_out: readonly number[] },
  shown: number,
): (number | null)[] | null {
  const onset = today.findLastIndex((value, i) => value >= storm.threshold && (today[i - 1] ?? 0) < storm.threshold)
  if (onset < 0 || (today.at(-1) ?? 0) < storm.threshold / 2) return null
  const first = today.length - shown
  return Array.from({ length: shown }, (_, i) => storm.customers_out[first + i - onset + storm.lead] ?? null)
}
