// The face of the notifications room.
export { oweCrewOnWay, oweEstimateChanged, oweOutageKnown, oweRestored, type EstimateWords } from './owe.ts'
export { owePlanned, type PlannedNews } from './owe-planned.ts'
export type { PlannedMatter } from './matters.ts'
export { startNotificationWorker, type NotificationWorker, type WorkerOptions } from './worker.ts'
export { notificationRoutes, type NotificationDeps } from './routes.ts'
export { linkToken, readLinkToken, type LinkPurpose } from './links.ts'
export { isSigned } from './channels/sign.ts'
export { masked, type Reply } from './channels/channel.ts'
