// The face of the reports room.
export { ReportFlood } from './flood.ts'
export { submitReport, type KnownPlace, type ReportDeps } from './submit.ts'
export { allRules, judge, type Facts, type Rule } from './judge.ts'
export { concernsAccount, forStranger, isUnnamed, saysToStranger } from './for-stranger.ts'
export { locate, toWgs84 } from './locate.ts'
export { lookedBy, offeredPlaces } from './offered.ts'
export { placeByCaller } from './place-by-caller.ts'
export { reportRoutes } from './routes.ts'
