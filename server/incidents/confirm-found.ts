// A crew names the device that it found damaged. A breaker has often cleared a fault further down: who is known to be out stays so,
// and nobody else comes to be, because of where the damage was. What does not fit stays among the crew's findings: a finish that
// tells customers of their supply may not fail over it.
import { confirmedElsewhere, confirmWithin } from './confirm.ts'
import { extentOf, findDevice, namesOf } from './extent.ts'
import { sectionOf } from './grid-model.ts'
import type { Names } from './open-incident.ts'
import { movableStates } from './rules.ts'
import type { Settling } from './settling.ts'
import type { IncidentRow } from './with-incident.ts'

/** Confirms the incident on the device found, unless that would say otherwise of customers than is known; `stillOut` is whom the crew leaves out. */
export async function confirmFound(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
  stillOut: string[],
): Promise<void> {
  const { model, sections } = settling
  const found = findDevice(model, equipmentId)
  if (!found) return
  const extent = extentOf(model, found)
  const names = namesOf(model, extent)
  // What feeds nobody, or hangs on a feeder that this incident has nothing to do with, is a slip of the pen.
  const [first] = extent.transformers
  if (first === undefined || sections.every(({ name }) => name !== sectionOf(model, first))) return
  if (!incident.hazard && !(await fits(settling, incident, equipmentId, names, stillOut))) return
  await confirmWithin(settling, incident, equipmentId)
}

async function fits(
  settling: Settling,
  incident: IncidentRow,
  equipmentId: string,
  names: Names,
  stillOut: string[],
): Promise<boolean> {
  if (await confirmedElsewhere(settling, incident, equipmentId)) return false
  if (movableStates.includes(incident.status) && holdsWhoIsBack(incident, names, stillOut)) return true
  const { is_known_out } = await settling.transaction.one<{ is_known_out: boolean }>(
    'incidents/read_ground_known_out',
    { incident_id: incident.id, ...names },
  )
  return is_known_out
}

/** Whoever is said to have supply again, unlike others, was out: a suspicion may not leave them. */
function holdsWhoIsBack({ transformer_ids }: IncidentRow, { transformers }: Names, stillOut: string[]): boolean {
  return stillOut.length === 0 || transformer_ids.every((id) => stillOut.includes(id) || transformers.includes(id))
}
