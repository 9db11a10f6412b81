// What customers are owed when a crew sets out.
import type { AssignmentView } from '../contract/assignments.ts'
import type { Estimate } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { wordsOfEstimate } from '../incidents/index.ts'
import { oweCrewOnWay } from '../notifications/index.ts'

/** Tells all who are out by the incident that `assignment`'s crew has set out, and when it should be there. */
export async function oweCrewOnItsWay(transaction: Transaction, assignment: AssignmentView, now: Date): Promise<void> {
  if (assignment.role !== 'lead') return
  const { summary } = await transaction.one<{ summary: { estimate: Estimate | null } }>('incidents/read_summary', {
    id: assignment.incident_id,
  })
  await oweCrewOnWay(
    transaction,
    { id: assignment.incident_id, estimate: wordsOfEstimate(summary.estimate) },
    {
      id: assignment.id,
      crewName: assignment.crew_name,
      arrivesAt: assignment.arrives_at === null ? null : new Date(assignment.arrives_at),
    },
    now,
  )
}
