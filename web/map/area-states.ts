// Which state each transformer area is shown in: the gravest of its incidents. Pure.
import { isUnverified } from '../live/shown-state.ts'
import { isStillOut } from '../live/still-out.ts'
import type { IncidentStatus, IncidentSummary, EquipmentKind } from '../../server/contract/incidents.ts'

export type AreaState = Extract<IncidentStatus, 'suspected' | 'probable' | 'confirmed' | 'partly_restored' | 'restored'>

/** Gravest first. */
export const areaStates: readonly AreaState[] = ['confirmed', 'probable', 'suspected', 'partly_restored', 'restored']

/**
 * An incident below the transformer leaves the rest of its area supplied: it is a mark on the map, not a coloured area. Not so one
 * who is still out after a restoration: nobody knows yet how far that reached, and the area must not look as if all were well.
 */
const belowTransformer = new Set<EquipmentKind>(['lv_branch', 'meter_box', 'service_point'])

const isPlain = (incident: IncidentSummary) => belowTransformer.has(incident.equipment.kind) && !isStillOut(incident)

/** An area that came back stays green this long. */
const restoredStay_ms = 30 * 60 * 1000

export function stateOfAreas(incidents: Iterable<IncidentSummary>, now: number): Map<string, AreaState> {
  const states = new Map<string, AreaState>()
  for (const incident of incidents) {
    // An area is green once it is verified that supply is back: until then some of it may not have any.
    const shown = isUnverified(incident) ? 'partly_restored' : incident.status
    const state = areaStates.indexOf(shown as AreaState)
    if (state < 0 || incident.merged_into !== null || isPlain(incident)) continue
    if (
      incident.status === 'restored' &&
      now - Date.parse(incident.verified_at ?? incident.restored_at ?? incident.updated_at) > restoredStay_ms
    )
      continue
    for (const id of incident.transformer_ids) {
      const other = states.get(id)
      if (other === undefined || areaStates.indexOf(other) > state) states.set(id, areaStates[state]!)
    }
  }
  return states
}

/** What changed between two pictures: areas to set, and areas to clear. */
export function differenceOf(before: ReadonlyMap<string, AreaState>, after: ReadonlyMap<string, AreaState>) {
  const set: [string, AreaState][] = []
  const clear: string[] = []
  for (const [id, state] of after) if (before.get(id) !== state) set.push([id, state])
  for (const id of before.keys()) if (!after.has(id)) clear.push(id)
  return { set, clear }
}
