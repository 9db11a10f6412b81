// The face of the status room.
export { clockIn, sayInstant } from './clock.ts'
export { statusOf } from './status-of.ts'
export { statusUnnamed, unnamedPlace } from './unnamed.ts'
export {
  nothingKnown,
  saysHazard,
  saysHolderOnly,
  saysWithdrawn,
  statusForStranger,
  saysIncident,
  statusFrom,
  type CustomerStatus,
  type IncidentFacts,
  type StatusFacts,
  type StatusKind,
} from './status.ts'
