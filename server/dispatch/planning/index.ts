// The face of planning within dispatch: the optimiser, the storm plan and the policies it is compared with.
export { type Budget, type Clock } from './budget.ts'
export { InstanceFault, planInstance, readInstance, type Instance, type InstancePlan } from './instance.ts'
export { seededRandom, type Random } from './seeded-random.ts'
