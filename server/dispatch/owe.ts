// What customers are owed when a crew sets out, and when it does not come after all.
import type { AssignmentView } from '../contract/assignments.ts'
import type { Transaction } from '../database/index.ts'
import { oweCrewChanged, oweCrewOnWay } from '../notifications/index.ts'

/** Tells all who are out by the incident that `assignment`'s crew has set out, and when it should be there. */
export async function oweCrewOnItsWay(transaction: Transaction, assignment: AssignmentView, now: Date): Promise<void> {
  if (assignment.role === 'lead') await oweCrewOnWay(transaction, assignment.incident_id, assignment.id, now)
}

const told: readonly string[] = ['en_route', 'on_site']

/** Corrects what was told of a crew that was under way, or there, `before` it was taken off. */
export async function oweCrewGone(transaction: Transaction, before: AssignmentView, now: Date): Promise<void> {
  if (before.role !== 'lead' || !told.includes(before.status)) return
  await oweCrewChanged(transaction, before.incident_id, before.id, now)
}
