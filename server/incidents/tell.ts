// What customers are owed at each step of an incident: written to the outbox in the transaction of the step itself.
import type { IncidentSummary } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'

/** Owed once it is more than a suspicion. */
export async function tellKnown(_transaction: Transaction, _incident: IncidentSummary, _now: Date): Promise<void> {}

/** Owed to those whose supply came back at `at`. */
export async function tellRestored(
  _transaction: Transaction,
  _incident: IncidentSummary,
  _at: Date,
  _now: Date,
): Promise<void> {}

/** Owed when the estimate really changed. */
export async function tellEstimate(_transaction: Transaction, _incident: IncidentSummary, _now: Date): Promise<void> {}
