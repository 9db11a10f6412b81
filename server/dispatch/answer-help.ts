// Answers requests for help: by a crew offered in support, or by a dispatcher's word.
import type { Transaction } from '../database/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { tellAssignment } from './tell-assignment.ts'

/** Answers request `id`, or all open ones of an incident, and tells each crew that asked; answers how many there were. */
export async function answerHelp(
  deps: DispatchDeps,
  transaction: Transaction,
  which: { id: string | null; incident_id: string | null },
  actor: string,
): Promise<number> {
  const rows = await transaction.rows<{ assignment_id: string }>('dispatch/answer_help', {
    ...which,
    at: deps.now(),
    by: actor,
  })
  for (const { assignment_id } of rows) await tellAssignment(deps, transaction, assignment_id, 'help_answered', actor)
  return rows.length
}
