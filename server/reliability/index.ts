// The face of the reliability room.
export { indicesOf, momentary_min, namedIndices, tallyOf, type Indices, type Tally } from './indices.ts'
export { stormOf } from './day-so-far.ts'
export { majorEventDays, thresholdOf } from './major-event-days.ts'
export { reliabilityRoutes } from './routes.ts'
