// The candidates that can be offered an incident: whoever has it already is none. The list and the map number the same. Pure.
import type { Candidate } from '../../server/contract/assignments.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'

export function candidatesFor(incident: IncidentSummary, ranked: readonly Candidate[]): Candidate[] {
  const taken = new Set(incident.assignments.filter((each) => each.ended_at === null).map((each) => each.crew_id))
  return ranked.filter(({ crew_id }) => !taken.has(crew_id))
}
