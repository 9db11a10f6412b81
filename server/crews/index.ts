// The face of the crews room.
export { listCrews, putCrew, readCrew, takePositions, tellCrew, type CrewDeps } from './crews.ts'
export { crewRoutes, ownCrew } from './routes.ts'
