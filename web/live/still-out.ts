// "Still out": what customers say after a restoration is an incident of its own, nested in the restored one (its `parent_id`).
// Nothing else is nested: what was merged or swallowed has `merged_into`. So every nested one waits for a decision. Pure.
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import { isWithoutSupply } from './picture.ts'

/** Whether customers say by this incident that they are still out after another's restoration. */
export const isStillOut = (incident: IncidentSummary) =>
  incident.parent_id !== null && incident.merged_into === null && isWithoutSupply(incident)

/** Those nested in incident `id`, the oldest first. */
export const stillOutIn = (incidents: Iterable<IncidentSummary>, id: string): IncidentSummary[] =>
  [...incidents].filter((one) => one.parent_id === id && isStillOut(one)).sort((a, b) => a.number - b.number)

/** The restored incidents in whose place such a one stands. */
export const parentsStillOut = (incidents: Iterable<IncidentSummary>): Set<string> =>
  new Set([...incidents].filter(isStillOut).flatMap(({ parent_id }) => parent_id ?? []))
