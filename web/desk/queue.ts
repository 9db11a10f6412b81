// What waits for a dispatcher's decision, gravest first: built from the live picture, the promise clocks that run, the reports
// without a place and the messages that failed. Pure.
import type { AssignmentStatus, AssignmentView } from '../../server/contract/assignments.ts'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportView } from '../../server/contract/reports.ts'
import { isOpen, type Picture } from '../live/picture.ts'
import { isStillOut } from '../live/still-out.ts'

export const queueGroups = [
  ...(['help', 'overdue', 'decide', 'offer', 'promise', 'unlocated', 'failing', 'close', 'working'] as const),
]
export type QueueGroup = (typeof queueGroups)[number]

export type IncidentRow = {
  id: string
  group: Exclude<QueueGroup, 'unlocated' | 'failing'>
  incident: IncidentSummary
  assignment: AssignmentView | null
  /** The promise that is broken or about to break, the soonest due. */
  clock: ClockView | null
  dueAt: number | null
}
export type QueueRow =
  IncidentRow | { id: string; group: 'unlocated'; report: ReportView } | { id: string; group: 'failing'; count: number }

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

/** A crew that waits for an answer to its call for help. */
export const askingHelp = (incident: IncidentSummary) =>
  incident.assignments.find((each) => active.has(each.status) && each.help) ?? null

function rowOf(incident: IncidentSummary, clocks: readonly ClockView[], now: number): IncidentRow {
  const clock = clocks.find((each) => each.state !== 'running' || Date.parse(each.due_at) <= now) ?? null
  const dueAt = clock ? Date.parse(clock.due_at) : null
  const row = { id: incident.id, incident, clock, dueAt }
  const helped = askingHelp(incident)
  if (helped) return { ...row, group: 'help', assignment: helped }
  const assignment = activeLead(incident)
  if (!assignment) {
    if (incident.status === 'restored') return { ...row, group: 'close', assignment: null }
    const group = dueAt !== null && dueAt <= now ? 'overdue' : 'decide'
    return { ...row, group, assignment: lastRefused(incident) }
  }
  if (assignment.status === 'offered') {
    const answerBy = assignment.answer_by ? Date.parse(assignment.answer_by) : null
    return { ...row, group: 'offer', assignment, dueAt: dueAt ?? answerBy }
  }
  return { ...row, group: clock ? 'promise' : 'working', assignment }
}

const dueOf = (row: QueueRow) => ('dueAt' in row ? (row.dueAt ?? Infinity) : Infinity)
/** While nobody is sent, hazards and those still out come before what is only late. */
const isGrave = (row: QueueRow) =>
  (row.group === 'overdue' || row.group === 'decide') && (row.incident.hazard || isStillOut(row.incident))

function compare(a: QueueRow, b: QueueRow): number {
  const byGroup = queueGroups.indexOf(a.group) - queueGroups.indexOf(b.group)
  if (byGroup !== 0) return byGroup
  if (isGrave(a) !== isGrave(b)) return isGrave(a) ? -1 : 1
  if (dueOf(a) !== dueOf(b)) return dueOf(a) - dueOf(b)
  if ('incident' in a && 'incident' in b) {
    return weightOf(b.incident) - weightOf(a.incident) || a.incident.number - b.incident.number
  }
  if (a.group === 'unlocated' && b.group === 'unlocated') {
    return Date.parse(a.report.received_at) - Date.parse(b.report.received_at)
  }
  return 0
}

/** `clocks`: the soonest due first. */
export function buildQueue(
  picture: Picture,
  unlocated: readonly ReportView[],
  clocks: readonly ClockView[],
  now: number,
): QueueRow[] {
  const rows: QueueRow[] = []
  const byIncident = new Map<string, ClockView[]>()
  for (const clock of clocks) byIncident.set(clock.incident_id, [...(byIncident.get(clock.incident_id) ?? []), clock])
  for (const incident of picture.incidents.values()) {
    if (isOpen(incident)) rows.push(rowOf(incident, byIncident.get(incident.id) ?? [], now))
  }
  for (const report of unlocated) rows.push({ id: report.id, group: 'unlocated', report })
  const count = picture.counts.notifications_dead
  if (count > 0) rows.push({ id: 'failing', group: 'failing', count })
  return rows.sort(compare)
}
