// Tells a step of an incident: to the event log, and to its customers where they may hear of it.
import type { IncidentSummary } from '../contract/incidents.ts'
import { appendEvent } from '../live/index.ts'
import { estimateFor } from './estimator.ts'
import type { Settling } from './settling.ts'
import { tellKnown } from './tell.ts'

/** Tells a step that customers may hear of: with its first estimate, so that they are told once and whole. */
export async function announce(settling: Settling, id: string, step: string): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const { summary } = await transaction.one<Summarised>('incidents/read_summary', { id })
  const known = summary.status !== 'suspected' && !summary.hazard
  const estimate = known && !summary.estimate ? estimateFor(model.estimator, summary, now) : null
  const estimated = estimate
    ? await transaction.one<Summarised>('incidents/put_estimate', { id, ...estimate, now })
    : { summary }
  const told = await appendStep(settling, id, step, estimated.summary)
  if (known) await tellKnown(transaction, told, now)
  return told
}

/** Appends the incident's event, with the incident as it stands now. */
export async function tellStep(
  settling: Pick<Settling, 'transaction' | 'actor'>,
  id: string,
  step: string,
): Promise<IncidentSummary> {
  const { summary } = await settling.transaction.one<Summarised>('incidents/read_summary', { id })
  return appendStep(settling, id, step, summary)
}

type Summarised = { summary: IncidentSummary }

async function appendStep(
  { transaction, actor }: Pick<Settling, 'transaction' | 'actor'>,
  id: string,
  step: string,
  summary: IncidentSummary,
): Promise<IncidentSummary> {
  await appendEvent(transaction, { name: 'incident', step, subject_id: id, incident_id: id, actor, data: summary })
  return summary
}
