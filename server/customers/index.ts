// The face of the customers room.
export { customerRoutes, type CustomerDeps } from './routes.ts'
export { PublicPages } from './pages.ts'
export { serveCrowd } from './serve-crowd.ts'
export { statusOf } from './status-of.ts'
export { statusFrom, type CustomerStatus, type StatusFacts, type StatusKind } from './status.ts'
export { readPublic, Shapes, type PublicState, type Shape } from './public.ts'
