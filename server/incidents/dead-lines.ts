// Which lines stand without supply: what the device of each open incident feeds as switched now, but for the way to whoever has
// come back. Traced once a version of an incident.
import type { DeadLines } from '../contract/dead-lines.ts'
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Database } from '../database/index.ts'
import { downstreamOf, otherEnd } from '../network/index.ts'
import type { GridHolder, GridModel } from './grid-model.ts'

/** A storm's open incidents above the transformers; the largest are traced. */
const most = 500
/** Ids in one answer, about half a megabyte: some hundred feeders' worth. */
const mostIds = 30_000

type Row = { id: string; status: IncidentStatus; version: number; equipment_id: string; back_ids: string[] }
type Ground = Pick<GridModel, 'network' | 'supply'>

/** The device and all that it feeds, nearest first, without the lines over which one of `back` is supplied again. */
export function deadLinesBelow({ network, supply }: Ground, device: number, back: readonly number[]): number[] {
  const lit = new Set<number>()
  for (const transformer of back)
    for (let at = network.transformers.node[transformer]!; at >= 0 && supply.fedBy[at]! >= 0;) {
      const equipment = supply.fedBy[at]!
      if (lit.has(equipment)) break
      lit.add(equipment)
      at = otherEnd(network, equipment, at)
    }
  const below = downstreamOf(network, supply, device).nodes.map((node) => supply.fedBy[node]!)
  return [...new Set([device, ...below])].filter((equipment) => !lit.has(equipment))
}

/** By incident, for the grid as it was loaded: another import brings another model. */
const traced = new WeakMap<GridModel, Map<string, { key: string; ids: string[] }>>()

export async function readDeadLines({ database, grid }: { database: Database; grid: GridHolder }): Promise<DeadLines> {
  const model = grid.current
  const rows = await database.replica.rows<Row>('incidents/list_dead', { limit: most })
  const before = traced.get(model)
  const kept = new Map<string, { key: string; ids: string[] }>()
  const switched = [...model.switched].sort((a, b) => a - b).join()
  const items: DeadLines['items'] = []
  let left = mostIds
  for (const row of rows) {
    const key = `${row.version} ${switched}`
    const known = before?.get(row.id)
    const ids = known?.key === key ? known.ids : trace(model, row)
    kept.set(row.id, { key, ids })
    left -= ids.length
    if (left < 0) break
    const certain = row.status === 'confirmed' || row.status === 'partly_restored'
    if (ids.length > 0) items.push({ incident_id: row.id, certain, equipment_ids: ids })
  }
  traced.set(model, kept)
  return { items }
}

function trace(model: GridModel, { equipment_id, back_ids }: Row): string[] {
  const { network } = model
  const device = network.equipment.ids.find(equipment_id)
  if (device < 0) return []
  const back = back_ids.map((id) => network.transformers.ids.find(id)).filter((transformer) => transformer >= 0)
  return deadLinesBelow(model, device, back).map((equipment) => network.equipment.ids.nameOf(equipment))
}
