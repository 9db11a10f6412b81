// Goes over the open incidents and publishes the estimates that really changed, or that would otherwise run out unsaid.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { estimateFor } from './estimator.ts'
import { tellStep } from './tell-step.ts'
import { tellEstimate } from './tell.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

/** Incidents looked at in one turn: a storm's worth; the rest follow in the next. */
const atOnce = 2000

/** Publishes what should be; each incident in a transaction of its own, so that none waits for the others. */
export async function refreshEstimates(deps: IncidentDeps): Promise<void> {
  await deps.estimator.follow(deps.now())
  const rows = await deps.database.rows<{ summary: IncidentSummary }>('incidents/list_for_estimates', { limit: atOnce })
  for (const { summary } of rows) if (estimateFor(deps.estimator, summary, deps.now())) await publish(deps, summary.id)
}

async function publish(deps: IncidentDeps, id: string): Promise<void> {
  try {
    await stepIncident(deps, id, 'estimate', 'estimates', async (settling) => {
      const { transaction, now } = settling
      const { summary } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', { id })
      const estimate = estimateFor(deps.estimator, summary, now)
      if (!estimate) return summary
      await transaction.touch('incidents/put_estimate', { id, ...estimate, now })
      const told = await tellStep(settling, id, 'estimate')
      await tellEstimate(transaction, told, summary.estimate, now)
      return told
    })
  } catch (reason) {
    // It was restored or merged while it waited for its turn: nothing is owed any more.
    if (!(reason instanceof Refusal)) throw reason
  }
}
