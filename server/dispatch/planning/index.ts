// The face of planning within dispatch: the optimiser, the storm plan and the policies it is compared with.
export { type Budget, type Clock } from './budget.ts'
export { homeOrNearestHelp } from './home-districts.ts'
export { InstanceFault, planInstance, readInstance, type Instance, type InstancePlan } from './instance.ts'
export { planStorm, type StormOptions } from './plan-storm.ts'
export { policies, policyNames, type DispatchView, type PolicyName, type Sending } from './policies.ts'
export { planByPolicy } from './roll-out.ts'
export { seededRandom, type Random } from './seeded-random.ts'
export {
  usualPrices,
  weightOf,
  type CrewPlan,
  type PlanFigures,
  type PlannedStop,
  type StopKind,
  type StormCrew,
  type StormIncident,
  type StormPlan,
  type StormPrices,
  type StormState,
  type StormTravel,
  type ToldPlan,
  type Unassigned,
} from './storm.ts'
