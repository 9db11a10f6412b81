// The storm plan: all open incidents and all crews, who goes where in which order, with the fewest customer-minutes.
import { fromNow, type Budget } from './budget.ts'
import { addGenerators } from './generators.ts'
import type { Routes } from './problem.ts'
import { improveRoutes } from './ruin-and-recreate.ts'
import { seededRandom } from './seeded-random.ts'
import { stormProblem, type MayServe, type StormProblem } from './storm-problem.ts'
import { writePlan } from './storm-timetable.ts'
import { usualPrices, type StormPlan, type StormPrices, type StormState } from './storm.ts'

export type StormOptions = {
  budget: Budget
  seed: number
  prices?: Partial<StormPrices>
  mayServe?: MayServe
}

/** Starting cool keeps what the previous plan has right; a plan from nothing starts hot. */
const coolHeat = { from: 0.1, to: 0.005 }
const anywhere: MayServe = () => true

/**
 * Plans from the previous plan where there is one. With a budget of iterations the same state and seed give the same
 * plan. Never leaves an incident out that some crew could do within its shift, if the search finds the room.
 */
export function planStorm(state: StormState, options: StormOptions): StormPlan {
  const budget = fromNow(options.budget)
  const storm = stormProblem(state, { ...usualPrices, ...options.prices }, options.mayServe ?? anywhere)
  const { problem } = storm
  const { routes } = improveRoutes(problem, {
    start: previousRoutes(state, storm),
    budget,
    random: seededRandom(options.seed),
    ...(state.previousPlan ? { heat: coolHeat } : {}),
  })
  const plan = writePlan(state, storm, routes, options.mayServe ? 'plan_restricted' : 'plan')
  addGenerators(state, plan)
  return plan
}

/** The previous plan as far as it still holds: known crews, open incidents, skills, shifts, each stop once. */
function previousRoutes(state: StormState, { problem, stopOf }: StormProblem): Routes {
  const n = problem.incidents
  const told = new Map(state.previousPlan?.map(({ crewId, stops }) => [crewId, stops]))
  const taken = new Set<number>()
  return state.crews.map(({ id }, crew) => {
    const route: number[] = []
    let clock = 0
    for (const { incidentId, kind } of told.get(id) ?? []) {
      const stop = stopOf(incidentId, kind)
      if (stop < 0 || taken.has(stop)) continue
      const previous = route.at(-1)
      const drive = previous === undefined ? problem.first[crew * n + stop]! : problem.travel[previous * n + stop]!
      const complete = clock + drive + problem.work[crew * n + stop]!
      if (complete === Infinity || complete > problem.latest[crew]!) continue
      route.push(stop)
      taken.add(stop)
      clock = complete
    }
    return route
  })
}
