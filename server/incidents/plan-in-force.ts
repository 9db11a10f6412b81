// When the storm plan in force has each incident's supply back: read from what dispatch keeps, for the estimates.
import type { PlanView } from '../contract/plans.ts'
import type { IncidentSummary } from '../contract/incidents.ts'
import type { Queries } from '../database/index.ts'
import { plannedEstimate, type Estimate, type PlannedReturn } from '../estimates/index.ts'

type PlanRow = { made_at: Date; crews: PlanView['crews']; jobs: Record<string, string> }

/** A plan that was applied says nothing of the evening: crews have gone other ways by then. */
const appliedFor_ms = 2 * 3_600_000

export type Planned = PlannedReturn & { crew_id: string; arrives_s: number; customers_out: number }
export type PlanInForce = ReadonlyMap<string, Planned>

const secondsOf = (instant: string | Date): number => new Date(instant).getTime() / 1000

/** The returns that the plan in force holds, by incident. */
export async function readPlanInForce(queries: Queries, now: Date): Promise<PlanInForce> {
  const since = new Date(now.getTime() - appliedFor_ms)
  const row = await queries.maybe<PlanRow>('incidents/read_plan_in_force', { since })
  return row ? returnsOf(row) : new Map()
}

/** A crew that was given something else than the plan says is not on the plan's way any more. */
export function returnsOf({ made_at, crews, jobs }: PlanRow): PlanInForce {
  const returns = new Map<string, Planned>()
  for (const { crew_id, stops } of crews) {
    const job = jobs[crew_id]
    if (job !== undefined && !stops.some(({ incident_id }) => incident_id === job)) continue
    const works_s: number[] = []
    for (const stop of stops) {
      const arrives_s = secondsOf(stop.arrives_at)
      works_s.push(Math.max(0, secondsOf(stop.completes_at) - Math.max(arrives_s, secondsOf(made_at))))
      if (stop.kind !== 'repair' || stop.restored_at === null) continue
      const restored_s = secondsOf(stop.restored_at)
      const { incident_id, customers_out } = stop
      returns.set(incident_id, { crew_id, arrives_s, restored_s, works_s: [...works_s], customers_out })
    }
  }
  return returns
}

const active = ['offered', 'accepted', 'en_route', 'on_site']

const leadOf = ({ assignments }: IncidentSummary) =>
  assignments.find(({ role, status }) => role === 'lead' && active.includes(status))

/** How long until the crew that leads is there, in seconds; 0 where none is on its way. */
export function leadArrives_s(incident: IncidentSummary, now_s: number): number {
  const arrives_at = leadOf(incident)?.arrives_at
  return arrives_at ? Math.max(0, secondsOf(arrives_at) - now_s) : 0
}

/**
 * What the plan says of an incident now; null where it does not hold it any more: another crew leads, or the time planned has passed.
 * `estimate` is null once its crew is on site: from there on the plan knows no more than the usual hour.
 */
export function plannedFor(
  plan: PlanInForce,
  incident: IncidentSummary,
  now_s: number,
): { estimate: Estimate | null } | null {
  const planned = plan.get(incident.id)
  const lead = leadOf(incident)
  if (!planned || planned.restored_s <= now_s) return null
  if (lead ? lead.crew_id !== planned.crew_id : planned.arrives_s < now_s) return null
  return { estimate: lead?.status === 'on_site' ? null : plannedEstimate(planned, now_s) }
}

/** So many that wait are asked for one that the plan does not know yet: the nearest in size. With fewer than the least the plan is silent. */
const [peers, least_peers] = [9, 4]

/**
 * What a plan will make of an incident that came up after it: it will wait as those of its size do. Null where too few wait to tell.
 * Said first, so that nobody is promised in a storm what holds on a quiet day.
 */
export function expectedFrom(plan: PlanInForce, customersOut: number, now_s: number): Estimate | null {
  const like = [...plan.values()]
    .filter(({ arrives_s }) => arrives_s > now_s)
    .map((planned) => ({ planned, apart: Math.abs(Math.log((planned.customers_out + 1) / (customersOut + 1))) }))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, peers)
    .map(({ planned }) => plannedEstimate(planned, now_s))
  if (like.length < least_peers) return null
  const share = (of: (each: Estimate) => number, part: number) =>
    like.map(of).sort((a, b) => a - b)[Math.round(part * (like.length - 1))]!
  return {
    low_s: share(({ low_s }) => low_s, 0.1),
    estimate_s: share(({ estimate_s }) => estimate_s, 0.5),
    high_s: share(({ high_s }) => high_s, 0.9),
    source: 'the storm plan in force, of like ones',
  }
}

/** Customers may have been told when the crew arrives: nothing is back before. */
export function notBefore(arrives_s: number, estimate: Estimate): Estimate {
  const held = (seconds: number) => Math.max(seconds, arrives_s)
  const { low_s, estimate_s, high_s } = estimate
  return { ...estimate, low_s: held(low_s), estimate_s: held(estimate_s), high_s: held(high_s) }
}
