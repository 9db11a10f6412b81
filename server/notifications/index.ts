// The face of the notifications room.
export { oweCrewOnWay, oweEstimateChanged, oweOutageKnown, oweRestored, type EstimateWords } from './owe.ts'
export { startNotificationWorker, type NotificationWorker, type WorkerOptions } from './worker.ts'
export { notificationRoutes, type NotificationDeps } from './routes.ts'
export { sayInstant } from './render.ts'
