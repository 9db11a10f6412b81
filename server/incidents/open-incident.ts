// Opens an incident, with everything that begins with it.
import type { IncidentReceipt, IncidentStatus, IncidentSummary, NextCheck } from '../contract/incidents.ts'
import { createId } from '../database/index.ts'
import { namesOf, type Device, type Extent } from './extent.ts'
import { sectionOf } from './grid-model.ts'
import type { Settling } from './settling.ts'
import { announce } from './tell-step.ts'

export type Opening = {
  /** Where it has been given one already. */
  id?: string
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
  /** Who took the first report, who stays answerable (首问责任制); without one, whoever settles. */
  taker?: string | null
  /** The report of a hazard: it is counted to the incident and goes no further. */
  report?: { id: string; transformer_id: string; service_point_id: string | null }
}

/** Opens an incident with its interruptions, its evidence and its event; what customers are owed goes with it. */
export function openIncident(settling: Settling, opening: Opening): Promise<IncidentSummary> {
  const { transaction, model, now, actor } = settling
  const id = opening.id ?? createId('inc')
  const names = namesOf(model, opening.extent)
  transaction.send('incidents/open_incident', {
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
    call_taker: opening.taker ?? actor,
    cause: opening.cause ?? null,
    now,
  })
  if (opening.report) countReport(settling, id, opening, opening.report)
  if (!opening.hazard) {
    supposeOut(settling, id, names, opening.startedAt, opening.parentId ?? null)
    countEvidence(settling, id, opening.device.id, names)
  }
  return announce(settling, id, 'opened', opening)
}

function countReport(
  { transaction, model }: Settling,
  incident_id: string,
  { startedAt, extent }: Opening,
  { id, ...place }: NonNullable<Opening['report']>,
): void {
  const section = sectionOf(model, extent.transformers[0]!)
  const piece = { section, kind: 'report', at: startedAt, cleared_at: startedAt, report_id: id, incident_id, ...place }
  transaction.send('incidents/add_evidence', { pieces: JSON.stringify([{ ...piece, symptom: 'hazard' }]) })
}

export type Names = { transformers: string[]; points: string[] | null }

/** Says that exactly these customers are out by the incident. */
export function supposeOut(settling: Settling, id: string, names: Names, at: Date, parentId: string | null): void {
  settling.transaction.send('incidents/set_interruptions', {
    incident_id: id,
    act: 'suppose',
    transformers: names.transformers,
    points: names.points,
    at,
    parent_id: parentId,
  })
}

/** Counts what was heard on the incident's ground to it. */
export function countEvidence(
  { transaction, sections }: Settling,
  id: string,
  equipmentId: string,
  names: Names,
): void {
  transaction.send('incidents/count_evidence_to', {
    incident_id: id,
    equipment_id: equipmentId,
    sections: sections.map(({ name }) => name),
    transformers: names.transformers,
    points: names.points,
  })
}
