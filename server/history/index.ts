// The face of the history room: what came to pass.
export { readStormReport } from './storm-report.ts'
