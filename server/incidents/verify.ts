// Whether supply is really back: a restored incident is verified by what meters and customers of its area answer, by their
// silence once a limit has passed, or by a dispatcher. The rule is pure; the loop asks it of every incident not verified yet.
import type { IncidentSummary, Verifier } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Transaction } from '../database/index.ts'
import { tellStep } from './tell-step.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

/** What was heard of a restored incident's customers: each one's newest word counts once. */
export type Heard = {
  restored_at: Date
  customers: number
  transformers: number
  back: number
  dark: number
  /** Transformers with somebody who has supply. */
  transformers_back: number
  /** Whether an incident nested in it is open. */
  still_out: boolean
}

/** One answer may be a neighbour's mistake; three that agree are not. */
const answersNeeded = 3
/** Of those who answer, so many must have supply: one meter in 1,000 gasps falsely, and a fuse left open darkens more than a fifth. */
const backShare = 0.8
/** Answers from one street say nothing of the next: half of the transformers must be heard from. */
const transformerShare = 0.5
/** Most of those who call do so within half an hour: whoever is still out would have. */
const silence_ms = 30 * 60_000

/** Who verifies it now, or null while it is open: somebody still out, too few answers, too early for silence. */
export function verifierOf(heard: Heard, now: Date): Exclude<Verifier, 'dispatcher'> | null {
  const { customers, transformers, back, dark } = heard
  if (heard.still_out) return null
  const enough = back >= Math.min(answersNeeded, Math.max(customers, 1))
  const isSpread = heard.transformers_back >= transformers * transformerShare
  if (enough && isSpread && back >= (back + dark) * backShare) return 'answers'
  return dark === 0 && now.getTime() - heard.restored_at.getTime() >= silence_ms ? 'silence' : null
}

/** Incidents looked at in one statement, and statements in one turn: a storm's worth; the rest follow in the next turn. */
const [pageSize, pagesAtOnce] = [100, 20]

/** Verifies what can be verified; each in a transaction of its own. */
export async function verifyRestorations(deps: IncidentDeps): Promise<void> {
  let last: { id: string; restored_at: Date } | undefined
  for (let page = 0; page < pagesAtOnce; page++) {
    const now = deps.now()
    const rows: (Heard & { id: string })[] = await deps.database.rows('incidents/list_unverified', {
      now,
      after: last?.restored_at ?? null,
      after_id: last?.id ?? null,
      limit: pageSize,
    })
    for (const row of rows) {
      const verifier = verifierOf(row, now)
      if (verifier) await verifyUnlessDone(deps, row.id, verifier)
    }
    last = rows[pageSize - 1]
    if (!last) return
  }
}

async function verifyUnlessDone(deps: IncidentDeps, id: string, by: Verifier): Promise<void> {
  try {
    await verifyIncident(deps, id, by, 'verification')
  } catch (reason) {
    // Another server was first, or it was closed meanwhile.
    if (!(reason instanceof Refusal)) throw reason
  }
}

/** Throws Refusal while customers of the restored incident are still out by one that is nested in it. */
export async function refuseStillOut(transaction: Transaction, id: string): Promise<void> {
  const nested = await transaction.maybe<{ number: number }>('incidents/read_still_out', { id })
  if (nested)
    throw new Refusal('out_of_order', {
      zh: `停电事件 ${id} 的用户说仍未来电：请先让第 ${nested.number} 号事件复电，或取消它`,
      en: `Customers of incident ${id} say that they are still out: incident No. ${nested.number} is restored or cancelled first`,
    })
}

/** Notes that all have supply again; throws Refusal where it is not restored, was verified before, or somebody is still out. */
export function verifyIncident(deps: IncidentDeps, id: string, by: Verifier, actor: string): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'verify', actor, async (settling) => {
    const { transaction, now } = settling
    await refuseStillOut(transaction, id)
    const noted = await transaction.touch('incidents/put_verified', { id, verified_by: by, now })
    if (noted === 0)
      throw new Refusal('conflict', { zh: `停电事件 ${id} 已经核实过`, en: `Incident ${id} is verified already` })
    return tellStep(settling, id, 'verified')
  })
}

export type SupplyAnswer = {
  incident_id: string
  service_point_id: string
  has_supply: boolean
  at: Date
  said_by: string
}

/** Keeps what a customer of a restored incident answers; the rule weighs it within a minute. "No" must be reported besides. */
export async function takeSupplyAnswer(transaction: Transaction, answer: SupplyAnswer): Promise<void> {
  await transaction.touch('incidents/put_supply_answer', answer)
}
