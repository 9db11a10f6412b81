// Splits an incident in two: part of its customers turn out to be out by another device.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { createId } from '../database/index.ts'
import { deviceOf, extentOf, findDevice, namesOf } from './extent.ts'
import { sectionOf } from './grid-model.ts'
import { forgetHeard } from './forget-heard.ts'
import { heldStatus } from './rules.ts'
import { announce } from './tell-step.ts'
import { finishStep, keepStep } from './undo.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

/** Gives the customers below `equipmentId` (or at `transformerIds`) to a new confirmed incident; their minutes and reports go with them. */
export function splitIncident(
  deps: IncidentDeps,
  id: string,
  equipmentId: string,
  transformerIds: string[] | null,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'split', actor, async (settling, incident) => {
    const { transaction, model, now } = settling
    const found = findDevice(model, equipmentId)
    if (!found)
      throw new Refusal('unprocessable', {
        zh: `电网中没有 ${equipmentId}`,
        en: `${equipmentId} is not in the network`,
      })
    if (equipmentId === incident.equipment_id)
      throw new Refusal('unprocessable', {
        zh: `停电事件 ${id} 就在 ${equipmentId} 上：请选它下面的设备来拆分`,
        en: `Incident ${id} is on ${equipmentId} itself: split off a device below it`,
      })
    const device = deviceOf(model, found)
    const names = transformerIds
      ? { transformers: transformerIds, points: null }
      : namesOf(model, extentOf(model, found))
    const into = createId('inc')
    const step = await keepStep(settling, 'split', id)
    const own = names.transformers.filter((name) => incident.transformer_ids.includes(name))
    if (own.length === 0)
      throw new Refusal('unprocessable', {
        zh: `${equipmentId} 以下没有属于停电事件 ${id} 的台区`,
        en: `Nothing below ${equipmentId} belongs to incident ${id}`,
      })
    if (names.points === null && own.length === incident.transformer_ids.length)
      throw new Refusal('unprocessable', {
        zh: `停电事件 ${id} 全部在 ${equipmentId} 以下：请直接确认为该设备`,
        en: `All of incident ${id} is below ${equipmentId}: confirm it on that device instead`,
      })
    await transaction.touch('incidents/open_incident', {
      id: into,
      status: 'confirmed',
      hazard: false,
      equipment_id: device.id,
      equipment_kind: device.kind,
      section: sectionOf(model, model.network.transformers.ids.find(own[0]!)),
      transformer_ids: own,
      probability: 1,
      rivals: '[]',
      receipts: '[]',
      next_check: null,
      started_at: incident.started_at,
      parent_id: null,
      call_taker: actor,
      cause: null,
      now,
    })
    const ground = { from_id: id, into, transformers: own, points: names.points }
    const { given } = await transaction.one<{ given: number }>('incidents/split_interruptions', ground)
    if (given === 0)
      throw new Refusal('unprocessable', {
        zh: `${equipmentId} 以下没有因停电事件 ${id} 停电的用户`,
        en: `Nobody below ${equipmentId} is out by incident ${id}`,
      })
    if (names.points === null) await transaction.touch('incidents/drop_transformers', { id, transformers: own, now })
    // A dispatcher's word: the model may not put the two together again.
    await transaction.touch('incidents/set_status', {
      id,
      status: heldStatus(incident.status),
      from: [incident.status],
      at: now,
      now,
    })
    forgetHeard(settling, id)
    await transaction.touch('incidents/split_reports', ground)
    for (const each of [id, into]) await transaction.rows('incidents/count_interruptions', { incident_id: each })
    await announce(settling, id, 'split', { status: heldStatus(incident.status) })
    const summary = await announce(settling, into, 'split_off', { status: 'confirmed' })
    await finishStep(settling, step, into)
    return summary
  })
}
