// The course of an incident as the estimates take it: what was known of it and when, out of the steps that were told of it. The
// same for one that is open and for one that teaches. Pure.
import type { AssignmentView } from '../contract/assignments.ts'
import type { IncidentSummary } from '../contract/incidents.ts'
import { causeOf, type PastIncident, type Revision, type Stage } from '../estimates/index.ts'

/** An incident as one of its steps left it. */
export type Standing = Pick<
  IncidentSummary,
  | 'id'
  | 'status'
  | 'hazard'
  | 'equipment'
  | 'district_code'
  | 'location'
  | 'customers_out'
  | 'started_at'
  | 'restored_at'
  | 'cause'
  | 'estimate'
> & { assignments: Pick<AssignmentView, 'role' | 'status' | 'arrives_at'>[] }

/** A step as the event log has it. */
export type Step = { seq: number; at_s: number; facts: Standing }

/** What is known of it at one instant. */
export type Known = Required<Pick<Revision, 'customers' | 'stage' | 'cause' | 'said_at_s' | 'crew_at_s'>>

const stages: Partial<Record<string, Stage>> = {
  accepted: 'repair_assigned',
  en_route: 'repair_en_route',
  on_site: 'repair_on_site',
}

const secondsOf = (instant: string): number => Date.parse(instant) / 1000

/** A suspicion is told to nobody and has no estimate, and a hazard cuts nobody off. */
const counts = ({ status, hazard }: Standing): boolean => status !== 'suspected' && status !== 'cancelled' && !hazard

/** A person's word stays what was said last, whatever the model says after it has run out. */
function knownFrom({ customers_out, cause, estimate, assignments }: Standing, before: Known | null): Known {
  const lead = assignments.find(({ role, status }) => role === 'lead' && stages[status] !== undefined)
  const isPersons = estimate !== null && (estimate.source === 'crew' || estimate.source === 'dispatcher')
  return {
    customers: customers_out,
    stage: stages[lead?.status ?? ''] ?? 'unknown',
    cause: cause === null ? 'unknown' : causeOf(cause),
    said_at_s: isPersons ? secondsOf(estimate.at) : (before?.said_at_s ?? null),
    crew_at_s: lead?.arrives_at && lead.status !== 'on_site' ? secondsOf(lead.arrives_at) : null,
  }
}

/** What `facts` add at `at_s` to what was known; no revision where nothing did. */
export function reviseBy(
  before: Known | null,
  facts: Standing,
  at_s: number,
): { known: Known; revision: Revision | null } {
  const known = knownFrom(facts, before)
  const isSame = before && Object.entries(known).every(([name, value]) => before[name as keyof Known] === value)
  return { known, revision: isSame ? null : { at_s, ...known } }
}

export type Course = { incident: PastIncident; known: Known }

/** Where and since when: what a watch is told beside each revision. */
export const placeOf = ({ id, started_at, location }: Standing) => ({
  id,
  started_s: secondsOf(started_at),
  lon: location.lon,
  lat: location.lat,
})

/** The course of one incident out of its steps in order; null where there was no loss of supply, or only the suspicion of one. */
export function courseOf(steps: Step[]): Course | null {
  const last = steps.at(-1)?.facts
  if (!last || !counts(last)) return null
  const isBack = last.restored_at !== null && (last.status === 'restored' || last.status === 'closed')
  const ended_s = isBack ? secondsOf(last.restored_at!) : steps.at(-1)!.at_s
  const revisions: Revision[] = []
  let known: Known | null = null
  for (const { at_s, facts } of steps) {
    // The step that tells of the return is no moment of the time before it.
    if ((isBack && at_s >= ended_s) || (known === null && !counts(facts))) continue
    const revised = reviseBy(known, facts, at_s)
    known = revised.known
    if (revised.revision) revisions.push(revised.revision)
  }
  if (!known) return null
  const incident = {
    ...placeOf(last),
    revisions,
    ended_s,
    open: !isBack,
    planned: known.cause === 'planned',
    ...(last.district_code === null ? {} : { district: last.district_code }),
    equipment_kind: last.equipment.kind,
  }
  return { incident, known }
}
