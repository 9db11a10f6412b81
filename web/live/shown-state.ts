// What an incident is shown as: its status, but that a hazard comes before it and that "restored" means verified. Until then
// somebody has said that supply should be back, and it is being checked. Pure.
import type { IncidentStatus, IncidentSummary } from '../../server/contract/incidents.ts'

export type ShownState = IncidentStatus | 'hazard' | 'unverified'
type Standing = Pick<IncidentSummary, 'status' | 'hazard' | 'verified_at'>

/** Nobody's supply hangs on a hazard: there is nothing to verify. */
export const isUnverified = ({ status, hazard, verified_at }: Standing) =>
  status === 'restored' && !verified_at && !hazard

const over = new Set<IncidentStatus>(['restored', 'closed', 'cancelled'])

export function shownStateOf(incident: Standing): ShownState {
  if (incident.hazard && !over.has(incident.status)) return 'hazard'
  return isUnverified(incident) ? 'unverified' : incident.status
}
