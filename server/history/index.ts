// The face of the history room: what came to pass.
export { readStormReport } from './storm-report.ts'
export { historyRoutes } from './routes.ts'
