// Turns the order of stops into instants, and says what the plan comes to: customer-minutes, kilometres, promises.
import type { Problem, Routes } from './problem.ts'
import type { Stop, StormProblem } from './storm-problem.ts'
import {
  missingSkills,
  type CrewPlan,
  type PlanFigures,
  type PlannedStop,
  type StormPlan,
  type StormState,
  type Unassigned,
} from './storm.ts'

/** Writes a plan out; whatever the routes leave out is listed with its reason. */
export function writePlan(state: StormState, storm: StormProblem, routes: Routes, policy: string): StormPlan {
  const crews = timedStops(state, storm, routes)
  markRestored(state, crews)
  const unassigned = leftOut(state, storm, routes)
  return { policy, crews, unassigned, figures: figuresOf(state, storm, crews) }
}

/** A repair waits for its assessment; a few passes settle who waits for whom across crews. */
function timedStops(state: StormState, { problem, stops }: StormProblem, routes: Routes): CrewPlan[] {
  const ready = new Map<number, number>()
  let plans: CrewPlan[] = []
  for (let pass = 0; pass < 4; pass++) {
    const before = [...ready.values()].join()
    plans = routes.map((route, crew) => ({
      crewId: state.crews[crew]!.id,
      stops: timeRoute(state, problem, stops, route, crew, ready),
    }))
    if ([...ready.values()].join() === before) break
  }
  return plans
}

function timeRoute(
  state: StormState,
  problem: Problem,
  stops: Stop[],
  route: number[],
  crew: number,
  ready: Map<number, number>,
): PlannedStop[] {
  const { incidents, travel, now } = state
  let clock = Math.max(now, state.crews[crew]!.freeAt)
  let previous = -1
  return route.map((stop) => {
    const { incident, kind } = stops[stop]!
    const stays = previous === incident
    const travel_s = previous < 0 ? travel.crewTo_s(crew, incident) : stays ? 0 : travel.between_s(previous, incident)
    const distance_m = previous < 0 ? travel.crewTo_m(crew, incident) : stays ? 0 : travel.between_m(previous, incident)
    const arriveAt = clock + travel_s * 1000
    const start = kind === 'repair' ? Math.max(arriveAt, ready.get(incident) ?? arriveAt) : arriveAt
    const completeAt = start + problem.work[crew * problem.incidents + stop]! * 1000
    if (kind === 'assess') ready.set(incident, completeAt)
    clock = completeAt
    previous = incident
    const promisedAt = kind === 'repair' && ready.has(incident) ? undefined : incidents[incident]!.arrivalPromisedAt
    return {
      incidentId: incidents[incident]!.id,
      kind,
      arriveAt,
      completeAt,
      travel_s,
      distance_m,
      ...(promisedAt === undefined ? {} : { promiseKept: arriveAt <= promisedAt }),
    }
  })
}

/** Supply is back when the repair is done and everything upstream is, too; a ring of upstreams is cut where it closes. */
function markRestored(state: StormState, crews: CrewPlan[]): void {
  const repairs = new Map<string, PlannedStop>()
  for (const { stops } of crews)
    for (const stop of stops) if (stop.kind === 'repair') repairs.set(stop.incidentId, stop)
  const incidents = new Map(state.incidents.map((incident) => [incident.id, incident]))
  const restoredAt = (id: string, seen: Set<string>): number => {
    const repair = repairs.get(id)
    const upstream = incidents.get(id)?.upstreamId
    if (!repair || seen.has(id)) return -Infinity
    seen.add(id)
    return Math.max(repair.completeAt, upstream === undefined ? -Infinity : restoredAt(upstream, seen))
  }
  for (const [id, repair] of repairs) repair.restoredAt = restoredAt(id, new Set())
}

function figuresOf(state: StormState, storm: StormProblem, crews: CrewPlan[]): PlanFigures {
  const incidents = new Map(state.incidents.map((incident) => [incident.id, incident]))
  const figures: PlanFigures = {
    customerMinutes: 0,
    distance_km: 0,
    promisesOwed: 0,
    promisesKept: 0,
    overrun_s: 0,
    crewsChanged: 0,
    generatorCustomerMinutes: 0,
  }
  crews.forEach(({ stops }, crew) => {
    for (const stop of stops) {
      const incident = incidents.get(stop.incidentId)!
      figures.distance_km += stop.distance_m / 1000
      if (stop.promiseKept !== undefined) figures.promisesOwed++
      if (stop.promiseKept) figures.promisesKept++
      if (stop.restoredAt !== undefined) {
        figures.customerMinutes += (incident.customersOut * (stop.restoredAt - incident.startedAt)) / 60_000
      }
    }
    const last = stops.at(-1)
    const shiftEndsAt = state.crews[crew]!.shiftEndsAt
    if (last && shiftEndsAt !== undefined) figures.overrun_s += Math.max(0, (last.completeAt - shiftEndsAt) / 1000)
    const told = storm.problem.extras!.told[crew]!
    if (told < 0) return
    const next = stops[0]
    if (!next || storm.stopOf(next.incidentId, next.kind) !== told) figures.crewsChanged++
  })
  return figures
}

function leftOut(state: StormState, { problem, stops }: StormProblem, routes: Routes): Unassigned[] {
  const planned = new Set(routes.flat())
  const left = stops.flatMap(({ incident, kind }, stop) =>
    kind === 'repair' && !planned.has(stop) ? [[incident, stop] as const] : [],
  )
  return left.map(([at, stop]) => {
    const incident = state.incidents[at]!
    const possible = state.crews.some((_, crew) => problem.work[crew * problem.incidents + stop]! < Infinity)
    if (possible) {
      return { incidentId: incident.id, reason: 'shift', says: 'no crew that can do it ends within its shift' }
    }
    const repairers = state.crews.filter((crew) => !crew.generator)
    const nobody = incident.skills.filter((skill) => !repairers.some((crew) => crew.skills.includes(skill)))
    if (nobody.length > 0) {
      return { incidentId: incident.id, reason: 'skills', says: `no crew has the skill ${nobody.join(', ')}` }
    }
    return repairers.some((crew) => missingSkills(crew, incident).length === 0)
      ? { incidentId: incident.id, reason: 'no_crew', says: 'no crew that may be sent there can do it' }
      : { incidentId: incident.id, reason: 'skills', says: `no one crew has all of ${incident.skills.join(', ')}` }
  })
}
