// Hands an assignment over to another crew: the one ends, the other is offered in the same transaction, and the note that
// goes with it stays with the incident.
import type { AssignmentView } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import { assignmentStatusZh } from '../contract/status-words.ts'
import { offerWithin } from './assign.ts'
import type { DispatchDeps } from './candidates.ts'
import { oweCrewGone } from './owe.ts'
import { activeStates } from './rules.ts'
import { readAssignment, tellAssignment } from './tell-assignment.ts'

/** Answers the new assignment; where the other crew cannot be sent, nothing changes. */
export function handOver(
  deps: DispatchDeps,
  id: string,
  to: { crew_id: string; note: string },
  actor: string,
): Promise<AssignmentView> {
  return deps.database.transaction(async (transaction) => {
    const { view } = await readAssignment(transaction, id)
    if (view.crew_id === to.crew_id)
      throw new Refusal('unprocessable', {
        zh: `工单 ${id} 已在班组 ${to.crew_id} 手上：请选别的班组`,
        en: `Crew ${to.crew_id} has assignment ${id} already: name another crew`,
      })
    const moved = await transaction.touch('dispatch/step_assignment', {
      id,
      from: activeStates,
      to: 'withdrawn',
      at: deps.now(),
      reason: `handed over to ${to.crew_id}: ${to.note}`,
      findings: null,
    })
    if (moved === 0)
      throw new Refusal('out_of_order', {
        zh: `工单 ${id} 的状态是“${assignmentStatusZh[view.status]}”：只有班组正在处理的才能移交`,
        en: `Assignment ${id} is ${view.status}: only one that a crew is on can be handed over`,
      })
    await transaction.touch('incidents/add_note', {
      incident_id: view.incident_id,
      actor,
      kind: 'hand_over',
      body: JSON.stringify({ assignment_id: id, from: view.crew_id, to: to.crew_id, note: to.note }),
    })
    await tellAssignment(deps, transaction, id, 'handed_over', actor)
    await oweCrewGone(transaction, view, deps.now())
    return offerWithin(
      deps,
      transaction,
      view.incident_id,
      { crew_id: to.crew_id, role: view.role, handed_from: id, by_person: true },
      actor,
    )
  })
}
