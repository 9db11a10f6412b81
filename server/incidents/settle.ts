// Settles one unit of the network: what the model infers from the evidence becomes incidents, and those that stand are moved,
// swallowed or withdrawn. Everything is in the caller's transaction, under the sections' lock.
import type { IncidentReceipt, IncidentStatus, IncidentSummary, NextCheck } from '../contract/incidents.ts'
import { createId, type Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { hearUnit, type Dark, type EvidenceRow } from './engine.ts'
import { explainerOf, type Explainer } from './explain.ts'
import { deviceOf, extentOf, findDevice, namesOf, type Device, type Extent } from './extent.ts'
import { sectionOf, type GridModel, type SectionRow } from './grid-model.ts'
import type { DeviceRef } from './inference/index.ts'
import { estimateFor } from './estimator.ts'
import { groupHouseholds } from './group-households.ts'
import { reconcile, type Inferred, type Standing } from './reconcile.ts'
import { inferredStatus, isWorthOpening, movableStates } from './rules.ts'
import { tellKnown } from './tell.ts'

export type StandingRow = {
  id: string
  status: IncidentStatus
  hazard: boolean
  equipment_id: string
  equipment_kind: Device['kind']
  probability: number
  started_at: Date
  has_crew: boolean
  parent_id: string | null
}

export type Settling = { transaction: Transaction; model: GridModel; sections: SectionRow[]; now: Date; actor: string }

/** Settles `unit`; answers with the incidents that changed, by the event each got. */
export async function settleUnit(settling: Settling, unit: number): Promise<IncidentSummary[]> {
  const { transaction, model, sections, now } = settling
  const rows = await readStanding(settling)
  const known = rows.filter((row) => !row.hazard && !movableStates.includes(row.status))
  const settled = await hearUnit(transaction, model, unit, sections, await readDark(settling, known), now)
  const standing = rows
    .filter((row) => !row.hazard && movableStates.includes(row.status))
    .map((row) => standingOf(model, row))
  const standIns = model.engines.get(unit)?.standIns ?? new Set<number>()
  const explain = explainerOf(model, unit, settled, now)
  const single = settled.incidents.filter(({ told }) => !told).map((incident) => inferredOf(model, incident, standIns))
  const inferred = groupHouseholds(single, (transformer) => model.network.transformers.ids.all[transformer]!)
  const { goesOn, opens, swallowed, unfounded } = reconcile(standing, inferred)
  const changed: IncidentSummary[] = []
  for (const each of swallowed) await swallow(settling, each.standing.id, each.by.id)
  for (const each of unfounded) changed.push(await withdraw(settling, each))
  for (const { standing: each, inferred: next } of goesOn) {
    const before = rows.find((row) => row.id === each.id)!
    const absorbs = swallowed.some(({ by }) => by.id === each.id)
    if (absorbs || isNews(settling, before, next, settled.fresh))
      changed.push(...(await goOn(settling, before, next, explain)))
  }
  for (const each of opens) {
    const again = known.find((row) => row.equipment_id === each.device.id)
    if (again) changed.push(await goOutAgain(settling, again, each))
    else changed.push(...(await openInferred(settling, each, explain)))
  }
  return changed
}

/** What is dark for a known reason: the devices of confirmed incidents; of partly restored ones, the transformers still out. */
async function readDark({ transaction, model }: Settling, known: StandingRow[]): Promise<Dark[]> {
  const dark: Dark[] = []
  for (const row of known) {
    const at = row.started_at.getTime()
    const device = findDevice(model, row.equipment_id)
    if (!device) continue
    if (row.status === 'confirmed') dark.push({ device, at })
    else if (extentOf(model, device).points === null && device.kind !== 'transformer')
      for (const { transformer_id } of await transaction.rows<{ transformer_id: string }>(
        'incidents/read_out_transformers',
        { incident_id: row.id },
      ))
        dark.push({ device: { kind: 'transformer', item: model.network.transformers.ids.find(transformer_id) }, at })
  }
  return dark
}

/** Customers of a partly restored incident are out again, and by the same device: one incident, a second interruption. */
async function goOutAgain(settling: Settling, row: StandingRow, inferred: Inferred): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const names = namesOf(model, inferred.extent)
  await transaction.rows('incidents/set_interruptions', {
    incident_id: row.id,
    act: 'extend',
    transformers: names.transformers,
    points: names.points,
    at: new Date(inferred.incident.firstSignAt || now.getTime()),
    parent_id: null,
  })
  await countEvidence(settling, row.id, row.equipment_id, names)
  await transaction.touch('incidents/clear_evidence', { incident_id: row.id, at: now })
  await transaction.touch('incidents/bump_sections', { names: settling.sections.map(({ name }) => name) })
  model.engines.clear()
  return tellStep(settling, row.id, 'out_again')
}

/** The incidents of the locked sections that somebody is out by. */
export function readStanding({ transaction, sections }: Settling): Promise<StandingRow[]> {
  return transaction.rows<StandingRow>('incidents/read_standing', { sections: sections.map(({ name }) => name) })
}

function standingOf(model: GridModel, row: StandingRow): Standing {
  const device = findDevice(model, row.equipment_id)
  return {
    id: row.id,
    device: { id: row.equipment_id, kind: row.equipment_kind },
    extent: device ? extentOf(model, device) : { transformers: [], points: null },
    startedAt: row.started_at,
    hasCrew: row.has_crew,
  }
}

/** A household that only stands in for a caller is not what failed: as far as anyone knows it is something at its transformer. */
function inferredOf(model: GridModel, incident: Inferred['incident'], standIns: Set<number>): Inferred {
  const { kind, item } = incident.device
  const unknown = kind === 'service_point' && standIns.has(item)
  const device: DeviceRef = unknown
    ? { kind: 'transformer', item: model.network.servicePoints.transformer[item]! }
    : incident.device
  return { device: deviceOf(model, device), extent: extentOf(model, device), incident }
}

function rivalsOf(model: GridModel, { incident }: Inferred) {
  return incident.rivals.map(({ device, probability }) => ({ equipment_id: deviceOf(model, device).id, probability }))
}

function statusOf({ now }: Settling, { incident }: Inferred, startedAt: Date): IncidentStatus {
  return inferredStatus({
    told: incident.told,
    probability: incident.probability,
    startedAt,
    now,
    callers: incident.evidenceCount,
  })
}

async function openInferred(settling: Settling, inferred: Inferred, explain: Explainer): Promise<IncidentSummary[]> {
  const { probability, told } = inferred.incident
  const receipts = explain.receipts(inferred.incident)
  if (!isWorthOpening({ probability, told, isReported: receipts.some(({ kind }) => kind === 'report') })) return []
  const parent = await findParent(settling, inferred.extent)
  const signAt = new Date(Math.min(inferred.incident.firstSignAt || settling.now.getTime(), settling.now.getTime()))
  const startedAt = parent?.started_at ?? signAt
  const opened = await openIncident(settling, {
    device: inferred.device,
    extent: inferred.extent,
    parentId: parent?.id ?? null,
    status: statusOf(settling, inferred, startedAt),
    probability: inferred.incident.probability,
    rivals: rivalsOf(settling.model, inferred),
    receipts,
    nextCheck: explain.nextCheck(inferred.incident),
    startedAt,
  })
  return [opened]
}

/** The incident that was restored for those who now say they are still out: theirs is nested in it, from its first minute. */
function findParent(
  { transaction, model, sections, now }: Settling,
  extent: Extent,
): Promise<{ id: string; started_at: Date } | null> {
  const { transformers, points } = namesOf(model, extent)
  return transaction.maybe('incidents/find_parent', {
    sections: sections.map(({ name }) => name),
    transformers,
    points,
    now,
  })
}

export type Opening = {
  device: Device
  extent: Extent
  status: IncidentStatus
  probability: number
  rivals: { equipment_id: string; probability: number }[]
  receipts?: IncidentReceipt[]
  nextCheck?: NextCheck | null
  startedAt: Date
  parentId?: string | null
  hazard?: boolean
  cause?: string | null
}

/** Opens an incident with its interruptions, its evidence and its event; what customers are owed goes with it. */
export async function openIncident(settling: Settling, opening: Opening): Promise<IncidentSummary> {
  const { transaction, model, now, actor } = settling
  const id = createId('inc')
  const names = namesOf(model, opening.extent)
  await transaction.touch('incidents/open_incident', {
    id,
    status: opening.status,
    hazard: opening.hazard ?? false,
    equipment_id: opening.device.id,
    equipment_kind: opening.device.kind,
    section: sectionOf(model, opening.extent.transformers[0]!),
    transformer_ids: names.transformers,
    probability: opening.probability,
    rivals: JSON.stringify(opening.rivals),
    receipts: JSON.stringify(opening.receipts ?? []),
    next_check: opening.nextCheck ? JSON.stringify(opening.nextCheck) : null,
    started_at: opening.startedAt,
    parent_id: opening.parentId ?? null,
    call_taker: actor,
    cause: opening.cause ?? null,
    now,
  })
  if (!opening.hazard) await supposeOut(settling, id, names, opening.startedAt, opening.parentId ?? null)
  await countEvidence(settling, id, opening.device.id, names)
  return announce(settling, id, 'opened')
}

type Names = { transformers: string[]; points: string[] | null }

async function supposeOut(
  settling: Settling,
  id: string,
  names: Names,
  at: Date,
  parentId: string | null,
): Promise<void> {
  await settling.transaction.rows('incidents/set_interruptions', {
    incident_id: id,
    act: 'suppose',
    transformers: names.transformers,
    points: names.points,
    at,
    parent_id: parentId,
  })
}

async function countEvidence(
  { transaction, sections }: Settling,
  id: string,
  equipmentId: string,
  names: Names,
): Promise<number> {
  return transaction.touch('incidents/count_evidence_to', {
    incident_id: id,
    equipment_id: equipmentId,
    sections: sections.map(({ name }) => name),
    transformers: names.transformers,
    points: names.points,
  })
}

/** A probability that moved by less than this is no news: each minute of silence moves it a little. */
const noticedChange = 0.02

/** Whether the standing incident is another one now: moved, more certain, or with something `fresh` heard on its ground. */
function isNews(settling: Settling, before: StandingRow, inferred: Inferred, fresh: EvidenceRow[]): boolean {
  const { probability } = inferred.incident
  if (before.equipment_id !== inferred.device.id || statusOf(settling, inferred, before.started_at) !== before.status)
    return true
  if (Math.abs(probability - before.probability) >= noticedChange) return true
  const ground = new Set(namesOf(settling.model, inferred.extent).transformers)
  return fresh.some(({ transformer_id }) => transformer_id === null || ground.has(transformer_id))
}

/** Carries a standing incident on as the inferred one. */
async function goOn(
  settling: Settling,
  before: StandingRow,
  inferred: Inferred,
  explain: Explainer,
): Promise<IncidentSummary[]> {
  const { transaction, model, now } = settling
  const names = namesOf(model, inferred.extent)
  const status = statusOf(settling, inferred, before.started_at)
  const moved = before.equipment_id !== inferred.device.id
  await countEvidence(settling, before.id, inferred.device.id, names)
  await transaction.touch('incidents/move_incident', {
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
  if (moved || inferred.device.kind === 'transformer')
    await supposeOut(settling, before.id, names, before.started_at, before.parent_id)
  if (!moved && status === before.status) return [await tellStep(settling, before.id, 'evidence')]
  return [await announce(settling, before.id, moved ? 'moved' : status)]
}

/** What was supposed has nothing left to stand on: its interruptions never were, or meters have said that supply is back. */
async function withdraw(settling: Settling, standing: Standing): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const { back_at } = await transaction.one<{ back_at: Date | null }>('incidents/read_back_at', {
    incident_id: standing.id,
    transformers: namesOf(model, standing.extent).transformers,
    since: standing.startedAt,
  })
  const act = back_at ? 'restore' : 'suppose'
  const nobody = { transformers: back_at ? null : [], points: back_at ? null : [] }
  await transaction.rows('incidents/set_interruptions', {
    incident_id: standing.id,
    act,
    ...nobody,
    at: back_at ?? now,
    parent_id: null,
  })
  const status = back_at ? 'restored' : 'cancelled'
  await transaction.touch('incidents/set_status', {
    id: standing.id,
    status,
    from: movableStates,
    at: back_at ?? now,
    now,
  })
  return tellStep(settling, standing.id, back_at ? 'restored' : 'withdrawn')
}

async function swallow(settling: Settling, id: string, into: string): Promise<void> {
  const { transaction, now } = settling
  await transaction.touch('incidents/hand_over_incident', { id, into, now })
  await tellStep(settling, id, 'merged')
}

/** Tells a step that customers may hear of: with its first estimate, so that they are told once and whole. */
export async function announce(settling: Settling, id: string, step: string): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const { summary } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', { id })
  const known = summary.status !== 'suspected' && !summary.hazard
  const estimate = known && !summary.estimate ? estimateFor(model.estimator, summary, now) : null
  if (estimate) await transaction.touch('incidents/put_estimate', { id, ...estimate, now })
  const told = await tellStep(settling, id, step)
  if (known) await tellKnown(transaction, told, now)
  return told
}

/** Appends the incident's event, with the incident as it stands now. */
export async function tellStep(
  { transaction, actor }: Pick<Settling, 'transaction' | 'actor'>,
  id: string,
  step: string,
): Promise<IncidentSummary> {
  const { summary } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', { id })
  await appendEvent(transaction, { name: 'incident', step, subject_id: id, incident_id: id, actor, data: summary })
  return summary
}
