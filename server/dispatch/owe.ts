// What customers are owed when a crew sets out.
import type { AssignmentView } from '../contract/assignments.ts'
import type { Transaction } from '../database/index.ts'

export async function oweCrewOnItsWay(
  _transaction: Transaction,
  _assignment: AssignmentView,
  _now: Date,
): Promise<void> {}
