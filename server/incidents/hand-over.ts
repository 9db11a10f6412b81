// What becomes of an incident's evidence, minutes and crews when it goes up in another or turns out to be none: no crew is left
// on an incident that is over.
import type { AssignmentView, CrewView } from '../contract/assignments.ts'
import { appendEvent } from '../live/index.ts'
import type { Settling } from './settling.ts'

type Handing = Pick<Settling, 'transaction' | 'now' | 'actor'>
type Moved = { id: string }[]

/** Hands all of incident `id` to `into`, its crews too; of the incidents themselves the callers tell. */
export async function handOver(handing: Handing, id: string, into: string): Promise<void> {
  const { transaction, now } = handing
  await transaction.touch('incidents/hand_over_incident', { id, into, now })
  await transaction.rows('incidents/count_interruptions', { incident_id: id })
  await tellCrews(handing, await transaction.rows('incidents/hand_over_assignments', { id, into }), 'moved')
}

/** Puts crews back on the incidents that they were on before step `stepId`. */
export async function putCrewsBack(handing: Handing, stepId: number): Promise<void> {
  await tellCrews(handing, await handing.transaction.rows('incidents/put_back_assignments', { id: stepId }), 'moved')
}

/** Calls the crews on incident `id` off. */
export async function callCrewsOff(handing: Handing, id: string, reason: string): Promise<void> {
  const { transaction, now } = handing
  await tellCrews(handing, await transaction.rows('incidents/withdraw_assignments', { id, reason, now }), 'withdrawn')
}

/** Appends the events of assignments that changed, and of their crews. */
async function tellCrews({ transaction, now, actor }: Handing, moved: Moved, step: string): Promise<void> {
  for (const { id } of moved) {
    const { assignment, crew } = await transaction.one<{ assignment: AssignmentView; crew: CrewView }>(
      'incidents/read_moved_crew',
      { id, now },
    )
    const told = { step, incident_id: assignment.incident_id, actor }
    await appendEvent(transaction, { ...told, name: 'assignment', subject_id: id, data: assignment })
    await appendEvent(transaction, { ...told, name: 'crew', subject_id: crew.id, data: crew })
  }
}
