// What customers are owed at each step of an incident: written to the outbox in the transaction of the step itself.
import type { Estimate, IncidentSummary } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { oweEstimateChanged, oweOutageKnown, oweRestored } from '../notifications/index.ts'

/** Owed once it is more than a suspicion, those told before get no second message as it grows; or its correction once it is cancelled. */
export function tellKnown(transaction: Transaction, incidentId: string, now: Date): void {
  oweOutageKnown(transaction, incidentId, now)
}

/** Owed to those whose supply came back in this step. */
export async function tellRestored(transaction: Transaction, incident: IncidentSummary, now: Date): Promise<void> {
  await oweRestored(transaction, { id: incident.id }, now)
}

/** Owed when the estimate really changed; the first one came with the news of the outage or is news itself. */
export async function tellEstimate(
  transaction: Transaction,
  incident: IncidentSummary,
  before: Estimate | null,
  now: Date,
): Promise<void> {
  const { id, estimate, customers_out } = incident
  if (!estimate || before?.at === estimate.at || customers_out === 0) return
  await oweEstimateChanged(transaction, id, new Date(estimate.at), now)
}
