// The face of the notifications room.
export { oweCrewChanged, oweCrewOnWay, oweEstimateChanged, oweOutageKnown, oweRestored } from './owe.ts'
export { owePlanned, type PlannedNews } from './owe-planned.ts'
export { oweRequest, type RequestNews } from './owe-request.ts'
export type { PlannedMatter } from './matters.ts'
export { startWritingOut, writeOut } from './write-out.ts'
export {
  openSender,
  startNotificationWorker,
  type NotificationWorker,
  type Sender,
  type WorkerOptions,
} from './worker.ts'
export { notificationRoutes, type NotificationDeps } from './routes.ts'
export { linkToken, readLinkToken, type LinkPurpose } from './links.ts'
export { isReplyOf } from './channels/kannel.ts'
export { isSigned } from './channels/sign.ts'
export { masked, type Reply } from './channels/channel.ts'
