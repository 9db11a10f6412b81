// Makes a storm plan of what is open now and keeps it. Making one dispatches nothing.
import type { PlanInput, PlanView, PlannedStop } from '../contract/plans.ts'
import { Refusal } from '../contract/refusal.ts'
import { createId, type Queries } from '../database/index.ts'
import { readClosures } from '../roads/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { comparePlans, saysOf, type PolicyPlans } from './compare-plans.ts'
import { changesSince, standsOn, type Change, type StandsOn } from './plan-changes.ts'
import {
  placesOf,
  stormCrewOf,
  stormIncidentOf,
  travelOver,
  upstreamOf,
  workOf,
  type PlanCrew,
  type PlanIncident,
} from './plan-state.ts'
import {
  planByPolicy,
  planStorm,
  policyNames,
  type StormPlan,
  type StormState,
  type ToldPlan,
} from './planning/index.ts'
import { freeAt } from './rank.ts'
import { repairTime_s } from './repair-times.ts'

/** The largest plan: its tables grow with the square, and beyond this the smallest incidents would wait for hours anyway. */
const mostIncidents = 400
/** From a plan before, so that it can be made again at every event; from nothing; both hold up other requests meanwhile. */
const warm_ms = 30
const cold_ms = 300
/** An older plan says nothing of today's crews. */
const warmFor_ms = 6 * 3_600_000
/** Plans that nobody applied are kept this long. */
const keepPlans_ms = 2 * 24 * 3_600_000
/** With plain searches a large plan takes too long; a rebuilt hierarchy is usually a few seconds off. */
const waitForRoads_ms = 8000

export type PlanRow = {
  id: string
  event_seq: number
  stands_on: StandsOn
  view: Omit<PlanView, 'stale' | 'applied_at' | 'applied_by'>
  applied_at: Date | null
  applied_by: string | null
}

/** What is there now for a plan to be made of, or to be held against. */
export type PlanGround = { incidents: PlanIncident[]; crews: PlanCrew[]; closures: string[] }

export async function readGround(queries: Queries, now: Date): Promise<PlanGround> {
  const incidents = await queries.rows<PlanIncident>('dispatch/read_plan_incidents', { limit: mostIncidents })
  const crews = await queries.rows<PlanCrew>('dispatch/read_offer_facts', { incident_id: '', at: now })
  const closures = await readClosures(queries)
  return { incidents, crews, closures: closures.map(({ id }) => id) }
}

/** What the simple policies came to a moment ago, so that they need not be reckoned at every event. */
export type Compared = { at: string; alternatives: PlanView['alternatives'] }

/** Makes a plan for `actor`, from the plan before where there is one; with `compared` it is not compared anew. */
export async function makePlan(
  deps: DispatchDeps,
  input: PlanInput,
  actor: string,
  compared: Compared | null = null,
): Promise<PlanView> {
  const now = deps.now()
  await roadsReady(deps)
  const { newest } = await deps.database.one<{ newest: number }>('live/read_head')
  const ground = await readGround(deps.database, now)
  const previous = await previousPlan(deps, input.previous_plan_id ?? null, now)
  const refused = await deps.database.rows<Refused>('dispatch/read_refusals')
  const begun = performance.now()
  const state = stateOf(deps, ground, now)
  const others = previous && compared ? {} : await planByPolicies(state)
  const plan = search(state, previous ?? coldStart(others), refused, input.budget_ms, previous === null)
  const { figures, alternatives } = comparePlans(state, plan, others)
  const beside = previous && compared ? compared : { at: now.toISOString(), alternatives }
  const view: PlanRow['view'] = {
    id: createId('plan'),
    made_at: now.toISOString(),
    made_by: actor,
    event_seq: newest,
    search_ms: Math.round(performance.now() - begun),
    crews: crewsOf(ground, plan, now),
    unassigned: plan.unassigned.map(({ incidentId, reason, says }) => ({ incident_id: incidentId, reason, says })),
    figures,
    crews_changed: previous ? plan.figures.crewsChanged : 0,
    alternatives: beside.alternatives,
    compared_at: beside.at,
    says: saysOf(figures, beside.alternatives),
  }
  const stands_on = standsOn(ground.incidents, ground.crews, ground.closures)
  await keepPlan(deps, view, stands_on, now)
  return { ...view, stale: [], applied_at: null, applied_by: null }
}

async function roadsReady({ roads }: DispatchDeps): Promise<void> {
  if (roads.method !== 'plain') return
  const ready = roads.ready.catch(() => undefined)
  await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, waitForRoads_ms).unref())])
}

type Refused = { incident_id: string; crew_id: string }

export function stateOf(deps: DispatchDeps, ground: PlanGround, now: Date): StormState {
  const { open, onShift } = workOf(ground.incidents, ground.crews)
  const upstream = upstreamOf(ground.incidents)
  const upstreamById = new Map(ground.incidents.map(({ id }, at) => [id, upstream[at]!]))
  const drives = deps.roads.driveMatrix(placesOf(onShift, open), open)
  return {
    crews: onShift.map((crew) => stormCrewOf(crew, now)),
    incidents: open.map((incident) => stormIncidentOf(incident, upstreamById.get(incident.id) ?? null)),
    travel: travelOver(onShift.length, open.length, drives),
    now: now.getTime(),
  }
}

/** What each simple policy would come to; other requests get a turn between two of them. */
async function planByPolicies(state: StormState): Promise<PolicyPlans> {
  const plans: PolicyPlans = {}
  for (const policy of policyNames) {
    plans[policy] = planByPolicy(state, policy)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return plans
}

/**
 * From nothing the search begins at assignment rounds, which told nobody anything, so change has no price: on a machine
 * eight times overloaded a search from no start at all ended 3 % behind them.
 */
function coldStart({ assignment_rounds }: PolicyPlans): ToldPlan {
  return assignment_rounds!.crews.map(({ crewId, stops }) => ({ crewId, stops }))
}

function search(
  state: StormState,
  previousPlan: ToldPlan,
  refused: Refused[],
  budget_ms: number | undefined,
  isCold: boolean,
): StormPlan {
  const never = new Set(refused.map(({ incident_id, crew_id }) => `${crew_id} ${incident_id}`))
  return planStorm(
    { ...state, previousPlan },
    {
      budget: { milliseconds: budget_ms ?? (isCold ? cold_ms : warm_ms), clock: () => performance.now() },
      seed: 1,
      ...(isCold ? { prices: { change: 0 } } : {}),
      ...(never.size > 0 ? { mayServe: (crew, incident) => !never.has(`${crew.id} ${incident.id}`) } : {}),
    },
  )
}

async function previousPlan(deps: DispatchDeps, id: string | null, now: Date): Promise<ToldPlan | null> {
  const row = await deps.database.maybe<PlanRow>('dispatch/read_plan', {
    id,
    since: new Date(now.getTime() - warmFor_ms),
  })
  if (!row && id !== null)
    throw new Refusal('not_found', { zh: `没有可沿用的方案 ${id}`, en: `There is no plan ${id} to start from` })
  if (!row) return null
  return row.view.crews.map(({ crew_id, stops }) => ({
    crewId: crew_id,
    stops: stops.filter((stop) => !stop.committed).map((stop) => ({ incidentId: stop.incident_id, kind: stop.kind })),
  }))
}

/** Each crew's stops, the one it is on already before those planned. */
function crewsOf({ incidents, crews }: PlanGround, plan: StormPlan, now: Date): PlanView['crews'] {
  const known = new Map(incidents.map((incident) => [incident.id, incident]))
  const facts = new Map(crews.map((crew) => [crew.id, crew]))
  const crosses = (crew: PlanCrew, incident: PlanIncident | undefined) =>
    crew.home_district !== null && !!incident?.district_code && crew.home_district !== incident.district_code
  const instant = (at: number) => new Date(at).toISOString()
  return plan.crews.map(({ crewId, stops }) => {
    const crew = facts.get(crewId)!
    const planned = stops.map((stop): PlannedStop => {
      const incident = known.get(stop.incidentId)!
      return {
        incident_id: stop.incidentId,
        kind: stop.kind,
        committed: false,
        arrives_at: instant(stop.arriveAt),
        completes_at: instant(stop.completeAt),
        restored_at: stop.restoredAt === undefined ? null : instant(stop.restoredAt),
        travel_s: Math.round(stop.travel_s),
        distance_m: Math.round(stop.distance_m),
        promise_met: stop.promiseKept ?? null,
        crosses_boundary: crosses(crew, incident),
        customers_out: incident.customers_out,
      }
    })
    return { crew_id: crewId, crew_name: crew.name, stops: [...presentStop(crew, known, crosses, now), ...planned] }
  })
}

function presentStop(
  crew: PlanCrew,
  known: Map<string, PlanIncident>,
  crosses: (crew: PlanCrew, incident: PlanIncident | undefined) => boolean,
  now: Date,
): PlannedStop[] {
  if (crew.job_incident_id === null) return []
  const incident = known.get(crew.job_incident_id)
  const arrives = crew.arrived_at ?? crew.arrives_at ?? now
  const done = freeAt(crew, now).toISOString()
  const repair_ms = incident ? repairTime_s(incident.equipment_kind) * 1000 : 0
  const back = incident ? new Date(Math.max(now.getTime(), arrives.getTime() + repair_ms)).toISOString() : done
  return [
    {
      incident_id: crew.job_incident_id,
      kind: 'repair',
      committed: true,
      arrives_at: arrives.toISOString(),
      completes_at: done,
      restored_at: crew.job_role === 'lead' ? back : null,
      travel_s: 0,
      distance_m: 0,
      promise_met: incident ? arrives <= incident.promised_at : null,
      crosses_boundary: crosses(crew, incident),
      customers_out: incident?.customers_out ?? 0,
    },
  ]
}

function keepPlan(deps: DispatchDeps, view: PlanRow['view'], stands_on: StandsOn, now: Date): Promise<void> {
  return deps.database.transaction(async (transaction) => {
    await transaction.touch('dispatch/forget_plans', { before: new Date(now.getTime() - keepPlans_ms) })
    await transaction.touch('dispatch/put_plan', {
      id: view.id,
      made_at: now,
      made_by: view.made_by,
      event_seq: view.event_seq,
      stands_on: JSON.stringify(stands_on),
      view: JSON.stringify(view),
    })
  })
}

/** A plan as it was made, with what has changed since; throws Refusal `not_found`. */
export async function readPlan(queries: Queries, id: string, now: Date): Promise<{ row: PlanRow; stale: Change[] }> {
  const row = await queries.maybe<PlanRow>('dispatch/read_plan', { id, since: now })
  if (!row) throw new Refusal('not_found', { zh: `没有方案 ${id}`, en: `There is no plan ${id}` })
  const { incidents, crews, closures } = await readGround(queries, now)
  return { row, stale: changesSince(row.stands_on, incidents, crews, closures, id) }
}

export function planViewOf({ row, stale }: { row: PlanRow; stale: Change[] }): PlanView {
  const { view, applied_at, applied_by } = row
  return { ...view, stale, applied_at: applied_at?.toISOString() ?? null, applied_by }
}
