// Turns rows of `incident_history.csv` (import format) into past incidents: a start, an end and little else.
import type { PastIncident } from './past-incident.ts'
import { causeOf } from './words.ts'

export type HistoryRow = {
  id: string
  started_at: string
  restored_at: string
  customers: number
  cause?: string
  equipment_kind?: string
  district?: string
  lon?: number
  lat?: number
  storm?: boolean
}

export function pastIncidentOf(row: HistoryRow): PastIncident {
  const started_s = Date.parse(row.started_at) / 1000
  const cause = row.cause === undefined ? undefined : causeOf(row.cause)
  return {
    id: row.id,
    started_s,
    revisions: [{ at_s: started_s, customers: row.customers, cause }],
    ended_s: Date.parse(row.restored_at) / 1000,
    open: false,
    planned: cause === 'planned',
    lon: row.lon ?? Number.NaN,
    lat: row.lat ?? Number.NaN,
    district: row.district,
    equipment_kind: row.equipment_kind,
    storm: row.storm,
  }
}
