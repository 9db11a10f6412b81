// Under a section's lock: brings the unit's inference engine up to what the database holds, and asks it.
import type { Transaction } from '../database/index.ts'
import type { DeviceRef, Evidence } from './inference/evidence.ts'
import { itemsOf } from '../network/index.ts'
import { addEvidence, createFeederInference, reweigh, settle, type Settled } from './inference/feeder-inference.ts'
import { weightsInStorm } from './inference/storm.ts'
import { followSections, sectionsOfUnit, type Engine, type GridModel, type SectionRow } from './grid-model.ts'

export type EvidenceRow = {
  id: number
  kind: 'report' | 'power_off' | 'power_on' | 'telemetry' | 'crew' | 'dispatcher'
  at: Date
  service_point_id: string | null
  transformer_id: string | null
  equipment_id: string | null
  state: 'open' | 'closed' | null
  commanded: boolean | null
  symptom: 'no_power' | 'part_power' | 'dim' | 'hazard' | null
}

/** Locks the sections by name; held to the end of the transaction. */
export async function lockSections(transaction: Transaction, names: string[]): Promise<SectionRow[]> {
  const rows = await transaction.rows<SectionRow>('incidents/lock_sections', { names })
  if (rows.length === names.length) return rows
  await transaction.touch('incidents/make_sections', { names })
  return transaction.rows<SectionRow>('incidents/lock_sections', { names })
}

/** The unit that feeds `transformer`, its sections locked, its supply as the database has it. */
export async function lockUnit(
  transaction: Transaction,
  model: GridModel,
  transformer: number,
): Promise<{ unit: number; sections: SectionRow[] }> {
  for (;;) {
    const unit = model.units.unitOf[transformer]!
    const sections = await lockSections(transaction, sectionsOfUnit(model, unit))
    if (model.engines.get(unit)?.epochs !== epochsOf(sections)) model.engines.delete(unit)
    await followSections(transaction, model, sections)
    // Switching may have moved the transformer to another unit while this one waited for the lock.
    if (model.units.unitOf[transformer] === unit) return { unit, sections }
  }
}

function epochsOf(sections: SectionRow[]): string {
  return sections.map(({ name, epoch }) => `${name}:${epoch}`).join(' ')
}

/** A device known to be open, and since when. */
export type Dark = { device: DeviceRef; at: number }

/**
 * Hears what came since the last time, or everything where the engine is new: `fresh`. `dark` is what is known to be open
 * already.
 */
export async function hearUnit(
  transaction: Transaction,
  model: GridModel,
  unit: number,
  sections: SectionRow[],
  dark: Dark[],
  now: Date,
): Promise<Settled & { fresh: EvidenceRow[] }> {
  const engine = model.engines.get(unit) ?? startEngine(model, unit, epochsOf(sections))
  // An engine that heard more than was committed would remember what never was: it is only kept when all went well.
  model.engines.delete(unit)
  const rows = await transaction.rows<EvidenceRow>('incidents/read_live_evidence', {
    sections: sections.map(({ name }) => name),
    after: engine.heardUpTo,
  })
  for (const row of rows) {
    const evidence = evidenceOf(model, engine, row)
    if (evidence) addEvidence(engine.feeder, model.network, evidence)
    engine.heardUpTo = row.id
  }
  for (const { device, at } of dark)
    addEvidence(engine.feeder, model.network, { kind: 'sighting', device, at, state: 'open' })
  const settled = settleAmong(model, unit, engine, now)
  model.engines.set(unit, engine)
  return { ...settled, fresh: rows }
}

function startEngine(model: GridModel, unit: number, epochs: string): Engine {
  return { feeder: createFeederInference(model, unit, model.parameters), heardUpTo: 0, epochs, standIns: new Set() }
}

/** Forgets what a failed transaction may have taught: engines and switch positions are read anew when next asked for. */
export function forgetEngines(model: GridModel): void {
  model.engines.clear()
  model.epochs.clear()
}

function evidenceOf(model: GridModel, engine: Engine, row: EvidenceRow): Evidence | null {
  const { network } = model
  const at = row.at.getTime()
  if (row.kind === 'telemetry') {
    const equipment = network.equipment.ids.find(row.equipment_id ?? '')
    return equipment < 0
      ? null
      : { kind: 'telemetry', equipment, at, state: row.state ?? 'open', commanded: row.commanded ?? false }
  }
  const named = network.servicePoints.ids.find(row.service_point_id ?? '')
  const servicePoint = named >= 0 ? named : standIn(model, engine, row.transformer_id)
  if (servicePoint < 0 || row.kind === 'crew' || row.kind === 'dispatcher') return null
  return row.kind === 'report'
    ? { kind: 'report', servicePoint, at, symptom: row.symptom ?? 'no_power' }
    : { kind: row.kind, servicePoint, at }
}

/** Settles the unit with what all units with evidence teach one another about the storm. */
function settleAmong(model: GridModel, unit: number, engine: Engine, now: Date): Settled {
  const first = settle(engine.feeder, now.getTime())
  const weights = weightsInStorm(model.storm, model.parameters, unit, first.posterior.logEvidence)
  if (!weights) return first
  reweigh(engine.feeder, weights)
  return settle(engine.feeder, now.getTime())
}

/**
 * A caller placed on a transformer but on no household speaks for one of its households that nobody has heard of yet; which
 * one makes no difference to the model, and it is never taken for the caller's own.
 */
function standIn({ network }: GridModel, engine: Engine, transformerId: string | null): number {
  const transformer = network.transformers.ids.find(transformerId ?? '')
  if (transformer < 0) return -1
  const { leaves } = engine.feeder.heard
  const unheard = itemsOf(network.servicePointsOf, transformer).find((point) => !leaves.has(point))
  if (unheard === undefined) return -1
  engine.standIns.add(unheard)
  return unheard
}
