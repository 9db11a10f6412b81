// Goes over the open incidents and publishes the estimates that really changed, or that would otherwise run out unsaid.
import { setImmediate } from 'node:timers/promises'
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { estimateFor } from './estimator.ts'
import { outStates } from './rules.ts'
import { tellStep } from './tell-step.ts'
import { tellEstimate } from './tell.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

/** Open incidents counted on: a great storm's. */
const mostOpen = 5000
/**
 * Looked at in one turn. What is known of one takes a storm's thousands to be gone over, a millisecond or two: of 2,000 each has its
 * turn within two minutes, and whose time has run out within one turn or two.
 */
const looksATurn = 300
/** Summaries read at once. */
const atOnce = 25

type Said = { summary: IncidentSummary; estimate_said_at: Date | null }

export type Due = { id: string; is_due: boolean }

/**
 * Whose turn it is: who was not looked at for longest, at most half of them before their turn because nothing that still stands was
 * said of them. No more than half: of some nothing may be said for hours, and the others wait for them.
 */
export function takeTurn(open: Due[], looked: ReadonlyMap<string, number>, most = looksATurn): string[] {
  const longest = open.toSorted((a, b) => (looked.get(a.id) ?? 0) - (looked.get(b.id) ?? 0))
  const due = longest.filter(({ is_due }) => is_due).slice(0, most >> 1)
  return [...new Set([...due, ...longest].map(({ id }) => id))].slice(0, most)
}

/** Publishes what should be; each incident in a transaction of its own, so that none waits for the others. */
export async function refreshEstimates(deps: IncidentDeps): Promise<void> {
  const { database, estimator } = deps
  await estimator.follow(deps.now())
  const open = await database.rows<Due>('incidents/list_for_estimates', { now: deps.now(), limit: mostOpen })
  const turn = takeTurn(open, estimator.looked)
  const looked = deps.now().getTime()
  estimator.looked = new Map(open.map(({ id }) => [id, estimator.looked.get(id) ?? 0]))
  for (let from = 0; from < turn.length; from += atOnce) {
    const ids = turn.slice(from, from + atOnce)
    for (const { summary, estimate_said_at } of await database.rows<Said>('incidents/read_summaries', { ids })) {
      estimator.looked.set(summary.id, looked)
      if (!outStates.includes(summary.status)) continue
      // Reports are answered between two of them.
      await setImmediate()
      if (estimateFor(estimator, summary, deps.now(), estimate_said_at)) await publish(deps, summary.id)
    }
  }
}

async function publish(deps: IncidentDeps, id: string): Promise<void> {
  try {
    await stepIncident(deps, id, 'estimate', 'estimates', async (settling) => {
      const { transaction, now } = settling
      const { summary, estimate_said_at } = await transaction.one<Said>('incidents/read_summaries', { ids: [id] })
      const estimate = estimateFor(deps.estimator, summary, now, estimate_said_at)
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
