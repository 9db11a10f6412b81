// A storm at one instant in the planner's terms: each incident becomes a repair, with an assessment before it where the
// cause is not known.
import type { Extras, Precedence, Problem } from './problem.ts'
import {
  longestOverrun_s,
  missingSkills,
  weightOf,
  type StopKind,
  type StormCrew,
  type StormIncident,
  type StormPrices,
  type StormState,
} from './storm.ts'

/** One stop to plan, by position in the state's incidents. */
export type Stop = { incident: number; kind: StopKind }

export type StormProblem = { problem: Problem; stops: Stop[]; stopOf(incidentId: string, kind: StopKind): number }

/** Whether a crew may be sent to an incident at all, skills aside: how plans are kept inside districts. */
export type MayServe = (crew: StormCrew, incident: StormIncident) => boolean

/** Leaving a customer to nobody costs this many seconds each, longer than any storm, so it is the last resort. */
const absentCustomer_s = 1e6

/** Builds the tables; crew × stop and stop × stop drives are asked of `state.travel` once each. */
export function stormProblem(state: StormState, prices: StormPrices, mayServe: MayServe): StormProblem {
  const { crews, incidents } = state
  const stops = incidents.flatMap((incident, at): Stop[] =>
    incident.assessment_s === undefined
      ? [{ incident: at, kind: 'repair' }]
      : [
          { incident: at, kind: 'assess' },
          { incident: at, kind: 'repair' },
        ],
  )
  const index = new Map(stops.map((stop, at) => [`${stop.kind} ${incidents[stop.incident]!.id}`, at]))
  const stopOf = (incidentId: string, kind: StopKind) => index.get(`${kind} ${incidentId}`) ?? -1
  const weight = Float64Array.from(stops, ({ incident, kind }) =>
    kind === 'repair' ? weightOf(incidents[incident]!, prices) : 0,
  )
  const latest = crews.map((crew) => secondsFrom(state, crew.shiftEndsAt) + longestOverrun_s)
  const problem: Problem = {
    crews: crews.length,
    incidents: stops.length,
    ...drives(state, stops),
    work: workTable(state, stops, mayServe),
    weight,
    absentPrice: weight.map((customers) => absentCustomer_s * (10 + customers)),
    demand: new Float64Array(stops.length),
    capacity: new Float64Array(crews.length).fill(Infinity),
    latest: Float64Array.from(latest),
    extras: extrasOf(state, stops, stopOf, weight, prices),
  }
  return { problem, stops, stopOf }
}

function secondsFrom(state: StormState, instant: number | undefined): number {
  return instant === undefined ? Infinity : (instant - state.now) / 1000
}

function drives({ crews, incidents, travel, now }: StormState, stops: Stop[]): Pick<Problem, 'first' | 'travel'> {
  const n = stops.length
  const first = new Float64Array(crews.length * n)
  const between = new Float64Array(n * n)
  crews.forEach((crew, c) => {
    const wait = Math.max(0, (crew.freeAt - now) / 1000)
    const drive = incidents.map((_, i) => travel.crewTo_s(c, i))
    for (let stop = 0; stop < n; stop++) first[c * n + stop] = wait + drive[stops[stop]!.incident]!
  })
  for (let from = 0; from < n; from++) {
    const a = stops[from]!.incident
    for (let to = 0; to < n; to++) {
      const b = stops[to]!.incident
      between[from * n + to] = a === b ? 0 : travel.between_s(a, b)
    }
  }
  return { first, travel: between }
}

function workTable({ crews, incidents }: StormState, stops: Stop[], mayServe: MayServe): Float64Array {
  const work = new Float64Array(crews.length * stops.length)
  crews.forEach((crew, c) => {
    const able = incidents.map((incident) => missingSkills(crew, incident).length === 0)
    const allowed = incidents.map((incident) => !crew.generator && mayServe(crew, incident))
    stops.forEach(({ incident, kind }, stop) => {
      const { repair_s, assessment_s = 0 } = incidents[incident]!
      const possible = allowed[incident] && (kind === 'assess' || able[incident])
      const onSite = (kind === 'assess' ? assessment_s : repair_s) * (crew.pace ?? 1)
      work[c * stops.length + stop] = possible ? onSite : Infinity
    })
  })
  return work
}

function extrasOf(
  state: StormState,
  stops: Stop[],
  stopOf: StormProblem['stopOf'],
  weight: Float64Array,
  prices: StormPrices,
): Extras {
  const { crews, incidents } = state
  const n = stops.length
  const told = new Map(state.previousPlan?.map(({ crewId, stops: [next] }) => [crewId, next]))
  const promisedAt = Float64Array.from(stops, ({ incident, kind }) => {
    const { assessment_s, arrivalPromisedAt } = incidents[incident]!
    const firstVisit = kind === 'assess' || assessment_s === undefined
    return firstVisit ? secondsFrom(state, arrivalPromisedAt) : Infinity
  })
  return {
    shiftEnd: Float64Array.from(crews, (crew) => secondsFrom(state, crew.shiftEndsAt)),
    overrunPrice: prices.overrunMinute,
    promisedAt,
    missedPrice: new Float64Array(n).fill(prices.missedPromise * 60),
    latePrice: new Float64Array(n).fill(prices.lateMinute),
    told: Int32Array.from(crews, (crew) => {
      const next = told.get(crew.id)
      return next ? stopOf(next.incidentId, next.kind) : -1
    }),
    changePrice: prices.change * 60,
    orders: ordersOf(incidents, stopOf, weight),
  }
}

/** Assessment holds up the repair; an upstream repair holds up what a downstream one is worth. */
function ordersOf(incidents: StormIncident[], stopOf: StormProblem['stopOf'], weight: Float64Array): Precedence[] {
  const orders: Precedence[] = []
  for (const incident of incidents) {
    const repair = stopOf(incident.id, 'repair')
    const assess = stopOf(incident.id, 'assess')
    // Twice the weight and a little: waiting on site also wastes the crew.
    if (assess >= 0) orders.push({ before: assess, after: repair, price: 2 * weight[repair]! + 10, holds: 'arrival' })
    const upstream = incident.upstreamId === undefined ? -1 : stopOf(incident.upstreamId, 'repair')
    if (upstream >= 0 && upstream !== repair) {
      orders.push({ before: upstream, after: repair, price: weight[repair]!, holds: 'completion' })
    }
  }
  return orders
}
