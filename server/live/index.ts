// The face of the live room.
export { appendEvent, type NewEvent } from './append-event.ts'
export { Hub } from './hub.ts'
export { tailEvents, type Tail } from './tail.ts'
export { keepSnapshot, readPastSnapshot } from './past-snapshot.ts'
export { pastRoutes } from './past-routes.ts'
export { readCounts, readSnapshot } from './read-snapshot.ts'
export { liveRoutes, type LiveDeps } from './routes.ts'
