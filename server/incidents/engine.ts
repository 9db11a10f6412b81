// Under a section's lock: brings the unit's inference engine up to what the database holds, and asks it.
import type { Transaction } from '../database/index.ts'
import type { DeviceRef, Evidence } from './inference/evidence.ts'
import { itemsOf } from '../network/index.ts'
import { addEvidence, createFeederInference, reweigh, settle, type Settled } from './inference/feeder-inference.ts'
import { weightsInStorm } from './inference/storm.ts'
import type { Arriving } from './arriving.ts'
import {
  followSections,
  sectionsOfUnit,
  type Engine,
  type EvidenceRow,
  type GridModel,
  type SectionRow,
} from './grid-model.ts'
import { readAhead, type ReadAhead } from './settling.ts'

/** Locks the sections by name; held to the end of the transaction. */
export async function lockSections(transaction: Transaction, names: string[]): Promise<SectionRow[]> {
  const [rows] = await lockAndRead(transaction, names, () => Promise.resolve(null))
  return rows
}

/** Locks the sections, and reads in the same breath: what is asked for after a lock is read once the lock is held. */
async function lockAndRead<T>(
  transaction: Transaction,
  names: string[],
  read: () => Promise<T>,
): Promise<[SectionRow[], T]> {
  const lock = () => Promise.all([transaction.rows<SectionRow>('incidents/lock_sections', { names }), read()])
  const locked = await lock()
  if (locked[0].length === names.length) return locked
  transaction.send('incidents/make_sections', { names })
  return lock()
}

/** A unit whose sections are locked, with what settling it reads first. */
export type LockedUnit = { unit: number; sections: SectionRow[]; ahead: ReadAhead | null }

/**
 * The units that feed `transformers`, all their sections locked in one order, their supply as the database has it. Whoever
 * locks several units locks them here at once: one unit after the other, two servers could wait for each other.
 */
export async function lockUnits(
  transaction: Transaction,
  model: GridModel,
  transformers: Iterable<number>,
): Promise<LockedUnit[]> {
  const [locked] = await lockUnitsAndRead(transaction, model, transformers, () => Promise.resolve(null))
  return locked
}

/** The same, with what `read` asks for under these locks. */
export async function lockUnitsAndRead<T>(
  transaction: Transaction,
  model: GridModel,
  transformers: Iterable<number>,
  read: () => Promise<T>,
): Promise<[LockedUnit[], T]> {
  const wanted = [...transformers]
  for (;;) {
    const { units } = model
    const named = new Map(wanted.map((transformer) => units.unitOf[transformer]!).map((unit) => [unit, [] as string[]]))
    for (const unit of named.keys()) named.set(unit, sectionsOfUnit(model, unit))
    const ahead = () => Promise.all([...named].map((each) => readAhead(transaction, model, ...each)))
    const [rows, [aheads, found]] = await lockAndRead(
      transaction,
      [...new Set([...named.values()].flat())].sort(),
      async () => Promise.all([ahead(), read()]),
    )
    const byName = new Map(rows.map((row) => [row.name, row]))
    const locked = [...named].map(([unit, names], index) => ({
      unit,
      sections: names.map((name) => byName.get(name)!),
      ahead: aheads[index] ?? null,
    }))
    for (const { unit, sections } of locked)
      if (model.engines.get(unit)?.epochs !== epochsOf(sections)) model.engines.delete(unit)
    await followSections(transaction, model, rows)
    // Switching may have moved a transformer to another unit while this one waited for the locks.
    if (model.units === units || isStillSo(model, wanted, named)) return [locked, found]
  }
}

/** Whether the transformers still belong to the units named, and those to the sections that were locked for them. */
function isStillSo(model: GridModel, transformers: number[], named: ReadonlyMap<number, string[]>): boolean {
  return (
    transformers.every((each) => named.has(model.units.unitOf[each]!)) &&
    [...named].every(([unit, names]) => sectionsOfUnit(model, unit).join() === names.join())
  )
}

/** The unit that feeds `transformer`, its sections locked, its supply as the database has it. */
export async function lockUnit(transaction: Transaction, model: GridModel, transformer: number): Promise<LockedUnit> {
  const [locked] = await lockUnits(transaction, model, [transformer])
  return locked!
}

function epochsOf(sections: SectionRow[]): string {
  return sections.map(({ name, epoch }) => `${name}:${epoch}`).join(' ')
}

/** A device known to be open or closed, and since when. */
export type Sighting = { device: DeviceRef; at: number; state: 'open' | 'closed' }

/** What an engine is told beside the rows that are kept: what is known of devices, and what has just come in. */
export type Telling = { sightings: Sighting[]; arriving: Arriving[]; ahead: ReadAhead | null }

/**
 * Hears what came since the last time, or everything where the engine is new, then what is arriving: together `fresh`. The
 * caller keeps what is arriving and notes how far the engine has heard.
 */
export async function hearUnit(
  transaction: Transaction,
  model: GridModel,
  unit: number,
  sections: SectionRow[],
  { sightings, arriving, ahead }: Telling,
  now: Date,
): Promise<Settled & { engine: Engine; fresh: { transformer_id: string | null }[] }> {
  const engine = model.engines.get(unit) ?? startEngine(model, unit, epochsOf(sections))
  // An engine that heard more than was committed would remember what never was: it is only kept when all went well.
  model.engines.delete(unit)
  const hear = (row: Omit<EvidenceRow, 'id'>) => hearRow(model, unit, engine, row)
  const rows =
    ahead && ahead.after <= engine.heardUpTo
      ? ahead.evidence.filter(({ id }) => id > engine.heardUpTo)
      : await transaction.rows<EvidenceRow>('incidents/read_live_evidence', {
          sections: sections.map(({ name }) => name),
          after: engine.heardUpTo,
        })
  for (const row of rows) {
    hear(row)
    engine.heardUpTo = row.id
  }
  for (const piece of arriving) hear({ ...unsaid, ...piece })
  for (const sighting of sightings) addEvidence(engine.feeder, model.network, { kind: 'sighting', ...sighting })
  const settled = settleAmong(model, unit, engine, now)
  keepEngine(model, unit, engine)
  return { ...settled, engine, fresh: [...rows, ...arriving] }
}

/** As many devices as all engines together keep, at some 500 bytes each: a fifth of a great city. What is dropped is heard anew. */
const keptDevices = 200_000

/** Keeps the engine as the newest, and forgets those not used for longest where all together hold too much. */
function keepEngine({ engines }: GridModel, unit: number, engine: Engine): void {
  const sizeOf = ({ feeder }: Engine) => feeder.model.tree.kind.length
  let devices = sizeOf(engine)
  for (const each of engines.values()) devices += sizeOf(each)
  for (const [oldest, each] of engines) {
    if (devices <= keptDevices) break
    engines.delete(oldest)
    devices -= sizeOf(each)
  }
  engines.set(unit, engine)
}

function hearRow(model: GridModel, unit: number, engine: Engine, row: Omit<EvidenceRow, 'id'>): void {
  const evidence = evidenceOf(model, unit, engine, row)
  if (evidence) addEvidence(engine.feeder, model.network, evidence)
}

const unsaid = { equipment_id: null, state: null, commanded: null, symptom: null }

function startEngine(model: GridModel, unit: number, epochs: string): Engine {
  return { feeder: createFeederInference(model, unit, model.parameters), heardUpTo: 0, epochs, standIns: new Set() }
}

/** Forgets what a failed transaction may have taught: engines and switch positions are read anew when next asked for. */
export function forgetEngines(model: GridModel): void {
  model.engines.clear()
  model.epochs.clear()
}

/** The row as the unit's engine hears it; null where it says nothing of this unit: a switched section lies in several. */
function evidenceOf(model: GridModel, unit: number, engine: Engine, row: Omit<EvidenceRow, 'id'>): Evidence | null {
  const { network, units } = model
  const at = row.at.getTime()
  if (row.kind === 'telemetry') {
    const equipment = network.equipment.ids.find(row.equipment_id ?? '')
    return equipment < 0
      ? null
      : { kind: 'telemetry', equipment, at, state: row.state ?? 'open', commanded: row.commanded ?? false }
  }
  const named = network.servicePoints.ids.find(row.service_point_id ?? '')
  const transformer =
    named >= 0 ? network.servicePoints.transformer[named]! : network.transformers.ids.find(row.transformer_id ?? '')
  if (transformer < 0 || units.unitOf[transformer] !== unit) return null
  const servicePoint = named >= 0 ? named : standIn(model, engine, transformer)
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
function standIn({ network }: GridModel, engine: Engine, transformer: number): number {
  const { leaves } = engine.feeder.heard
  const unheard = itemsOf(network.servicePointsOf, transformer).find((point) => !leaves.has(point))
  if (unheard === undefined) return -1
  engine.standIns.add(unheard)
  return unheard
}
