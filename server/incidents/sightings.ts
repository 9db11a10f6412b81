// What is known of devices beside the evidence: what is open by a confirmed incident, and what a restoration has closed again.
import type { Sighting } from './engine.ts'
import { extentOf, findDevice } from './extent.ts'
import type { GridModel } from './grid-model.ts'
import type { Settling, StandingRow } from './settling.ts'

/**
 * Open are the devices of confirmed incidents; of partly restored ones the transformers still out, their device no longer. A
 * device that telemetry last saw open is closed where its incident was restored since: otherwise one household that is still out
 * would speak for everybody behind it.
 */
export async function readSightings(settling: Settling, unit: number, known: StandingRow[]): Promise<Sighting[]> {
  const { transaction, model } = settling
  const sightings: Sighting[] = await readGivenBack(settling, unit)
  for (const row of known) {
    const at = row.started_at.getTime()
    const device = findDevice(model, row.equipment_id)
    if (!device) continue
    if (row.status === 'confirmed') sightings.push({ device, at, state: 'open' })
    else if (extentOf(model, device).points === null && device.kind !== 'transformer') {
      sightings.push({ device, at, state: 'closed' })
      for (const { transformer_id } of await transaction.rows<{ transformer_id: string }>(
        'incidents/read_out_transformers',
        { incident_id: row.id },
      )) {
        const item = model.network.transformers.ids.find(transformer_id)
        sightings.push({ device: { kind: 'transformer', item }, at, state: 'open' })
      }
    }
  }
  return sightings
}

/** Asked of the database only where something of the unit is not in its normal position. */
async function readGivenBack({ transaction, model }: Settling, unit: number): Promise<Sighting[]> {
  const switched = [...model.switched].filter((equipment) => isOfUnit(model, unit, equipment))
  if (switched.length === 0) return []
  const rows = await transaction.rows<{ equipment_id: string; restored_at: Date }>('incidents/read_given_back', {
    equipment_ids: switched.map((equipment) => model.network.equipment.ids.nameOf(equipment)),
  })
  return rows.map(({ equipment_id, restored_at }) => ({
    device: findDevice(model, equipment_id)!,
    at: restored_at.getTime(),
    state: 'closed',
  }))
}

function isOfUnit({ network, supply, units }: GridModel, unit: number, equipment: number): boolean {
  const tree = units.treeOf[unit]!
  const { from, to } = network.equipment
  return tree >= 0 && (supply.treeOf[from[equipment]!] === tree || supply.treeOf[to[equipment]!] === tree)
}
