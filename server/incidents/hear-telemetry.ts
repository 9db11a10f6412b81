// A switch has moved. Telemetry wins over everything inferred: an uncommanded opening is a confirmed incident at once, a
// commanded one is switching, and closing gives supply back to those who are fed again.
import type { IncidentSummary, TelemetryAnswer, TelemetryInput } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { isEnergised } from '../network/index.ts'
import { confirmWithin } from './confirm.ts'
import { lockSections } from './engine.ts'
import { deviceOf, extentOf, findDevice } from './extent.ts'
import { followSwitching, sectionsOfUnit, type GridModel } from './grid-model.ts'
import { restoreWithin } from './restore.ts'
import { openIncident } from './open-incident.ts'
import { settleUnit } from './settle.ts'
import { readStanding, type Settling } from './settling.ts'
import { tellStep } from './tell-step.ts'
import { withModel, type IncidentDeps, type IncidentRow } from './with-incident.ts'

/** A clock may run ahead by this much before its word is refused. */
const clockSkew_ms = 2 * 60_000

type SwitchRow = { id: string; kind: string; feeder_id: string | null; state: 'open' | 'closed'; at: Date | null }

/** Takes one telemetered position in; throws Refusal for equipment that is not on the graph or an instant to come. */
export function hearTelemetry(deps: IncidentDeps, input: TelemetryInput, actor: string): Promise<TelemetryAnswer> {
  const now = deps.now()
  const at = new Date(input.at)
  if (at.getTime() > now.getTime() + clockSkew_ms)
    throw new Refusal('unprocessable', {
      zh: `时刻 ${input.at} 还没到：${input.equipment_id} 的时钟不准`,
      en: `at: ${input.at} is in the future: the clock of ${input.equipment_id} is wrong`,
    })
  return withModel(deps, async (transaction, model) => {
    const known = await transaction.maybe<SwitchRow>('incidents/read_switch_state', {
      equipment_id: input.equipment_id,
    })
    if (!known)
      throw new Refusal('unprocessable', {
        zh: `电网中没有设备 ${input.equipment_id}：请先导入`,
        en: `Equipment ${input.equipment_id} is not on the graph: import it first`,
      })
    if (known.at && known.at >= at) return { outcome: 'stale', incident_id: null }
    const equipment = model.network.equipment.ids.find(input.equipment_id)
    if (equipment < 0)
      throw new Refusal('unavailable', {
        zh: `设备 ${input.equipment_id} 刚刚导入：请稍后再试`,
        en: `Equipment ${input.equipment_id} has just been imported: try again in a moment`,
      })
    const settling = await lockAround(transaction, model, equipment, now, actor)
    const noted = await transaction.touch('network/put_switch_state', { ...input, at, said_by: actor })
    if (noted === 0) return { outcome: 'stale', incident_id: null }
    if (known.state === input.state) return { outcome: 'unchanged', incident_id: null }
    return input.state === 'open' ? openBy(settling, input, equipment, at) : closeBy(settling, input, equipment, at)
  })
}

/** Locks the sections on both sides of the equipment: closing it may feed one from the other. */
async function lockAround(
  transaction: Transaction,
  model: GridModel,
  equipment: number,
  now: Date,
  actor: string,
): Promise<Settling> {
  const { network, supply } = model
  const trees = [network.equipment.from[equipment]!, network.equipment.to[equipment]!].map(
    (node) => supply.treeOf[node]!,
  )
  const names = new Set(trees.filter((tree) => tree >= 0).flatMap((tree) => sectionsOfUnit(model, tree)))
  const feeder = network.equipment.feeder[equipment]!
  if (feeder >= 0) names.add(network.feeders.nameOf(feeder))
  const sections = await lockSections(transaction, [...names].sort())
  await followSwitching(transaction, model)
  return { transaction, model, sections, now, actor }
}

async function openBy(
  settling: Settling,
  input: TelemetryInput,
  equipment: number,
  at: Date,
): Promise<TelemetryAnswer> {
  const { transaction, model } = settling
  const found = findDevice(model, input.equipment_id)!
  const extent = extentOf(model, found)
  await switched(settling, input)
  if (input.commanded) return { outcome: 'switching', incident_id: null }
  const pieces = [
    {
      section: sectionNameOf(model, equipment),
      kind: 'telemetry',
      at,
      equipment_id: input.equipment_id,
      state: 'open',
      commanded: false,
      cleared_at: at,
    },
  ]
  await transaction.touch('incidents/add_evidence', { pieces: JSON.stringify(pieces) })
  if (extent.transformers.length === 0) return { outcome: 'switching', incident_id: null }
  const standing = (await readStanding(settling)).find((row) => row.equipment_id === input.equipment_id && !row.hazard)
  const opened =
    standing?.id ??
    (
      await openIncident(settling, {
        device: deviceOf(model, found),
        extent,
        status: 'probable',
        probability: 1,
        rivals: [],
        startedAt: at,
      })
    ).id
  const row = await transaction.one<IncidentRow>('incidents/read_incident', { id: opened })
  const summary = await confirmWithin(settling, row, input.equipment_id)
  return { outcome: 'incident', incident_id: summary.id }
}

async function closeBy(
  settling: Settling,
  input: TelemetryInput,
  equipment: number,
  at: Date,
): Promise<TelemetryAnswer> {
  const { transaction, model } = settling
  const rings = new Set(model.supply.loops)
  await switched(settling, input)
  const restored: IncidentSummary[] = []
  for (const row of await readStanding(settling)) {
    if (row.hazard || !['confirmed', 'partly_restored', 'probable', 'suspected'].includes(row.status)) continue
    const fed = await fedAgain(settling, row.id, row.equipment_id)
    if (fed.length === 0) continue
    const incident = await transaction.one<IncidentRow>('incidents/read_incident', { id: row.id })
    restored.push(await restoreWithin(settling, incident, { transformers: fed, points: null }, at))
    // Telemetry says that the switch is closed, not that every house has light: somebody is to ping a meter or call back.
    await tellStep(settling, row.id, 'verify')
  }
  const below = model.supply.treeOf[model.network.equipment.to[equipment]!]!
  if (below >= 0) await settleUnit(settling, below)
  const closers = [...model.supply.loops].filter((each) => !rings.has(each))
  const remarks = closers.map(
    (each) => `${model.network.equipment.ids.nameOf(each)} closes a ring: both its ends are fed without it`,
  )
  return { outcome: 'reclosed', incident_id: restored[0]?.id ?? null, ...(remarks.length > 0 ? { remarks } : {}) }
}

/** The incident's transformers that are energised again, where what failed is medium-voltage equipment: telemetry says nothing of what hangs below a transformer. */
async function fedAgain({ transaction, model }: Settling, incidentId: string, equipmentId: string): Promise<string[]> {
  const found = findDevice(model, equipmentId)
  if (!found || found.kind === 'transformer' || found.kind === 'lv_equipment' || found.kind === 'service_point')
    return []
  const out = await transaction.rows<{ transformer_id: string }>('incidents/read_out_transformers', {
    incident_id: incidentId,
  })
  return out
    .map((row) => row.transformer_id)
    .filter((id) => {
      const transformer = model.network.transformers.ids.find(id)
      return (
        transformer >= 0 &&
        isEnergised(model.network, model.supply, transformer) &&
        !isBelowOpen(model, found.item, transformer)
      )
    })
}

/** Fuses are not telemetered: what hangs below the very device that failed has supply again only when that device was closed or bypassed. */
function isBelowOpen({ network, supply }: GridModel, equipment: number, transformer: number): boolean {
  if (supply.open[equipment] === 1 || network.equipment.telemetered[equipment] === 1) return false
  let node = network.transformers.node[transformer]!
  while (node >= 0 && supply.fedBy[node]! >= 0) {
    const by = supply.fedBy[node]!
    if (by === equipment) return true
    node = network.equipment.from[by] === node ? network.equipment.to[by]! : network.equipment.from[by]!
  }
  return false
}

function sectionNameOf(model: GridModel, equipment: number): string {
  const feeder = model.network.equipment.feeder[equipment]!
  if (feeder >= 0) return model.network.feeders.nameOf(feeder)
  const tree = model.supply.treeOf[model.network.equipment.to[equipment]!]!
  return tree >= 0 ? (sectionsOfUnit(model, tree)[0] ?? 'unfed') : 'unfed'
}

/** Every server follows: epochs rise, the supply is traced again, the log tells it. */
async function switched({ transaction, model, sections, actor }: Settling, input: TelemetryInput): Promise<void> {
  model.moving.set(model.network.equipment.ids.find(input.equipment_id), transaction)
  await transaction.touch('incidents/bump_sections', { names: sections.map(({ name }) => name) })
  await followSwitching(transaction, model)
  await appendEvent(transaction, {
    name: 'network',
    step: 'switched',
    subject_id: input.equipment_id,
    incident_id: null,
    actor,
    data: input,
  })
}
