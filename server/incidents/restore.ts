// Supply is back: all of it, or in steps until nobody is out by the incident.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { forgetHeard } from './forget-heard.ts'
import { extentOf, findDevice, namesOf } from './extent.ts'
import { restoredStatus } from './rules.ts'
import { settleUnit } from './settle.ts'
import type { Settling } from './settling.ts'
import { tellStep } from './tell-step.ts'
import { tellRestored } from './tell.ts'
import { finishStep, keepStep } from './undo.ts'
import { stepIncident, type IncidentDeps, type IncidentRow } from './with-incident.ts'

export type Restoring = {
  transformer_ids?: string[]
  equipment_ids?: string[]
  service_point_ids?: string[]
  at?: Date
}

/** Restores what `restoring` names, or all of the incident. Throws Refusal where nothing of it is out. */
export function restoreIncident(
  deps: IncidentDeps,
  id: string,
  restoring: Restoring,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'restore', actor, async (settling, incident) => {
    const at = restoring.at ?? settling.now
    if (at > settling.now)
      throw new Refusal(
        'invalid',
        { zh: `复电时刻 ${at.toISOString()} 还没到`, en: `at: ${at.toISOString()} is still to come` },
        [{ path: 'at', message: 'an instant that has passed' }],
      )
    if (at < incident.started_at)
      throw new Refusal('unprocessable', {
        zh: `停电事件 ${id} 从 ${incident.started_at.toISOString()} 开始：不能在这之前复电`,
        en: `Incident ${id} began at ${incident.started_at.toISOString()}: it cannot have been restored before`,
      })
    const ground = groundOf(settling, restoring)
    const step = await keepStep(settling, 'restore', id)
    const summary = await restoreWithin(settling, incident, ground, at)
    await finishStep(settling, step)
    await settleUnit(settling, settling.unit)
    return summary
  })
}

type Ground = { transformers: string[] | null; points: string[] | null }

/** What is named, as transformers or as service points; equipment stands for all that hangs below it as switched now. */
function groundOf({ model }: Settling, restoring: Restoring): Ground {
  const { transformer_ids, equipment_ids, service_point_ids } = restoring
  if (service_point_ids) return { transformers: null, points: service_point_ids }
  if (!transformer_ids && !equipment_ids) return { transformers: null, points: null }
  const transformers = new Set(transformer_ids ?? [])
  const points: string[] = []
  for (const id of equipment_ids ?? []) {
    const found = findDevice(model, id)
    if (!found) throw new Refusal('unprocessable', { zh: `电网中没有 ${id}`, en: `${id} is not in the network` })
    const names = namesOf(model, extentOf(model, found))
    if (names.points) points.push(...names.points)
    else for (const name of names.transformers) transformers.add(name)
  }
  return points.length > 0 && transformers.size === 0
    ? { transformers: null, points }
    : { transformers: [...transformers], points: null }
}

/** Ends the interruptions on `ground`; what was said by those who have supply again no longer counts. */
export async function restoreWithin(
  settling: Settling,
  incident: IncidentRow,
  ground: Ground,
  at: Date,
): Promise<IncidentSummary> {
  const { transaction, now } = settling
  const { touched } = await transaction.one<{ touched: number }>('incidents/set_interruptions', {
    incident_id: incident.id,
    act: 'restore',
    transformers: ground.transformers,
    points: ground.points,
    at,
    parent_id: null,
  })
  // Nobody is out by a hazard: it is dealt with, or it is not.
  const everything = incident.hazard || (ground.transformers === null && ground.points === null)
  if (touched === 0 && !everything)
    throw new Refusal('unprocessable', {
      zh: `那里没有因停电事件 ${incident.id} 停电的用户：请选本事件中尚未复电的配变或设备`,
      en: `Nobody there is out by incident ${incident.id}: name transformers or equipment of its own that have not been restored`,
    })
  const left = await transaction.one<IncidentRow>('incidents/read_incident', { id: incident.id })
  const status = restoredStatus(left.customers_out)
  await transaction.touch('incidents/set_status', { id: incident.id, status, from: [incident.status], at, now })
  forgetHeard(settling, incident.id)
  const summary = await tellStep(settling, incident.id, status)
  await tellRestored(transaction, summary, now)
  return summary
}
