// Every way of dispatching on one and the same storm, side by side.
import { policyNames, usualPrices } from '../../server/dispatch/index.ts'
import { planDispatcher, policyDispatcher, type Replans } from './dispatchers.ts'
import { generateStorm, type Shape, type StormSize } from './generate.ts'
import { simulateStorm, type StormFigures } from './simulate.ts'

export type PolicyFigures = StormFigures & { replans?: number; share_of_crews_replanned?: number }

export type StormComparison = {
  seed: number
  shape: Shape
  incidents: number
  crews: number
  districts: number
  policies: PolicyFigures[]
  /** customer-minutes under the plan as a share of those under each other way */
  plan_against: Record<string, number>
  /** customer-minutes with the price on change against without it */
  cost_of_price_on_change: number
}

/**
 * The plan is made again some 600 times a storm, each time from the last one, so it settles even so: 400 iterations gave
 * the same customer-minutes to 0.1 %, 1,000 gave 1.3 % fewer. The same number for every variant of the plan.
 */
export const usualIterations = 100

/** Simulates each simple policy, the plan, the plan with no price on change, and the plan kept inside districts. */
export function compareOnStorm(
  seed: number,
  shape: Shape,
  size: StormSize,
  iterations = usualIterations,
): StormComparison {
  const storm = generateStorm(seed, shape, size)
  const simple = policyNames.map((name) => simulateStorm(storm, policyDispatcher(storm, name)))
  const planned = (name: string, changePrice: number, insideDistricts: boolean) => {
    const dispatcher = planDispatcher(name, storm, { iterations, changePrice, insideDistricts, seed })
    return withReplans(simulateStorm(storm, dispatcher), dispatcher.replans, size.crews)
  }
  const plan = planned('plan', usualPrices.change, false)
  const unpriced = planned('plan_no_price_on_change', 0, false)
  const inside = planned('plan_inside_districts', usualPrices.change, true)
  const others = [...simple, unpriced, inside]
  return {
    seed,
    shape,
    ...size,
    policies: [...simple, plan, unpriced, inside],
    plan_against: Object.fromEntries(
      others.map((other) => [other.policy, ratio(plan.customer_minutes, other.customer_minutes)]),
    ),
    cost_of_price_on_change: ratio(plan.customer_minutes, unpriced.customer_minutes),
  }
}

function withReplans(figures: StormFigures, replans: Replans, crews: number): PolicyFigures {
  return {
    ...figures,
    replans: replans.count,
    share_of_crews_replanned: ratio(replans.crewsChanged, replans.count * crews),
  }
}

function ratio(value: number, of: number): number {
  return of === 0 ? 1 : value / of
}
