// Confirms an incident: somebody has seen it, or telemetry says so. What is confirmed is never moved by the model.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { extentOf, findDevice, deviceOf, namesOf, overlaps } from './extent.ts'
import { forgetHeard } from './forget-heard.ts'
import { handOver } from './hand-over.ts'
import { countEvidence, supposeOut } from './open-incident.ts'
import { movableStates } from './rules.ts'
import { settleUnit } from './settle.ts'
import { readStanding, type Settling, type StandingRow } from './settling.ts'
import { announce, tellStep } from './tell-step.ts'
import { finishStep, keepStep } from './undo.ts'
import { stepIncident, type IncidentDeps, type IncidentRow } from './with-incident.ts'

/** Confirms incident `id`, on `equipmentId` where another device than the inferred one was found. */
export function confirmIncident(
  deps: IncidentDeps,
  id: string,
  equipmentId: string | null,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'confirm', actor, async (settling, incident) => {
    const device = equipmentId ?? incident.equipment_id
    const step = await keepStep(settling, 'confirm', id, await namesTakenIn(settling, incident, device))
    const summary = await confirmWithin(settling, incident, device)
    await finishStep(settling, step)
    await settleUnit(settling, settling.unit)
    return summary
  })
}

/**
 * Puts the device, its customers and the state; suspicions that it explains are taken into it. A hazard that was seen leaves nobody
 * without supply: whoever is, by what they or their meters say, is so by an incident beside it.
 */
export async function confirmWithin(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const found = findDevice(model, equipmentId)
  if (!found)
    throw new Refusal('unprocessable', {
      zh: `电网中没有 ${equipmentId}：请给出设备、配变、低压设备或用电户的编号`,
      en: `${equipmentId} is not in the network: give an equipment, transformer, low-voltage equipment or service point`,
    })
  const device = deviceOf(model, found)
  const extent = extentOf(model, found)
  if (extent.transformers.length === 0)
    throw new Refusal('unprocessable', {
      zh: `按现在的运行方式，${equipmentId} 没有带任何负荷，不会因它停电`,
      en: `Nothing is fed through ${equipmentId} as switched now, so nobody is out because of it`,
    })
  const names = namesOf(model, extent)
  if (!incident.hazard) await refuseTwice(settling, incident, device.id)
  await takeIn(settling, incident, device.id)
  await transaction.touch('incidents/put_device', {
    id: incident.id,
    equipment_id: device.id,
    equipment_kind: device.kind,
    transformer_ids: names.transformers,
    now,
  })
  if (!incident.hazard) {
    if (incident.status !== 'partly_restored')
      supposeOut(settling, incident.id, names, incident.started_at, incident.parent_id)
    countEvidence(settling, incident.id, device.id, names)
    forgetHeard(settling, incident.id)
  }
  return announce(settling, incident.id, 'confirmed', { status: 'confirmed', hazard: incident.hazard })
}

/** Another incident that stands confirmed on the device, if there is one. */
export async function confirmedElsewhere(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
): Promise<StandingRow | undefined> {
  return (await readStanding(settling)).find(
    (row) =>
      row.id !== incident.id && !row.hazard && row.equipment_id === equipmentId && !movableStates.includes(row.status),
  )
}

async function refuseTwice(settling: Settling, incident: IncidentRow, equipmentId: string): Promise<void> {
  const same = await confirmedElsewhere(settling, incident, equipmentId)
  if (same)
    throw new Refusal('conflict', {
      zh: `停电事件 ${same.id} 已确认在 ${equipmentId}：请把两个事件合并`,
      en: `Incident ${same.id} is confirmed on ${equipmentId} already: merge the two instead`,
    })
}

/** Unconfirmed incidents on the confirmed device's ground were the same loss of supply. */
async function takeIn(settling: Settling, incident: IncidentRow, equipmentId: string): Promise<void> {
  for (const id of await namesTakenIn(settling, incident, equipmentId)) {
    await handOver(settling, id, incident.id)
    await tellStep(settling, id, 'merged')
  }
}

async function namesTakenIn(settling: Settling, incident: IncidentRow, equipmentId: string): Promise<string[]> {
  const { model } = settling
  const device = findDevice(model, equipmentId)
  if (!device || incident.hazard) return []
  const extent = extentOf(model, device)
  return (await readStanding(settling))
    .filter((row) => row.id !== incident.id && !row.hazard && movableStates.includes(row.status))
    .filter((row) => {
      const found = findDevice(model, row.equipment_id)
      return row.equipment_id === equipmentId || (found !== null && overlaps(extentOf(model, found), extent))
    })
    .map((row) => row.id)
}
