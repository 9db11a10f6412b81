// When supply is expected back, for the incidents at hand: where a storm plan in force holds them as it says, else the learned model
// asked with what is known of each now; either moved by what its recent estimates missed.
import type { Estimate, IncidentSummary } from '../contract/incidents.ts'
import type { Database } from '../database/index.ts'
import {
  correct,
  growsTrees,
  learn,
  learnApart,
  predict,
  readCorrection,
  readPlannedOutcomes,
  shouldPublish,
  toldOf,
  type Correction,
  type Model,
  type PastIncident,
  type PlannedOutcomes,
  type Told,
  type Voice,
} from '../estimates/index.ts'
import { Courses, factsIn, type Picture } from './courses.ts'
import {
  expectedFrom,
  leadArrives_s,
  notBefore,
  plannedFor,
  readPlanInForce,
  type PlanInForce,
} from './plan-in-force.ts'
import { readHistory } from './read-history.ts'

/**
 * What recent outcomes add is read again this often, as of the same instants on every server; until each has got to it, at most
 * seconds, one is a step behind. In storms it moves in half hours.
 */
const follow_ms = 5 * 60_000

export type Estimator = {
  /** The model in force; null where there is no history, and the documented prior answers. Learned anew by `relearn`. */
  model: Model | null
  /** What recent outcomes add to its estimates; read again by `follow`. */
  correction: Correction
  /** When the storm plan in force has supply back, and what such promises came to; read again by `follow`. */
  plan: PlanInForce
  plannedOutcomes: PlannedOutcomes
  /** What is known of the region's incidents; made anew by `follow`. */
  picture: Picture
  /** When each open incident was last looked at, so that all have their turn. */
  looked: Map<string, number>
  relearn(): Promise<void>
  follow(now: Date): Promise<void>
}

export async function holdEstimator(database: Database, now: () => Date): Promise<Estimator> {
  const turnOf = (instant: Date) => Math.floor(instant.getTime() / follow_ms)
  let turn = turnOf(now())
  const courses = new Courses()
  await courses.begin(database, now())
  let learning: Promise<void> | null = null
  const history = await readHistory(database)
  const estimator: Estimator = {
    model: history.length === 0 ? null : learn(history, { trees: 0 }),
    correction: await readCorrection(database, new Date(turn * follow_ms)),
    plan: await readPlanInForce(database, now()),
    plannedOutcomes: await readPlannedOutcomes(database, new Date(turn * follow_ms)),
    picture: await courses.picture(now().getTime() / 1000),
    looked: new Map(),
    relearn: () => {
      learning ??= readHistory(database)
        .then(learnFrom)
        .then((model) => void (estimator.model = model))
        .finally(() => (learning = null))
      return learning
    },
    follow: async (instant) => {
      await courses.follow(database)
      estimator.picture = await courses.picture(instant.getTime() / 1000)
      estimator.plan = await readPlanInForce(database, instant)
      if (turnOf(instant) === turn) return
      const next = turnOf(instant)
      const asOf = new Date(next * follow_ms)
      estimator.correction = await readCorrection(database, asOf)
      estimator.plannedOutcomes = await readPlannedOutcomes(database, asOf)
      turn = next
    },
  }
  // Groups answer until the trees are grown.
  if (growsTrees(history))
    learnApart(history).then(
      (model) => void (estimator.model = model),
      (reason: Error) => console.error('learn estimates:', reason.message),
    )
  return estimator
}

async function learnFrom(history: PastIncident[]): Promise<Model | null> {
  if (history.length === 0) return null
  return growsTrees(history) ? learnApart(history) : learn(history)
}

const voiceOf: Record<Estimate['source'], Voice> = {
  history: 'model',
  prior: 'model',
  plan: 'plan',
  crew: 'crew',
  dispatcher: 'dispatcher',
}

function toldBefore(estimate: Estimate | null, saidAt: Date | null): Told | null {
  if (!estimate) return null
  const [at_s, low_at_s, high_at_s] = [estimate.at, estimate.low, estimate.high].map(
    (text) => Date.parse(text) / 1000,
  ) as [number, number, number]
  return { voice: voiceOf[estimate.source], told_s: (saidAt?.getTime() ?? 0) / 1000, at_s, low_at_s, high_at_s }
}

/** An estimate of the model's or of a plan's, and what that gave before recent outcomes moved it. */
export type ModelEstimate = Estimate & { model_low_s: number; model_middle_s: number; model_high_s: number }

/** What stands in the same places for a person's word. */
export const noModel = { model_low_s: null, model_middle_s: null, model_high_s: null }

/** The plan in force does not know it yet, and nobody has said anything else of it. */
const isLatecomer = (plan: PlanInForce, { id, estimate, assignments }: IncidentSummary): boolean =>
  !plan.has(id) && assignments.length === 0 && (estimate === null || estimate.source === 'plan')

/** The estimate to publish now, or null where what stands, said at `saidAt`, need not change. */
export function estimateFor(
  estimator: Estimator,
  incident: IncidentSummary,
  now: Date,
  saidAt: Date | null,
): ModelEstimate | null {
  const now_s = now.getTime() / 1000
  const planned = plannedFor(estimator.plan, incident, now_s)
  const expected = isLatecomer(estimator.plan, incident)
    ? expectedFrom(estimator.plan, incident.customers_out, now_s)
    : null
  const fromPlan = planned?.estimate ?? expected
  const given = fromPlan ?? predict(estimator.model, factsIn(estimator.picture, incident, now_s))
  const corrected = fromPlan ? estimator.plannedOutcomes.correct(given) : correct(given, estimator.correction)
  const arrives_s = leadArrives_s(incident, now_s)
  const next = toldOf(notBefore(arrives_s, corrected), fromPlan ? 'plan' : 'model', now_s)
  const before = toldBefore(incident.estimate, saidAt)
  // What a plan said stands above the model only while the plan holds the incident, or will.
  if (before?.voice === 'plan' && !planned && !expected) before.voice = 'model'
  if (!shouldPublish(before, next, now_s, now_s + arrives_s).publish) return null
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString()
  return {
    at: instant(next.at_s),
    low: instant(Math.min(next.low_at_s, next.at_s)),
    high: instant(next.high_at_s),
    source: fromPlan ? 'plan' : estimator.model ? 'history' : 'prior',
    model_low_s: given.low_s,
    model_middle_s: given.estimate_s,
    model_high_s: given.high_s,
  }
}
