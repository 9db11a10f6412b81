// What waits for a dispatcher's decision, gravest first: built from the live picture, the reports without a place and the
// messages that failed. Pure.
import type { AssignmentStatus, AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportView } from '../../server/contract/reports.ts'
import { isOpen, type Picture } from '../live/picture.ts'
import { isStillOut } from '../live/still-out.ts'

export const queueGroups = ['decide', 'offer', 'promise', 'unlocated', 'failing', 'close', 'working'] as const
export type QueueGroup = (typeof queueGroups)[number]

export type QueueRow =
  | { id: string; group: 'decide' | 'close' | 'working'; incident: IncidentSummary; assignment: AssignmentView | null }
  | {
      id: string
      group: 'offer' | 'promise'
      incident: IncidentSummary
      assignment: AssignmentView
      dueAt: number | null
    }
  | { id: string; group: 'unlocated'; report: ReportView }
  | { id: string; group: 'failing'; count: number }

/** An arrival promised sooner than this, by a crew that is not there, is on the desk's list. */
const warn_ms = 15 * 60_000
const active = new Set<AssignmentStatus>(['offered', 'accepted', 'en_route', 'on_site'])
/** A critical customer weighs as many others. */
const criticalWeight = 50

export const activeLead = (incident: IncidentSummary) =>
  incident.assignments.find((each) => active.has(each.status) && each.role === 'lead') ??
  incident.assignments.find((each) => active.has(each.status)) ??
  null

/** The last that came to nothing, so that the row can say why it is back. */
const lastRefused = (incident: IncidentSummary) =>
  [...incident.assignments]
    .filter((each) => each.status === 'declined' || each.status === 'expired')
    .sort((a, b) => Date.parse(b.offered_at) - Date.parse(a.offered_at))[0] ?? null

/** After hazards come those who were told that supply is back while it is not: they wait longest, and trust least. */
const weightOf = (incident: IncidentSummary) =>
  (incident.hazard ? 1e9 : 0) +
  (isStillOut(incident) ? 1e8 : 0) +
  incident.customers_out +
  criticalWeight * incident.critical_customers

function rowOf(incident: IncidentSummary, now: number): QueueRow {
  const assignment = activeLead(incident)
  const id = incident.id
  if (!assignment) {
    const group = incident.status === 'restored' ? 'close' : 'decide'
    return { id, group, incident, assignment: group === 'decide' ? lastRefused(incident) : null }
  }
  if (assignment.status === 'offered') {
    return {
      id,
      group: 'offer',
      incident,
      assignment,
      dueAt: assignment.answer_by ? Date.parse(assignment.answer_by) : null,
    }
  }
  const promisedAt = assignment.promised_at ? Date.parse(assignment.promised_at) : null
  if (promisedAt !== null && assignment.status !== 'on_site' && promisedAt - now < warn_ms) {
    return { id, group: 'promise', incident, assignment, dueAt: promisedAt }
  }
  return { id, group: 'working', incident, assignment }
}

const dueOf = (row: QueueRow) => ('dueAt' in row ? (row.dueAt ?? Infinity) : Infinity)
function compare(a: QueueRow, b: QueueRow): number {
  const byGroup = queueGroups.indexOf(a.group) - queueGroups.indexOf(b.group)
  if (byGroup !== 0) return byGroup
  if (dueOf(a) !== dueOf(b)) return dueOf(a) - dueOf(b)
  if ('incident' in a && 'incident' in b) {
    return weightOf(b.incident) - weightOf(a.incident) || a.incident.number - b.incident.number
  }
  if (a.group === 'unlocated' && b.group === 'unlocated') {
    return Date.parse(a.report.received_at) - Date.parse(b.report.received_at)
  }
  return 0
}

export function buildQueue(picture: Picture, unlocated: readonly ReportView[], now: number): QueueRow[] {
  const rows: QueueRow[] = []
  for (const incident of picture.incidents.values()) {
    if (isOpen(incident)) rows.push(rowOf(incident, now))
  }
  for (const report of unlocated) rows.push({ id: report.id, group: 'unlocated', report })
  const count = picture.counts.notifications_dead
  if (count > 0) rows.push({ id: 'failing', group: 'failing', count })
  return rows.sort(compare)
}
