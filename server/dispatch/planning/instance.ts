// Instances of the literature in the planner's terms: cumulative vehicle routing and unrelated machines.
import { z } from 'zod'
import { assignIncidents, completionCost, type Machines } from './assignment-search.ts'
import { fromNow, type Budget } from './budget.ts'
import { costOf, faultOf, type Problem, type Routes } from './problem.ts'
import { improveRoutes } from './ruin-and-recreate.ts'
import { seededRandom } from './seeded-random.ts'

/** Past this a sum of costs is no longer exact, and from 1e154 on a distance is not even a number. */
const largest = 1e12
const time = z.number().min(0).max(largest)
const coordinate = z.number().min(-largest).max(largest)
const point = z.tuple([coordinate, coordinate])

const arrivalInstance = z.object({
  name: z.string(),
  objective: z.literal('sum_of_arrival_times'),
  crews: z.int().min(1),
  depot: point,
  points: z.array(point),
  distance: z.enum(['euclidean', 'euclidean_rounded']),
  demand: z.array(time).optional(),
  capacity: time.nullish(),
})

const completionInstance = z.object({
  name: z.string(),
  objective: z.literal('sum_of_weighted_completion_times'),
  crews: z.int().min(1),
  /** null where the crew cannot do the incident */
  repair: z.array(z.array(time.nullable())),
  weights: z.array(time),
})

const instanceSchema = z.discriminatedUnion('objective', [arrivalInstance, completionInstance])

type ArrivalInstance = z.infer<typeof arrivalInstance>
type CompletionInstance = z.infer<typeof completionInstance>
export type Instance = z.infer<typeof instanceSchema>

/** What makes an instance unusable or impossible, in one line for the person who wrote it. */
export class InstanceFault extends Error {}

export type InstancePlan = { name: string; value: number; routes: Routes }

/** Checks shape and sizes, and that what is asked can be done at all. Throws `InstanceFault`. */
export function readInstance(raw: unknown): Instance {
  const read = instanceSchema.safeParse(raw)
  if (!read.success) {
    const issue = read.error.issues[0]!
    throw new InstanceFault(`${issue.path.join('.') || 'the file'}: ${issue.message}`)
  }
  const instance = read.data
  if (instance.objective === 'sum_of_arrival_times') checkArrival(instance)
  else checkCompletion(instance)
  return instance
}

function checkArrival({ points, demand, capacity, crews }: ArrivalInstance): void {
  if (!demand) return
  if (demand.length !== points.length) {
    throw new InstanceFault(`demand: ${demand.length} values for ${points.length} points; there must be one a point`)
  }
  if (capacity === null || capacity === undefined) return
  const largest = demand.findIndex((load) => load > capacity)
  if (largest >= 0) {
    throw new InstanceFault(`demand.${largest}: ${demand[largest]} is more than one crew's capacity of ${capacity}`)
  }
  const sum = demand.reduce((total, load) => total + load, 0)
  if (sum > crews * capacity) {
    throw new InstanceFault(
      `more than can be done: demand is ${sum} in all, ${crews} crews with capacity ${capacity} carry ${crews * capacity}`,
    )
  }
}

function checkCompletion({ crews, repair, weights }: CompletionInstance): void {
  if (repair.length !== crews) {
    throw new InstanceFault(`repair: ${repair.length} rows for ${crews} crews; there must be one a crew`)
  }
  repair.forEach((row, crew) => {
    if (row.length === weights.length) return
    throw new InstanceFault(`repair.${crew}: ${row.length} times for ${weights.length} weights; there must be one each`)
  })
  const nobody = weights.findIndex((_, incident) => repair.every((row) => row[incident] === null))
  if (nobody >= 0) throw new InstanceFault(`more than can be done: no crew can do incident ${nobody}`)
}

/** Plans an instance; the value is reckoned anew from the routes. Throws `InstanceFault` where no complete plan is found. */
export function planInstance(instance: Instance, allowed: Budget, seed: number): InstancePlan {
  const budget = fromNow(allowed)
  if (instance.objective === 'sum_of_weighted_completion_times') {
    const machines = machinesOf(instance)
    const routes = assignIncidents(machines, budget, seededRandom(seed))
    assertWhole(asProblem(machines), routes)
    return { name: instance.name, value: completionCost(machines, routes), routes }
  }
  const problem = routingProblem(instance)
  const start = Array.from({ length: instance.crews }, () => [])
  const { routes } = improveRoutes(problem, { start, budget, random: seededRandom(seed) })
  assertWhole(problem, routes)
  return { name: instance.name, value: costOf(problem, routes).total, routes }
}

function assertWhole(problem: Problem, routes: Routes): void {
  const fault = faultOf(problem, routes)
  if (fault !== undefined) throw new Error(`the planner broke its own rule: ${fault}`)
  const planned = routes.reduce((sum, stops) => sum + stops.length, 0)
  if (planned === problem.incidents) return
  throw new InstanceFault(
    `no plan found that serves all: ${problem.incidents - planned} of ${problem.incidents} points left over within this time`,
  )
}

/** Every crew starts at the depot; no work on site, so that completion is arrival. */
export function routingProblem(instance: ArrivalInstance): Problem {
  const { crews, points, depot, demand, capacity } = instance
  const n = points.length
  const drive = (a: number[], b: number[]) => {
    const straight = Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)
    return instance.distance === 'euclidean_rounded' ? Math.round(straight) : straight
  }
  const travel = Float64Array.from({ length: n * n }, (_, at) => drive(points[Math.floor(at / n)]!, points[at % n]!))
  const first = Float64Array.from({ length: crews * n }, (_, at) => drive(depot, points[at % n]!))
  const farthest = first.reduce((most, value) => Math.max(most, value), 0)
  return {
    crews,
    incidents: n,
    first,
    travel,
    work: new Float64Array(crews * n),
    weight: new Float64Array(n).fill(1),
    // More than any complete plan costs: a tour from point to point is at most two drives to the depot a stop.
    absentPrice: new Float64Array(n).fill(1 + 2 * farthest * n * n),
    demand: Float64Array.from(demand ?? new Array<number>(n).fill(0)),
    capacity: new Float64Array(crews).fill(capacity ?? Infinity),
    latest: new Float64Array(crews).fill(Infinity),
  }
}

function machinesOf({ crews, repair, weights }: CompletionInstance): Machines {
  return {
    crews,
    incidents: weights.length,
    work: Float64Array.from(repair.flat(), (work) => work ?? Infinity),
    weight: Float64Array.from(weights),
  }
}

function asProblem({ crews, incidents: n, work, weight }: Machines): Problem {
  return {
    crews,
    incidents: n,
    first: new Float64Array(crews * n),
    travel: new Float64Array(n * n),
    work,
    weight,
    absentPrice: new Float64Array(n),
    demand: new Float64Array(n),
    capacity: new Float64Array(crews).fill(Infinity),
    latest: new Float64Array(crews).fill(Infinity),
  }
}
