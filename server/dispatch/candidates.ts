// The crews for an incident, best first.
import type { Candidate } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database, Queries } from '../database/index.ts'
import type { IncidentDeps } from '../incidents/index.ts'
import type { Roads } from '../roads/index.ts'
import { rankCandidates, startsFrom, type CrewFacts, type Target } from './rank.ts'

export type DispatchDeps = IncidentDeps & { database: Database; roads: Roads }

/** The incident a crew is sought for; throws Refusal `not_found`. */
export async function readTarget(queries: Queries, incidentId: string): Promise<Target> {
  const target = await queries.maybe<Target>('dispatch/read_target', { id: incidentId })
  if (!target)
    throw new Refusal('not_found', { zh: `没有停电事件 ${incidentId}`, en: `There is no incident ${incidentId}` })
  return target
}

/** At most `limit` candidates, with their routes where asked. */
export async function findCandidates(
  deps: DispatchDeps,
  queries: Queries,
  incidentId: string,
  options: { limit: number; routes: boolean },
): Promise<{ target: Target; candidates: Candidate[] }> {
  const now = deps.now()
  const target = await readTarget(queries, incidentId)
  const crews = await queries.rows<CrewFacts>('dispatch/read_offer_facts', { incident_id: incidentId, at: now })
  const starts = crews.map((crew) => ({ id: crew.id, point: startsFrom(crew) }))
  const travel = new Map(deps.roads.nearest(target, starts, starts.length).map((each) => [each.id, each]))
  const candidates = rankCandidates(target, crews, travel, now).slice(0, options.limit)
  if (!options.routes) return { target, candidates }
  const from = new Map(starts.map(({ id, point }) => [id, point]))
  return {
    target,
    candidates: candidates.map((each) => ({ ...each, route: routeOf(deps.roads, from.get(each.crew_id)!, target) })),
  }
}

/** The drive as a line. */
export function routeOf(
  roads: Roads,
  from: { lon: number; lat: number },
  to: { lon: number; lat: number },
): NonNullable<Candidate['route']> {
  const { line } = roads.route(from, to)
  return { type: 'LineString', coordinates: line.coordinates }
}
