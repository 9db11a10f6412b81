// What becomes of an incident that stands once the model has thought again: it goes on, out again, into another, or never was.
import type { IncidentStatus, IncidentSummary } from '../contract/incidents.ts'
import { DISCONNECTED, itemsOf } from '../network/index.ts'
import { forgetHeard } from './forget-heard.ts'
import type { Explainer } from './explain.ts'
import { deviceOf, namesOf } from './extent.ts'
import type { GridModel } from './grid-model.ts'
import { handOver } from './hand-over.ts'
import { countEvidence, supposeOut } from './open-incident.ts'
import type { Inferred, Standing } from './reconcile.ts'
import { inferredStatus, movableStates } from './rules.ts'
import type { Settling, StandingRow } from './settling.ts'
import { announce, tellStep } from './tell-step.ts'
import { tellKnown, tellRestored } from './tell.ts'

export function rivalsOf(model: GridModel, { incident }: Inferred) {
  return incident.rivals.map(({ device, probability }) => ({ equipment_id: deviceOf(model, device).id, probability }))
}

export function statusOf({ now }: Settling, { incident }: Inferred, startedAt: Date): IncidentStatus {
  return inferredStatus({
    told: incident.told,
    probability: incident.probability,
    startedAt,
    now,
    callers: incident.evidenceCount,
  })
}

/** A probability that moved by less than this is no news: each minute of silence moves it a little. */
const noticedChange = 0.02

/** Whether the standing incident is another one now: moved, more certain, or with something `fresh` heard on its ground. */
export function isNews(
  settling: Settling,
  before: StandingRow,
  inferred: Inferred,
  fresh: { transformer_id: string | null }[],
): boolean {
  const { probability } = inferred.incident
  if (before.equipment_id !== inferred.device.id || statusOf(settling, inferred, before.started_at) !== before.status)
    return true
  if (Math.abs(probability - before.probability) >= noticedChange) return true
  const ground = new Set(namesOf(settling.model, inferred.extent).transformers)
  return fresh.some(({ transformer_id }) => transformer_id === null || ground.has(transformer_id))
}

/** Carries a standing incident on as the inferred one; `tookIn` where it has swallowed others, whose customers may know nothing yet. */
export function goOn(
  settling: Settling,
  before: StandingRow,
  inferred: Inferred,
  explain: Explainer,
  tookIn: boolean,
): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const names = namesOf(model, inferred.extent)
  const status = statusOf(settling, inferred, before.started_at)
  const moved = before.equipment_id !== inferred.device.id
  countEvidence(settling, before.id, inferred.device.id, names)
  transaction.send('incidents/move_incident', {
    id: before.id,
    status,
    equipment_id: inferred.device.id,
    equipment_kind: inferred.device.kind,
    transformer_ids: names.transformers,
    probability: inferred.incident.probability,
    rivals: JSON.stringify(rivalsOf(model, inferred)),
    receipts: JSON.stringify(explain.receipts(inferred.incident)),
    next_check: JSON.stringify(explain.nextCheck(inferred.incident)),
    started_at: new Date(inferred.incident.firstSignAt || before.started_at.getTime()),
    now,
  })
  // A transformer's incident may grow from those who called to all of its customers without changing its name.
  const grows = moved || (inferred.device.kind === 'transformer' && !isWhole(model, before, inferred))
  if (grows) supposeOut(settling, before.id, names, before.started_at, before.parent_id)
  const isSame = !moved && status === before.status
  if (isSame && !grows && !tookIn) return tellStep(settling, before.id, 'evidence')
  return announce(settling, before.id, moved ? 'moved' : isSame ? 'evidence' : status, {
    status,
    hazard: before.hazard,
    estimated: before.estimated,
  })
}

/** Whether all of a transformer's customers are out by the incident already, so that it cannot grow. */
function isWhole({ network }: GridModel, before: StandingRow, { extent }: Inferred): boolean {
  const [transformer] = extent.transformers
  if (extent.points !== null || transformer === undefined) return false
  const connected = [...itemsOf(network.servicePointsOf, transformer)].filter(
    (point) => (network.servicePoints.flags[point]! & DISCONNECTED) === 0,
  )
  return before.customers_out === connected.length && before.customers_affected === connected.length
}

/**
 * What was supposed has nothing left to stand on: meters have said that supply is back, their own or, `nearbyAt`, their neighbours',
 * or its interruptions never were. A crew that is on it finds out for itself: the model withdraws nothing under its feet. Customers who
 * may have heard of the outage (not of a mere suspicion) hear of its end.
 */
export async function withdraw(
  settling: Settling,
  standing: Standing,
  before: IncidentStatus,
  nearbyAt: Date | null,
): Promise<IncidentSummary[]> {
  const { transaction, model, now } = settling
  const { back_at } = await transaction.one<{ back_at: Date | null }>('incidents/read_back_at', {
    incident_id: standing.id,
    transformers: namesOf(model, standing.extent).transformers,
    since: standing.startedAt,
  })
  if (!back_at && standing.hasCrew) return []
  const backAt = back_at ?? nearbyAt
  transaction.send('incidents/set_interruptions', {
    incident_id: standing.id,
    act: backAt ? 'restore' : 'suppose',
    transformers: backAt ? null : [],
    points: backAt ? null : [],
    at: backAt ?? now,
    parent_id: null,
  })
  transaction.send('incidents/set_status', {
    id: standing.id,
    status: backAt ? 'restored' : 'cancelled',
    from: movableStates,
    at: backAt ?? now,
    now,
  })
  // Who was heard then and is heard again tells of something new: it began with the new word, not with the old one.
  if (backAt) forgetHeard(settling, standing.id)
  const summary = await tellStep(settling, standing.id, backAt ? 'restored' : 'withdrawn')
  if (before !== 'suspected') {
    if (backAt) await tellRestored(transaction, summary, now)
    else tellKnown(transaction, standing.id, now)
  }
  return [summary]
}

export async function swallow(settling: Settling, id: string, into: string): Promise<void> {
  await handOver(settling, id, into)
  await tellStep(settling, id, 'merged')
}

/** Customers of a partly restored incident are out again, and by the same device: one incident, a second interruption. */
export async function goOutAgain(settling: Settling, row: StandingRow, inferred: Inferred): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const names = namesOf(model, inferred.extent)
  transaction.send('incidents/set_interruptions', {
    incident_id: row.id,
    act: 'extend',
    transformers: names.transformers,
    points: names.points,
    at: new Date(inferred.incident.firstSignAt || now.getTime()),
    parent_id: null,
  })
  countEvidence(settling, row.id, row.equipment_id, names)
  forgetHeard(settling, row.id)
  return announce(settling, row.id, 'out_again', { status: row.status, estimated: row.estimated })
}
