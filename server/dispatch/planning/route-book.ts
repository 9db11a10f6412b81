// The plan while it is being searched: every crew's stops with running instants and the weight still to come,
// so that the price of putting one more stop anywhere is known without walking the route.
import { latenessCost, overrunCost, precedenceCost, type Problem, type Routes } from './problem.ts'

/** Takes stops out, puts stops in, and can undo everything since `keep`; each costs the length of the routes touched. */
export class RouteBook {
  readonly problem: Problem
  /** by incident: its crew (-1 absent), its place, when the crew arrives and leaves, the weight from here to the route's end */
  readonly crewOf: Int32Array
  readonly placeOf: Int32Array
  readonly arriveAt: Float64Array
  readonly completeAt: Float64Array
  readonly weightOnward: Float64Array
  readonly stops: Int32Array[]
  readonly lengths: Int32Array
  readonly loads: Float64Array
  /** by crew: cost of its own route, precedence left out */
  readonly costs: Float64Array
  readonly absent: number[] = []

  /** travel, turned, so that the drives into one incident lie side by side */
  readonly travelInto: Float64Array
  /** by incident: the precedences it is part of */
  readonly ordersOf: number[][]

  private readonly savedStops: Int32Array[]
  private readonly savedLengths: Int32Array
  private readonly touched: number[] = []
  private readonly isTouched: Uint8Array
  private savedAbsent: number[] = []

  constructor(problem: Problem, routes: Routes) {
    const { crews, incidents: n } = problem
    this.problem = problem
    this.crewOf = new Int32Array(n).fill(-1)
    this.placeOf = new Int32Array(n)
    this.arriveAt = new Float64Array(n)
    this.completeAt = new Float64Array(n)
    this.weightOnward = new Float64Array(n)
    this.stops = Array.from({ length: crews }, () => new Int32Array(n))
    this.savedStops = Array.from({ length: crews }, () => new Int32Array(n))
    this.lengths = new Int32Array(crews)
    this.savedLengths = new Int32Array(crews)
    this.loads = new Float64Array(crews)
    this.costs = new Float64Array(crews)
    this.isTouched = new Uint8Array(crews)
    this.travelInto = transpose(problem.travel, n)
    this.ordersOf = ordersByIncident(problem)
    this.load(routes)
  }

  /** Takes over a plan; whatever it leaves out is absent. */
  load(routes: Routes): void {
    this.crewOf.fill(-1)
    for (let crew = 0; crew < this.problem.crews; crew++) {
      const stops = routes[crew] ?? []
      this.stops[crew]!.set(stops)
      this.lengths[crew] = stops.length
      this.retime(crew, 0)
    }
    this.absent.length = 0
    for (let i = 0; i < this.problem.incidents; i++) if (this.crewOf[i]! < 0) this.absent.push(i)
    this.keep()
  }

  routes(): Routes {
    return this.stops.map((stops, crew) => Array.from(stops.subarray(0, this.lengths[crew])))
  }

  total(): number {
    let total = this.orderCost()
    for (let crew = 0; crew < this.costs.length; crew++) total += this.costs[crew]!
    for (const incident of this.absent) total += this.problem.absentPrice[incident]!
    return total
  }

  /** Reckons a route anew from one place on: O(stops after it), and the weights before it. */
  private retime(crew: number, from: number): void {
    const { incidents: n, first, travel, work, weight, demand, extras } = this.problem
    const stops = this.stops[crew]!
    const length = this.lengths[crew]!
    const row = crew * n
    let previous = from > 0 ? stops[from - 1]! : -1
    let clock = from > 0 ? this.completeAt[previous]! : 0
    for (let place = from; place < length; place++) {
      const incident = stops[place]!
      clock = previous < 0 ? first[row + incident]! : clock + travel[previous * n + incident]!
      this.arriveAt[incident] = clock
      clock += work[row + incident]!
      this.completeAt[incident] = clock
      this.crewOf[incident] = crew
      this.placeOf[incident] = place
      previous = incident
    }
    let onward = 0
    let cost = 0
    let load = 0
    for (let place = length - 1; place >= 0; place--) {
      const incident = stops[place]!
      onward += weight[incident]!
      load += demand[incident]!
      this.weightOnward[incident] = onward
      cost += weight[incident]! * this.completeAt[incident]!
      if (extras) cost += latenessCost(extras, incident, this.arriveAt[incident]!)
    }
    if (extras) {
      if (length > 0) cost += overrunCost(extras, crew, clock)
      const told = extras.told[crew]!
      if (told >= 0 && (length === 0 || stops[0] !== told)) cost += extras.changePrice
    }
    this.loads[crew] = load
    this.costs[crew] = cost
  }

  private orderCost(): number {
    const orders = this.problem.extras?.orders
    if (!orders) return 0
    let cost = 0
    for (const order of orders) cost += precedenceCost(order, this)
    return cost
  }

  insert(crew: number, place: number, incident: number): void {
    this.touch(crew)
    const stops = this.stops[crew]!
    const length = this.lengths[crew]!
    stops.copyWithin(place + 1, place, length)
    stops[place] = incident
    this.lengths[crew] = length + 1
    this.retime(crew, place)
  }

  /** Takes `count` stops from a place on out of a route; they are absent until put back. */
  remove(crew: number, place: number, count: number): void {
    this.touch(crew)
    const stops = this.stops[crew]!
    const length = this.lengths[crew]!
    for (let at = place; at < place + count; at++) {
      this.crewOf[stops[at]!] = -1
      this.absent.push(stops[at]!)
    }
    stops.copyWithin(place, place + count, length)
    this.lengths[crew] = length - count
    this.retime(crew, place)
  }

  wasTouched(crew: number): boolean {
    return this.isTouched[crew] === 1
  }

  private touch(crew: number): void {
    if (this.isTouched[crew]) return
    this.isTouched[crew] = 1
    this.touched.push(crew)
    const length = this.lengths[crew]!
    const saved = this.savedStops[crew]!
    const stops = this.stops[crew]!
    for (let at = 0; at < length; at++) saved[at] = stops[at]!
    this.savedLengths[crew] = length
  }

  /** Makes the present plan the one that `rollBack` returns to. */
  keep(): void {
    for (const crew of this.touched) this.isTouched[crew] = 0
    this.touched.length = 0
    this.savedAbsent = this.absent.slice()
  }

  rollBack(): void {
    for (const crew of this.touched) {
      const length = this.savedLengths[crew]!
      const saved = this.savedStops[crew]!
      const stops = this.stops[crew]!
      for (let at = 0; at < length; at++) stops[at] = saved[at]!
      this.lengths[crew] = length
    }
    for (const incident of this.savedAbsent) this.crewOf[incident] = -1
    for (const crew of this.touched) {
      this.retime(crew, 0)
      this.isTouched[crew] = 0
    }
    this.touched.length = 0
    this.absent.length = 0
    for (const incident of this.savedAbsent) this.absent.push(incident)
  }
}

function transpose(table: Float64Array, n: number): Float64Array {
  const turned = new Float64Array(n * n)
  for (let from = 0; from < n; from++) for (let to = 0; to < n; to++) turned[to * n + from] = table[from * n + to]!
  return turned
}

function ordersByIncident(problem: Problem): number[][] {
  const byIncident: number[][] = Array.from({ length: problem.incidents }, () => [])
  problem.extras?.orders.forEach((order, index) => {
    byIncident[order.before]!.push(index)
    byIncident[order.after]!.push(index)
  })
  return byIncident
}
