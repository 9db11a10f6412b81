// When supply is expected back, for the incidents at hand: the learned model asked with what is known of each now, moved by what its
// recent estimates missed.
import type { Estimate, IncidentSummary } from '../contract/incidents.ts'
import type { Database, Queries } from '../database/index.ts'
import {
  bareFacts,
  causeOf,
  correct,
  learn,
  pastIncidentOf,
  predict,
  readCorrection,
  shouldPublish,
  toldOf,
  type Correction,
  type Facts,
  type Model,
  type Stage,
  type Told,
  type Voice,
} from '../estimates/index.ts'

type HistoryRow = Omit<Parameters<typeof pastIncidentOf>[0], 'started_at' | 'restored_at'> & {
  started_at: Date
  restored_at: Date
}

/** The most recent incidents say the most; more only take the time of learning. */
const historyRows = 20_000

/** Learns from the history in the database; null where there is none, and the documented prior answers. */
export async function learnFromHistory(queries: Queries): Promise<Model | null> {
  const rows = await queries.rows<HistoryRow>('incidents/read_history', { limit: historyRows })
  if (rows.length === 0) return null
  return learn(
    rows.map((row) =>
      pastIncidentOf({ ...row, started_at: row.started_at.toISOString(), restored_at: row.restored_at.toISOString() }),
    ),
  )
}

/**
 * What recent outcomes add is read again this often, as of the same instants on every server; until each has got to it, at most
 * seconds, one is a step behind. In storms it moves in half hours.
 */
const follow_ms = 5 * 60_000

export type Estimator = {
  /** The model in force; learned anew by `relearn`. */
  model: Model | null
  /** What recent outcomes add to its estimates; read again by `follow`. */
  correction: Correction
  relearn(): Promise<void>
  follow(now: Date): Promise<void>
}

export async function holdEstimator(database: Database, now: () => Date): Promise<Estimator> {
  const turnOf = (instant: Date) => Math.floor(instant.getTime() / follow_ms)
  let turn = turnOf(now())
  const estimator: Estimator = {
    model: await learnFromHistory(database),
    correction: await readCorrection(database, new Date(turn * follow_ms)),
    relearn: async () => void (estimator.model = await learnFromHistory(database)),
    follow: async (instant) => {
      if (turnOf(instant) === turn) return
      const next = turnOf(instant)
      estimator.correction = await readCorrection(database, new Date(next * follow_ms))
      turn = next
    },
  }
  return estimator
}

/** What is known of `incident` at `now`, as the model takes it. */
function factsOf(incident: IncidentSummary, now: Date): Facts {
  const elapsed_s = Math.max(0, (now.getTime() - Date.parse(incident.started_at)) / 1000)
  const lead = incident.assignments.find((each) => each.role === 'lead' && each.status !== 'finished')
  const stages: Partial<Record<string, Stage>> = {
    accepted: 'repair_assigned',
    en_route: 'repair_en_route',
    on_site: 'repair_on_site',
  }
  const since = lead?.arrived_at ?? lead?.departed_at ?? lead?.accepted_at
  return {
    ...bareFacts(elapsed_s),
    stage: stages[lead?.status ?? ''] ?? 'unknown',
    in_stage_s: since ? Math.max(0, (now.getTime() - Date.parse(since)) / 1000) : elapsed_s,
    cause: incident.cause === null ? 'unknown' : causeOf(incident.cause),
    customers: incident.customers_out,
    customers_first: incident.customers_affected,
    hour: now.getHours(),
    weekday: now.getDay(),
    lon: incident.location.lon,
    lat: incident.location.lat,
  }
}

const voiceOf: Record<Estimate['source'], Voice> = {
  history: 'model',
  prior: 'model',
  plan: 'plan',
  crew: 'crew',
  dispatcher: 'dispatcher',
}

function toldBefore(estimate: Estimate | null): Told | null {
  if (!estimate) return null
  const [at_s, low_at_s, high_at_s] = [estimate.at, estimate.low, estimate.high].map(
    (text) => Date.parse(text) / 1000,
  ) as [number, number, number]
  return { voice: voiceOf[estimate.source], told_s: 0, at_s, low_at_s, high_at_s }
}

/** An estimate of the model's, and what it gave before recent outcomes moved it. */
export type ModelEstimate = Estimate & { model_low_s: number; model_middle_s: number; model_high_s: number }

/** What stands in the same places for a person's word. */
export const noModel = { model_low_s: null, model_middle_s: null, model_high_s: null }

/** The estimate to publish now, or null where what stands need not change. */
export function estimateFor(estimator: Estimator, incident: IncidentSummary, now: Date): ModelEstimate | null {
  const now_s = now.getTime() / 1000
  const given = predict(estimator.model, factsOf(incident, now))
  const next = toldOf(correct(given, estimator.correction), 'model', now_s)
  if (!shouldPublish(toldBefore(incident.estimate), next, now_s).publish) return null
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString()
  return {
    at: instant(next.at_s),
    low: instant(Math.min(next.low_at_s, next.at_s)),
    high: instant(next.high_at_s),
    source: estimator.model ? 'history' : 'prior',
    model_low_s: given.low_s,
    model_middle_s: given.estimate_s,
    model_high_s: given.high_s,
  }
}
