// The storm plan's words: what is known of crews and incidents at one instant, and the plan made of it.
// Instants are milliseconds since 1970, durations seconds.

export type StormCrew = {
  id: string
  /** when it can next drive off; an instant already past means now */
  freeAt: number
  skills: string[]
  homeDistrict?: string
  shiftEndsAt?: number
  /** a generator vehicle: it restores a group until the repair is done, and repairs nothing itself */
  generator?: boolean
  /** how its time on site compares with the usual crew's; 1 by default */
  pace?: number
}

export type StormIncident = {
  id: string
  startedAt: number
  customersOut: number
  criticalCustomers?: number
  /** expected time on site for the repair */
  repair_s: number
  /** where the cause is not known: time on site to find it, which any crew can spend; the repair comes after */
  assessment_s?: number
  skills: string[]
  district?: string
  /** owed arrival of the first crew */
  arrivalPromisedAt?: number
  /** the incident whose repair has to be done before this one counts (upstream on its feeder) */
  upstreamId?: string
  /** a group that a generator vehicle can restore before the repair, and the time on site to connect it */
  generatorGroup?: { customers: number; connect_s: number }
}

/** Drives by position in `crews` and `incidents`: from where a crew will be free, and from one incident to another. */
export type StormTravel = {
  crewTo_s(crew: number, incident: number): number
  between_s(from: number, to: number): number
  crewTo_m(crew: number, incident: number): number
  between_m(from: number, to: number): number
}

export type StopKind = 'assess' | 'repair' | 'generator'

/** What crews were told so far: only ids and order matter. */
export type ToldPlan = { crewId: string; stops: { incidentId: string; kind: StopKind }[] }[]

/** Everything a plan is made of, as it stands at `now`. */
export type StormState = {
  crews: StormCrew[]
  incidents: StormIncident[]
  travel: StormTravel
  now: number
  previousPlan?: ToldPlan
}

export type PlannedStop = {
  incidentId: string
  kind: StopKind
  arriveAt: number
  /** when the crew drives on */
  completeAt: number
  /** when the customers have supply again; only for repairs, later than `completeAt` while upstream is still out */
  restoredAt?: number
  travel_s: number
  distance_m: number
  /** only for the first arrival at an incident that is owed one */
  promiseKept?: boolean
}

export type CrewPlan = { crewId: string; stops: PlannedStop[] }

export type Unassigned = { incidentId: string; reason: 'skills' | 'shift' | 'no_crew'; says: string }

/** What a plan comes to from now on. Customer-minutes count each incident from its start until it is restored. */
export type PlanFigures = {
  customerMinutes: number
  distance_km: number
  promisesOwed: number
  promisesKept: number
  /** seconds that crews work after their shift ends */
  overrun_s: number
  /** crews whose next stop is another than the one they were told */
  crewsChanged: number
  /** customer-minutes that generator vehicles save, already taken off `customerMinutes` */
  generatorCustomerMinutes: number
}

export type StormPlan = { policy: string; crews: CrewPlan[]; unassigned: Unassigned[]; figures: PlanFigures }

/** Prices of the plan, all in customer-minutes, so that they can be weighed against one another and argued about. */
export type StormPrices = {
  /** a critical customer counts as this many */
  criticalCustomer: number
  /** a missed arrival promise, and each minute it is missed by */
  missedPromise: number
  lateMinute: number
  /** telling a crew another next stop than it was told */
  change: number
  /** each minute of work after the shift's end */
  overrunMinute: number
}

/**
 * A hospital outweighs a large village; a broken promise counts like ten customers for half an hour, so it decides
 * between small incidents and never holds up a large one.
 */
export const usualPrices: StormPrices = {
  criticalCustomer: 200,
  missedPromise: 300,
  lateMinute: 1,
  change: 300,
  overrunMinute: 30,
}

/** How long past its shift a crew may be planned at all. */
export const longestOverrun_s = 30 * 60

export function weightOf(incident: StormIncident, prices: StormPrices): number {
  return incident.customersOut + (incident.criticalCustomers ?? 0) * prices.criticalCustomer
}

export function missingSkills(crew: StormCrew, incident: StormIncident): string[] {
  return incident.skills.filter((skill) => !crew.skills.includes(skill))
}
