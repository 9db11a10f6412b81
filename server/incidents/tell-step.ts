// Tells a step of an incident: to the event log, and to its customers where they may hear of it.
import type { IncidentStatus, IncidentSummary } from '../contract/incidents.ts'
import { estimateFor } from './estimator.ts'
import type { Settling } from './settling.ts'
import { tellKnown } from './tell.ts'

type Telling = Pick<Settling, 'transaction' | 'actor'>
type Summarised = { summary: IncidentSummary }

/** What decides whether customers hear of a step, and whether they want a first estimate with it. */
export type Announced = { status: IncidentStatus; hazard?: boolean; estimated?: boolean }

/** Tells a step that customers may hear of: with its first estimate, so that they are told once and whole. */
export async function announce(
  settling: Settling,
  id: string,
  step: string,
  { status, hazard = false, estimated = false }: Announced,
): Promise<IncidentSummary> {
  const { transaction, now } = settling
  if (status === 'suspected' || hazard) return tellStep(settling, id, step)
  if (!estimated) await estimateFirst(settling, id)
  tellKnown(transaction, id, now)
  return tellStep(settling, id, step)
}

async function estimateFirst({ transaction, model, now }: Settling, id: string): Promise<void> {
  const { summary } = await transaction.one<Summarised>('incidents/read_summary', { id })
  const estimate = summary.estimate ? null : estimateFor(model.estimator, summary, now, null)
  if (estimate) transaction.send('incidents/put_estimate', { id, ...estimate, now })
}

/** Appends the incident's event, with the incident as it stands now. */
export async function tellStep({ transaction, actor }: Telling, id: string, step: string): Promise<IncidentSummary> {
  const { summary } = await transaction.one<Summarised>('incidents/tell_step', { id, step, actor })
  transaction.hint()
  return summary
}
