// How every step of an incident begins: its sections locked, the incident read under the lock, the step allowed in its state.
import type { IncidentStatus, IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Says } from '../contract/shapes.ts'
import { incidentStatusZh } from '../contract/status-words.ts'
import type { Database, Transaction } from '../database/index.ts'
import { refuseStale } from '../live/index.ts'
import { forgetEngines, lockUnit, lockUnitsAndRead } from './engine.ts'
import type { Estimator } from './estimator.ts'
import type { Device } from './extent.ts'
import type { GridHolder, GridModel } from './grid-model.ts'
import { mayStep, statesFor, stepZh, type Step } from './rules.ts'
import type { ReadAhead, Settling } from './settling.ts'

export type IncidentDeps = {
  database: Database
  grid: GridHolder
  estimator: Estimator
  now(): Date
  /** The version of the incident that the step was decided on, where its maker says. */
  seen?: number | null
}

export type IncidentRow = {
  id: string
  status: IncidentStatus
  hazard: boolean
  equipment_id: string
  equipment_kind: Device['kind']
  feeder_id: string | null
  section: string
  transformer_ids: string[]
  started_at: Date
  restored_at: Date | null
  customers_out: number
  customers_affected: number
  parent_id: string | null
  merged_into: string | null
  version: number
}

/** Runs `work` in a transaction with the model; the engines are forgotten where it fails, since they may have heard too much. */
export async function withModel<T>(
  deps: IncidentDeps,
  work: (transaction: Transaction, model: GridModel) => Promise<T>,
): Promise<T> {
  const model = deps.grid.current
  let own: Transaction | null = null
  try {
    return await deps.database.transaction((transaction) => {
      own = transaction
      return work(transaction, model)
    }, 'by_index')
  } catch (reason) {
    forgetEngines(model)
    throw reason
  } finally {
    for (const [equipment, mover] of model.moving) if (mover === own) model.moving.delete(equipment)
  }
}

/** Locks the unit that `transformerId` belongs to; throws Refusal `unprocessable` for one that the network does not have. */
export async function settlingAt(
  transaction: Transaction,
  model: GridModel,
  transformerId: string,
  now: Date,
  actor: string,
): Promise<Settling & { unit: number }> {
  const transformer = model.network.transformers.ids.find(transformerId)
  if (transformer < 0) throw notInNetwork(transformerId)
  const { unit, sections } = await lockUnit(transaction, model, transformer)
  return { transaction, model, sections, now, actor, unit }
}

/** A unit under its locks and about to be settled, with what settling it reads first. */
export type SettlingUnit = Settling & { unit: number; ahead: ReadAhead | null }

/** The same, with what `read` asks for under these locks. */
export async function settlingAndReading<T>(
  transaction: Transaction,
  model: GridModel,
  transformerId: string,
  now: Date,
  actor: string,
  read: () => Promise<T>,
): Promise<[SettlingUnit, T]> {
  const transformer = model.network.transformers.ids.find(transformerId)
  if (transformer < 0) throw notInNetwork(transformerId)
  const [[locked], found] = await lockUnitsAndRead(transaction, model, [transformer], read)
  return [{ transaction, model, now, actor, ...locked! }, found]
}

/** Of a transformer that no unit of the network feeds. */
export function notInNetwork(transformerId: string): Refusal {
  return new Refusal('unprocessable', {
    zh: `电网中没有配变 ${transformerId}：请先导入`,
    en: `Transformer ${transformerId} is not in the network: import it first`,
  })
}

/** Takes `step` of incident `id` for `actor`; `work` runs under the lock. */
export function stepIncident(
  deps: IncidentDeps,
  id: string,
  step: Step,
  actor: string,
  work: (settling: Settling & { unit: number }, incident: IncidentRow) => Promise<IncidentSummary>,
): Promise<IncidentSummary> {
  return withModel(deps, (transaction, model) =>
    stepWithin(transaction, model, deps.now(), id, step, actor, work, deps.seen),
  )
}

/** The same within a transaction that has begun already. */
export async function stepWithin<T>(
  transaction: Transaction,
  model: GridModel,
  now: Date,
  id: string,
  step: Step,
  actor: string,
  work: (settling: Settling & { unit: number }, incident: IncidentRow) => Promise<T>,
  seen: number | null = null,
): Promise<T> {
  const peeked = await transaction.maybe<{ transformer_id: string }>('incidents/peek_incident', { id })
  if (!peeked) throw new Refusal('not_found', { zh: `没有停电事件 ${id}`, en: `There is no incident ${id}` })
  const settling = await settlingAt(transaction, model, peeked.transformer_id, now, actor)
  const incident = await transaction.one<IncidentRow>('incidents/read_incident', { id })
  // Whoever confirms has seen a device: not the one that it was inferred on since.
  const also = step === 'confirm' ? ['moved'] : []
  await refuseStale(transaction, { name: 'incident', id, version: incident.version, also }, seen, actor)
  if (!mayStep(step, incident.status)) throw new Refusal('out_of_order', refusalOf(step, incident))
  return work(settling, incident)
}

function refusalOf(step: Step, { id, status, merged_into }: IncidentRow): Says {
  const merged = merged_into ? `; it was merged into ${merged_into}` : ''
  const mergedZh = merged_into ? `，已并入 ${merged_into}` : ''
  const states = statesFor(step)
  const statesZh = states.map((state) => `“${incidentStatusZh[state]}”`).join('')
  return {
    zh: `停电事件 ${id} 的状态是“${incidentStatusZh[status]}”${mergedZh}：“${stepZh[step]}”只能用于${statesZh}的事件`,
    en: `Incident ${id} is ${status}${merged}: ${step} is for one that is ${states.join(', ')}`,
  }
}
