// Reading one assignment, and telling of its steps.
import type { AssignmentView } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import { tellCrew } from '../crews/index.ts'
import type { Queries, Transaction } from '../database/index.ts'
import { tellStep } from '../incidents/index.ts'
import { appendEvent } from '../live/index.ts'
import type { DispatchDeps } from './candidates.ts'

export type AssignmentRow = { view: AssignmentView; offered_by: string; last_at: Date }

/** One assignment; throws Refusal `not_found`. */
export async function readAssignment(queries: Queries, id: string): Promise<AssignmentRow> {
  const row = await queries.maybe<AssignmentRow>('dispatch/read_assignment', { id })
  if (!row) throw new Refusal('not_found', { zh: `没有工单 ${id}`, en: `There is no assignment ${id}` })
  return row
}

/** Appends the events of an assignment's step: its own, the incident's and the crew's. */
export async function tellAssignment(
  deps: DispatchDeps,
  transaction: Transaction,
  id: string,
  step: string,
  actor: string,
): Promise<AssignmentView> {
  const { view } = await readAssignment(transaction, id)
  await appendEvent(transaction, {
    name: 'assignment',
    step,
    subject_id: id,
    incident_id: view.incident_id,
    actor,
    data: view,
  })
  await tellStep({ transaction, actor }, view.incident_id, `crew_${step}`)
  await tellCrew(transaction, view.crew_id, step, actor, deps.now())
  return view
}
