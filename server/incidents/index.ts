// The face of the incidents room.
export * from './inference/index.ts'
export { followSwitching, holdGrid, sectionOf, type GridHolder, type GridModel } from './grid-model.ts'
export { lockSections, lockUnit } from './engine.ts'
export { arrivingReport, keepPieces, type Arriving, type ReportedPlace } from './arriving.ts'
export { extentOf, deviceOf, findDevice, namesOf, overlaps, type Device, type Extent } from './extent.ts'
export { openIncident } from './open-incident.ts'
export { settleUnit } from './settle.ts'
export { believedAt, evidentFrom } from './believed-at.ts'
export { Backlog, type PutOff } from './backlog.ts'
export { settleBacklog, startSettler } from './settle-backlog.ts'
export type { Settling } from './settling.ts'
export { tellStep } from './tell-step.ts'
export type { ReadAhead } from './settling.ts'
export {
  notInNetwork,
  settlingAndReading,
  settlingAt,
  stepWithin,
  withModel,
  type IncidentDeps,
} from './with-incident.ts'
export { confirmFound } from './confirm-found.ts'
export { restoreWithin, restoreIncident } from './restore.ts'
export { listIncidents, readIncident } from './reads.ts'
export { hearMeters } from './hear-meters.ts'
export { hearTelemetry } from './hear-telemetry.ts'
export { holdEstimator, type Estimator } from './estimator.ts'
export { refreshEstimates } from './refresh-estimates.ts'
export { takeSupplyAnswer, verifyRestorations } from './verify.ts'
export { explains, outStates, movableStates } from './rules.ts'
export { incidentRoutes } from './routes.ts'
export { deadLinesRoutes } from './dead-lines-routes.ts'
export { learningRoutes } from './learning-routes.ts'
export { signalRoutes } from './signal-routes.ts'
