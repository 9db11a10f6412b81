// The face of dispatch: what other rooms and the laboratory may use.
export * from './planning/index.ts'
export { dispatchRoutes } from './routes.ts'
export { expireOffers } from './step.ts'
export { type DispatchDeps } from './candidates.ts'
export { dispatchAutomatically } from './automatic.ts'
export { watchClocks } from './watch-clocks.ts'
