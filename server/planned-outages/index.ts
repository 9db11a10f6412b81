// The face of the planned outages room.
export { plannedRoutes } from './routes.ts'
export { watchPlanned } from './watch.ts'
export { keepTraced, retracePlanned } from './retrace.ts'
export type { PlannedDeps } from './stepping.ts'
