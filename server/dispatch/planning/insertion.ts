// What it costs to put one more stop into a plan, and where that costs least.
import { latenessCost, overrunCost, type Extras } from './problem.ts'
import type { RouteBook } from './route-book.ts'
import type { Random } from './seeded-random.ts'

/** The cheapest place found for an incident; crew -1 where nobody can take it. */
export type Place = { crew: number; place: number; cost: number }

/**
 * Passes over a place now and then, so that the same plan is not built again and again: the "blinks" of SISR.
 * Drawing how many places to look at before the next blink is the same as a draw a place, and forty times cheaper.
 */
export class Blinks {
  private readonly random: Random
  private readonly scale: number
  remaining = 0

  constructor(random: Random, rate: number) {
    this.random = random
    this.scale = rate > 0 ? 1 / Math.log(1 - rate) : -Infinity
    this.draw()
  }

  draw(): void {
    this.remaining = Math.floor(Math.log(1 - this.random()) * this.scale)
    if (Number.isNaN(this.remaining)) this.remaining = Infinity
  }
}

/**
 * Looks at every place of every crew. A stop put before `next` delays the whole rest of the route by the same time, so
 * its cost is that delay times the weight of the rest, O(1) a place (concatenation of cumulative routes: Silva,
 * Subramanian, Vidal, Ochi 2012, "A simple and effective metaheuristic for the minimum latency problem"). Penalties
 * are walked, and only where the part known in O(1) does not already lose, because they never shrink. Places are passed
 * over unseen where the crew could not be there soon enough or the work alone delays too much: no detour is shorter than
 * the way it leaves (this halves the time in a storm; where rounding breaks it, a place is missed now and then).
 */
export function cheapestPlace(book: RouteBook, incident: number, blinks: Blinks, found: Place): void {
  const { crews, incidents: n, first, travel, work, weight, demand, capacity, latest, extras } = book.problem
  const { travelInto, arriveAt, completeAt, weightOnward, lengths, loads } = book
  const row = incident * n
  const own = weight[incident]!
  const load = demand[incident]!
  found.crew = -1
  found.cost = Infinity
  for (let crew = 0; crew < crews; crew++) {
    const onSite = work[crew * n + incident]!
    if (onSite === Infinity || loads[crew]! + load > capacity[crew]!) continue
    const stops = book.stops[crew]!
    const length = lengths[crew]!
    const limit = latest[crew]!
    const end = length > 0 ? completeAt[stops[length - 1]!]! : 0
    if (limit !== Infinity && end > limit) continue
    const isTold = extras?.told[crew] === incident
    const earliest = first[crew * n + incident]! + onSite
    if (own * earliest >= found.cost && !isTold) continue
    for (let place = 0; place <= length; place++) {
      let complete = earliest
      if (place > 0) {
        const previous = stops[place - 1]!
        const soonest = completeAt[previous]! + onSite
        const behind = place < length ? onSite * weightOnward[stops[place]!]! : 0
        if (own * soonest >= found.cost) break
        if (own * soonest + behind >= found.cost) continue
        complete = soonest + travelInto[row + previous]!
      }
      if (blinks.remaining-- <= 0) {
        blinks.draw()
        continue
      }
      let cost = own * complete
      let delay = 0
      if (place < length) {
        const next = stops[place]!
        delay = complete + travel[row + next]! - arriveAt[next]!
        cost += delay * weightOnward[next]!
      }
      if (cost >= found.cost && !(place === 0 && isTold)) continue
      const newEnd = place < length ? end + delay : complete
      if (newEnd > limit) continue
      if (extras) cost += penalties(book, extras, crew, place, incident, complete, delay, newEnd)
      if (cost >= found.cost) continue
      found.crew = crew
      found.place = place
      found.cost = cost
    }
  }
}

/** What one insertion adds in penalties; precedence between stops that are pushed back is left to the acceptance. */
function penalties(
  book: RouteBook,
  extras: Extras,
  crew: number,
  place: number,
  incident: number,
  complete: number,
  delay: number,
  newEnd: number,
): number {
  const stops = book.stops[crew]!
  const length = book.lengths[crew]!
  const arrive = complete - book.problem.work[crew * book.problem.incidents + incident]!
  let cost = latenessCost(extras, incident, arrive) + overrunCost(extras, crew, newEnd)
  if (length > 0) cost -= overrunCost(extras, crew, book.completeAt[stops[length - 1]!]!)
  for (let at = place; at < length; at++) {
    const later = stops[at]!
    const before = book.arriveAt[later]!
    cost += latenessCost(extras, later, before + delay) - latenessCost(extras, later, before)
  }
  if (place === 0) cost += changeCost(extras, crew, length > 0 ? stops[0]! : -1, incident)
  for (const index of book.ordersOf[incident]!) cost += orderCost(book, extras, index, incident, arrive, complete)
  return cost
}

function changeCost(extras: Extras, crew: number, from: number, to: number): number {
  const told = extras.told[crew]!
  if (told < 0) return 0
  return (to === told ? 0 : extras.changePrice) - (from === told ? 0 : extras.changePrice)
}

function orderCost(
  book: RouteBook,
  extras: Extras,
  index: number,
  incident: number,
  arrive: number,
  complete: number,
): number {
  const order = extras.orders[index]!
  const other = order.before === incident ? order.after : order.before
  if (book.crewOf[other]! < 0) return 0
  const waits = order.holds === 'arrival'
  if (order.before === incident) {
    const from = waits ? book.arriveAt[other]! : book.completeAt[other]!
    return Math.max(0, complete - from) * order.price
  }
  return Math.max(0, book.completeAt[other]! - (waits ? arrive : complete)) * order.price
}
