// The planner's one problem: crews that differ, incidents that differ, who goes where in which order.
// Everything that is asked of it (a storm, a cumulative vehicle routing instance, unrelated machines) is put in these terms.

/**
 * Crews and incidents are numbers from 0. Times are seconds from the plan's own zero (for benchmarks, their own unit).
 * A table "crew × incident" holds the value of crew c and incident i at `c * incidents + i`.
 */
export type Problem = {
  crews: number
  incidents: number
  /** crew × incident: the instant of arrival if this is the crew's first stop; it includes the wait until the crew is free */
  first: Float64Array
  /** incident × incident: the drive from one to the next */
  travel: Float64Array
  /** crew × incident: time on site; Infinity where a skill is missing */
  work: Float64Array
  /** what one second of waiting costs, counted until the incident is complete */
  weight: Float64Array
  /** cost of leaving the incident to nobody */
  absentPrice: Float64Array
  demand: Float64Array
  /** by crew: the sum of demand it can carry */
  capacity: Float64Array
  /** by crew: no stop may be complete later than this */
  latest: Float64Array
  /** terms that are not a sum over stops; absent where none applies, which keeps the search at its fastest */
  extras?: Extras
}

/** Penalties. Every one of them can only grow when a stop is put in before others, which the search relies on. */
export type Extras = {
  /** by crew: the end of the shift, and the cost of each second that the last stop is complete after it */
  shiftEnd: Float64Array
  overrunPrice: number
  /** by incident: the promised instant of arrival, the cost of missing it, and of each second it is missed by */
  promisedAt: Float64Array
  missedPrice: Float64Array
  latePrice: Float64Array
  /** by crew: the next stop it was already told, or -1; and the cost of telling it another */
  told: Int32Array
  changePrice: number
  orders: Precedence[]
}

/** `after` counts for nothing before `before` is complete: each second of that costs `price`. */
export type Precedence = {
  before: number
  after: number
  price: number
  /** whether `after` has to wait to begin (assessment, then repair) or only to count (upstream, then downstream) */
  holds: 'arrival' | 'completion'
}

/** Each crew's stops, in order. */
export type Routes = number[][]

/** Where and when each incident is served; -1 and Infinity for those that are not. */
export type Timetable = { crewOf: Int32Array; arriveAt: Float64Array; completeAt: Float64Array }

export function timetableOf(problem: Problem, routes: Routes): Timetable {
  const n = problem.incidents
  const crewOf = new Int32Array(n).fill(-1)
  const arriveAt = new Float64Array(n).fill(Infinity)
  const completeAt = new Float64Array(n).fill(Infinity)
  routes.forEach((stops, crew) => {
    let previous = -1
    for (const incident of stops) {
      const drive = previous < 0 ? problem.first[crew * n + incident]! : problem.travel[previous * n + incident]!
      arriveAt[incident] = previous < 0 ? drive : completeAt[previous]! + drive
      completeAt[incident] = arriveAt[incident]! + problem.work[crew * n + incident]!
      crewOf[incident] = crew
      previous = incident
    }
  })
  return { crewOf, arriveAt, completeAt }
}

/** What a plan costs, term by term; `total` is what the search makes small. */
export type Cost = {
  waiting: number
  absent: number
  late: number
  overrun: number
  changed: number
  order: number
  total: number
}

/** Reckons a plan's cost from nothing but its routes; the search's running totals are checked against it. */
export function costOf(problem: Problem, routes: Routes): Cost {
  const times = timetableOf(problem, routes)
  const cost = { waiting: 0, absent: 0, late: 0, overrun: 0, changed: 0, order: 0, total: 0 }
  for (let incident = 0; incident < problem.incidents; incident++) {
    if (times.crewOf[incident]! < 0) cost.absent += problem.absentPrice[incident]!
    else cost.waiting += problem.weight[incident]! * times.completeAt[incident]!
  }
  if (problem.extras) addExtras(problem.extras, routes, times, cost)
  cost.total = cost.waiting + cost.absent + cost.late + cost.overrun + cost.changed + cost.order
  return cost
}

function addExtras(extras: Extras, routes: Routes, times: Timetable, cost: Cost): void {
  routes.forEach((stops, crew) => {
    for (const incident of stops) cost.late += latenessCost(extras, incident, times.arriveAt[incident]!)
    const last = stops.at(-1)
    if (last !== undefined) cost.overrun += overrunCost(extras, crew, times.completeAt[last]!)
    const told = extras.told[crew]!
    if (told >= 0 && stops[0] !== told) cost.changed += extras.changePrice
  })
  for (const order of extras.orders) cost.order += precedenceCost(order, times)
}

export function latenessCost(extras: Extras, incident: number, arriveAt: number): number {
  const late = arriveAt - extras.promisedAt[incident]!
  return late > 0 ? extras.missedPrice[incident]! + late * extras.latePrice[incident]! : 0
}

export function overrunCost(extras: Extras, crew: number, completeAt: number): number {
  const over = completeAt - extras.shiftEnd[crew]!
  return over > 0 ? over * extras.overrunPrice : 0
}

/** An absent stop pays its own price; precedence is asked only of two that are both planned. */
export function precedenceCost(order: Precedence, times: Timetable): number {
  const { before, after } = order
  if (times.crewOf[before]! < 0 || times.crewOf[after]! < 0) return 0
  const from = order.holds === 'arrival' ? times.arriveAt[after]! : times.completeAt[after]!
  return Math.max(0, times.completeAt[before]! - from) * order.price
}

/** Says what is wrong with a plan, or nothing: each incident at most once, no crew beyond its skills, load or latest instant. */
export function faultOf(problem: Problem, routes: Routes): string | undefined {
  const n = problem.incidents
  if (routes.length !== problem.crews) return `${routes.length} routes for ${problem.crews} crews`
  const seen = new Set<number>()
  for (const [crew, stops] of routes.entries()) {
    let load = 0
    for (const incident of stops) {
      if (!Number.isInteger(incident) || incident < 0 || incident >= n)
        return `crew ${crew} has no incident ${incident}`
      if (seen.has(incident)) return `incident ${incident} is planned twice`
      if (problem.work[crew * n + incident] === Infinity) return `crew ${crew} cannot do incident ${incident}`
      seen.add(incident)
      load += problem.demand[incident]!
    }
    if (load > problem.capacity[crew]! + 1e-9) return `crew ${crew} carries ${load} of ${problem.capacity[crew]}`
  }
  const times = timetableOf(problem, routes)
  for (const [crew, stops] of routes.entries()) {
    const last = stops.at(-1)
    if (last !== undefined && times.completeAt[last]! > problem.latest[crew]! + 1e-6)
      return `crew ${crew} ends too late`
  }
  return undefined
}
