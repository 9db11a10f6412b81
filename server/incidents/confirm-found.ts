// A crew names the device that it found damaged. A breaker has often cleared a fault further down: who is known to be out stays so,
// and nobody else comes to be, because of where the damage was.
import { confirmWithin } from './confirm.ts'
import { extentOf, findDevice, namesOf } from './extent.ts'
import { movableStates } from './rules.ts'
import type { Settling } from './settling.ts'
import type { IncidentRow } from './with-incident.ts'

/** Confirms the incident on the device found, unless that would say otherwise of customers than is known. */
export async function confirmFound(settling: Settling, incident: IncidentRow, equipmentId: string): Promise<void> {
  if (incident.hazard || movableStates.includes(incident.status) || (await isKnownOut(settling, incident, equipmentId)))
    await confirmWithin(settling, incident, equipmentId)
}

/** Whether those below the device are just those who are known to be out. */
async function isKnownOut(
  { transaction, model }: Settling,
  incident: IncidentRow,
  equipmentId: string,
): Promise<boolean> {
  const found = findDevice(model, equipmentId)
  if (!found) return true
  const names = namesOf(model, extentOf(model, found))
  const { is_known_out } = await transaction.one<{ is_known_out: boolean }>('incidents/read_ground_known_out', {
    incident_id: incident.id,
    ...names,
  })
  return is_known_out
}
