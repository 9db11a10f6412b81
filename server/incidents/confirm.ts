// Confirms an incident: somebody has seen it, or telemetry says so. What is confirmed is never moved by the model.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { extentOf, findDevice, deviceOf, namesOf, overlaps } from './extent.ts'
import { movableStates } from './rules.ts'
import { announce, readStanding, settleUnit, tellStep, type Settling } from './settle.ts'
import { stepIncident, type IncidentDeps, type IncidentRow } from './with-incident.ts'

/** Confirms incident `id`, on `equipmentId` where another device than the inferred one was found. */
export function confirmIncident(
  deps: IncidentDeps,
  id: string,
  equipmentId: string | null,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'confirm', actor, async (settling, incident) => {
    const summary = await confirmWithin(settling, incident, equipmentId ?? incident.equipment_id)
    await settleUnit(settling, settling.unit)
    return summary
  })
}

/** Puts the device, its customers and the state; suspicions that it explains are taken into it. */
export async function confirmWithin(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
): Promise<IncidentSummary> {
  const { transaction, model, now } = settling
  const found = findDevice(model, equipmentId)
  if (!found)
    throw new Refusal(
      'unprocessable',
      `${equipmentId} is not in the network: give an equipment, transformer, low-voltage equipment or service point`,
    )
  const device = deviceOf(model, found)
  const extent = extentOf(model, found)
  if (extent.transformers.length === 0)
    throw new Refusal(
      'unprocessable',
      `Nothing is fed through ${equipmentId} as switched now, so nobody is out because of it`,
    )
  const names = namesOf(model, extent)
  await refuseTwice(settling, incident, device.id)
  await takeIn(settling, incident, device.id, extent)
  await transaction.touch('incidents/put_device', {
    id: incident.id,
    equipment_id: device.id,
    equipment_kind: device.kind,
    transformer_ids: names.transformers,
    now,
  })
  if (incident.status !== 'partly_restored')
    await transaction.rows('incidents/set_interruptions', {
      incident_id: incident.id,
      act: 'suppose',
      transformers: names.transformers,
      points: names.points,
      at: incident.started_at,
      parent_id: null,
    })
  await transaction.touch('incidents/count_evidence_to', {
    incident_id: incident.id,
    equipment_id: device.id,
    sections: settling.sections.map(({ name }) => name),
    transformers: names.transformers,
    points: names.points,
  })
  await forgetHeard(settling, incident.id)
  return announce(settling, incident.id, 'confirmed')
}

/** Evidence that is explained for certain goes no further: every server's engines begin anew without it. */
export async function forgetHeard({ transaction, model, sections, now }: Settling, incidentId: string): Promise<void> {
  await transaction.touch('incidents/clear_evidence', { incident_id: incidentId, at: now })
  await transaction.touch('incidents/bump_sections', { names: sections.map(({ name }) => name) })
  model.engines.clear()
}

async function refuseTwice(settling: Settling, incident: IncidentRow, equipmentId: string): Promise<void> {
  const same = (await readStanding(settling)).find(
    (row) =>
      row.id !== incident.id && !row.hazard && row.equipment_id === equipmentId && !movableStates.includes(row.status),
  )
  if (same)
    throw new Refusal('conflict', `Incident ${same.id} is confirmed on ${equipmentId} already: merge the two instead`)
}

/** Unconfirmed incidents on the confirmed device's ground were the same loss of supply. */
async function takeIn(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
  extent: ReturnType<typeof extentOf>,
): Promise<void> {
  const { transaction, model, now } = settling
  for (const row of await readStanding(settling)) {
    if (row.id === incident.id || row.hazard || !movableStates.includes(row.status)) continue
    const found = findDevice(model, row.equipment_id)
    const within = found !== null && overlaps(extentOf(model, found), extent)
    if (!within && row.equipment_id !== equipmentId) continue
    await transaction.touch('incidents/hand_over_incident', { id: row.id, into: incident.id, now })
    await tellStep(settling, row.id, 'merged')
  }
}
