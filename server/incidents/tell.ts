// What customers are owed at each step of an incident: written to the outbox in the transaction of the step itself.
import type { IncidentSummary } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'

/** Owed once it is more than a suspicion. */
export async function tellKnown(_transaction: Transaction, _incident: IncidentSummary, _now: Date): Promise<void> {}
