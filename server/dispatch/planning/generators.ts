// Sends generator vehicles where a long repair keeps a group waiting that a generator can restore sooner.
import type { CrewPlan, PlannedStop, StormPlan, StormState } from './storm.ts'

type Offer = { crew: number; incident: number; stop: PlannedStop; saved: number }

/**
 * Greedy: again and again the visit that saves most customer-minutes, each group once. Changes the plan in place.
 * Vehicles are few, so O(visits × vehicles × incidents) is nothing beside the search.
 */
export function addGenerators(state: StormState, plan: StormPlan): void {
  const vehicles = state.crews.flatMap((crew, at) => (crew.generator ? [at] : []))
  const restoredAt = new Map(
    plan.crews.flatMap(({ stops }) =>
      stops.flatMap((stop) => (stop.restoredAt ? [[stop.incidentId, stop.restoredAt]] : [])),
    ),
  )
  const waiting = new Set(state.incidents.flatMap((incident, at) => (incident.generatorGroup ? [at] : [])))
  const placeOf = new Map<number, number>()
  while (waiting.size > 0) {
    let best: Offer | undefined
    for (const crew of vehicles) {
      for (const incident of waiting) {
        const end = restoredAt.get(state.incidents[incident]!.id) ?? Infinity
        const offer = offerOf(state, plan.crews[crew]!, placeOf.get(crew), crew, incident, end)
        if (offer.saved > (best?.saved ?? 0)) best = offer
      }
    }
    if (!best) return
    plan.crews[best.crew]!.stops.push(best.stop)
    plan.figures.distance_km += best.stop.distance_m / 1000
    if (Number.isFinite(best.saved)) {
      plan.figures.generatorCustomerMinutes += best.saved
      plan.figures.customerMinutes -= best.saved
    }
    placeOf.set(best.crew, best.incident)
    waiting.delete(best.incident)
  }
}

/** What a visit saves until the repair is done; a vehicle stays until then, so it drives on only after. */
function offerOf(
  { crews, incidents, travel, now }: StormState,
  plan: CrewPlan,
  place: number | undefined,
  crew: number,
  incident: number,
  repairedAt: number,
): Offer {
  const { id, generatorGroup } = incidents[incident]!
  const { customers, connect_s } = generatorGroup!
  const startAt = plan.stops.at(-1)?.completeAt ?? Math.max(now, crews[crew]!.freeAt)
  const travel_s = place === undefined ? travel.crewTo_s(crew, incident) : travel.between_s(place, incident)
  const distance_m = place === undefined ? travel.crewTo_m(crew, incident) : travel.between_m(place, incident)
  const arriveAt = startAt + travel_s * 1000
  const connectedAt = arriveAt + connect_s * 1000
  const tooLate = connectedAt > (crews[crew]!.shiftEndsAt ?? Infinity)
  const saved = tooLate ? 0 : (customers * (repairedAt - connectedAt)) / 60_000
  const stop = { incidentId: id, kind: 'generator' as const, arriveAt, completeAt: repairedAt, travel_s, distance_m }
  return { crew, incident, stop, saved }
}
