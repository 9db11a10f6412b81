// Plans for crews without travel: which crew takes which incident, when the best order within a crew is known by rule.
import { startBudget, type Budget } from './budget.ts'
import type { Routes } from './problem.ts'
import type { Random } from './seeded-random.ts'

/** `work` is crew × incident (Infinity where impossible); the cost is the sum of weight × instant of completion. */
export type Machines = { crews: number; incidents: number; work: Float64Array; weight: Float64Array }

/** The order within a crew by Smith's rule (1956): least work a weight first; optimal for a given set of incidents. */
export function smithOrder(machines: Machines, crew: number, stops: number[]): number[] {
  const { incidents: n, work, weight } = machines
  return stops.toSorted((a, b) => work[crew * n + a]! * weight[b]! - work[crew * n + b]! * weight[a]! || a - b)
}

/** The sum of weight × completion, reckoned from the routes alone. */
export function completionCost(machines: Machines, routes: Routes): number {
  let cost = 0
  routes.forEach((stops, crew) => {
    let clock = 0
    for (const incident of stops) {
      clock += machines.work[crew * machines.incidents + incident]!
      cost += clock * machines.weight[incident]!
    }
  })
  return cost
}

/**
 * With Smith's rule two incidents of one crew cost each other min(w_j p_k, w_k p_j) whatever else the crew does, so the
 * cost is quadratic in the assignment (Skutella 2001, "Convex quadratic and semidefinite programming relaxations in
 * scheduling"). `marginal` keeps, for each incident and crew, what it costs there given who is there now: a move or a
 * swap is priced in O(1), and carrying one out costs O(incidents).
 */
class Assignment {
  readonly machines: Machines
  readonly crewOf: Int32Array
  /** incident × crew */
  readonly marginal: Float64Array
  cost = 0

  constructor(machines: Machines) {
    const { crews, incidents: n, work, weight } = machines
    this.machines = machines
    this.crewOf = new Int32Array(n).fill(-1)
    this.marginal = new Float64Array(n * crews)
    for (let i = 0; i < n; i++) {
      for (let crew = 0; crew < crews; crew++) this.marginal[i * crews + crew] = weight[i]! * work[crew * n + i]!
    }
  }

  /** What `a` and `b` cost each other on one crew. */
  pair(crew: number, a: number, b: number): number {
    const { incidents: n, work, weight } = this.machines
    const aFirst = weight[b]! * work[crew * n + a]!
    const bFirst = weight[a]! * work[crew * n + b]!
    return aFirst < bFirst ? aFirst : bFirst
  }

  private shift(crew: number, incident: number, sign: 1 | -1): void {
    const { crews, incidents: n, work, weight } = this.machines
    const { marginal } = this
    const row = crew * n
    const onSite = sign * work[row + incident]!
    const own = sign * weight[incident]!
    for (let other = 0, cell = crew; other < n; other++, cell += crews) {
      const first = weight[other]! * onSite
      const second = own * work[row + other]!
      marginal[cell] = marginal[cell]! + (sign > 0 === first < second ? first : second)
    }
    // An incident costs itself nothing.
    const ownCell = incident * crews + crew
    marginal[ownCell] = marginal[ownCell]! - own * work[row + incident]!
  }

  place(incident: number, crew: number): void {
    const from = this.crewOf[incident]!
    const { crews } = this.machines
    if (from >= 0) {
      this.cost -= this.marginal[incident * crews + from]!
      this.shift(from, incident, -1)
    }
    this.cost += this.marginal[incident * crews + crew]!
    this.shift(crew, incident, 1)
    this.crewOf[incident] = crew
  }

  load(crewOf: Int32Array): void {
    for (let i = 0; i < crewOf.length; i++) if (crewOf[i] !== this.crewOf[i]) this.place(i, crewOf[i]!)
  }
}

/** Most weighty first, each to the crew where it costs least now. */
function assignGreedily(assignment: Assignment): void {
  const { crews, incidents: n, work, weight } = assignment.machines
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => weight[b]! - weight[a]! || a - b)
  for (const incident of order) {
    let best = -1
    for (let crew = 0; crew < crews; crew++) {
      if (work[crew * n + incident] === Infinity) continue
      const cost = assignment.marginal[incident * crews + crew]!
      if (best < 0 || cost < assignment.marginal[incident * crews + best]!) best = crew
    }
    assignment.place(incident, best)
  }
}

/**
 * Temperatures as a share of the mean cost of an incident, and how many times the search cools down. Cooling to 0.0005
 * left 0.13 % on five instances of 100 and 200 incidents, to 0.01 it left 0.01 %: the last moves are wide ones.
 */
const heat = { from: 0.1, to: 0.01 }
const rounds = 6
/** The first rounds start twice as hot from wherever the last one ended: on four stubborn instances 0.07 % became 0.01 %. */
const freshRounds = 3
const movesAnIteration = 1000

/**
 * Simulated annealing over single moves and swaps, cooled several times; the first rounds are fresh starts, the others
 * begin at the best plan seen. Needs every incident to be possible for some crew. About 10 million moves a second.
 */
export function assignIncidents(machines: Machines, budget: Budget, random: Random): Routes {
  const assignment = new Assignment(machines)
  assignGreedily(assignment)
  const best = { crewOf: assignment.crewOf.slice(), cost: assignment.cost }
  const unit = assignment.cost / Math.max(1, machines.incidents)
  const cooling = Math.log(heat.to / heat.from)
  const used = startBudget(budget)
  let round = 0
  for (let share = used(); share < 1 && machines.crews > 1; share = used()) {
    const now = Math.floor(share * rounds)
    if (now !== round && now >= freshRounds) assignment.load(best.crewOf)
    round = now
    const start = round < freshRounds ? 2 : 0.5
    anneal(assignment, unit * heat.from * start * Math.exp(cooling * (share * rounds - round)), random, best)
  }
  return Array.from({ length: machines.crews }, (_, crew) => {
    const stops = [...best.crewOf.keys()].filter((i) => best.crewOf[i] === crew)
    return smithOrder(machines, crew, stops)
  })
}

function anneal(
  assignment: Assignment,
  temperature: number,
  random: Random,
  best: { crewOf: Int32Array; cost: number },
): void {
  const { crews, incidents: n, work } = assignment.machines
  const { crewOf, marginal } = assignment
  for (let move = 0; move < movesAnIteration; move++) {
    const a = Math.floor(random() * n)
    const from = crewOf[a]!
    const limit = -temperature * Math.log(random())
    if (random() < 0.5) {
      const to = Math.floor(random() * crews)
      if (to === from || work[to * n + a] === Infinity) continue
      if (marginal[a * crews + to]! - marginal[a * crews + from]! >= limit) continue
      assignment.place(a, to)
    } else {
      const b = Math.floor(random() * n)
      const to = crewOf[b]!
      if (to === from || work[to * n + a] === Infinity || work[from * n + b] === Infinity) continue
      const gained = marginal[a * crews + to]! + marginal[b * crews + from]!
      const lost = marginal[a * crews + from]! + marginal[b * crews + to]!
      if (gained - lost - assignment.pair(to, a, b) - assignment.pair(from, a, b) >= limit) continue
      assignment.place(a, to)
      assignment.place(b, from)
    }
    if (assignment.cost < best.cost - 1e-9) {
      best.cost = assignment.cost
      best.crewOf.set(crewOf)
    }
  }
}
