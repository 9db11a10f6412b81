// The face of the exchange room.
export { exchangeRoutes, type ExchangeDeps } from './routes.ts'
export { ogcRoutes, type OgcDeps } from './ogc-routes.ts'
export { open311Routes, type Open311Deps } from './open311-routes.ts'
export { positionRoutes, type PositionDeps } from './position-routes.ts'
