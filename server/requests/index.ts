// The face of the requests room.
export { requestRoutes } from './routes.ts'
export { receiveRequest, type RequestDeps } from './receive.ts'
export { warnOfDeadlines } from './warn.ts'
