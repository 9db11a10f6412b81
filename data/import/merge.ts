// Carries what was staged and judged into the tables, in the order in which rows refer to each other; only rows that differ
// are written.
import type { Transaction } from '../../server/database/index.ts'

/** What a merge did to a table. */
export type Merged = { new: number; changed: number }

const merges: [file: string, statement: string][] = [
  ['districts.geojson', 'import/merge_district'],
  ['grids.geojson', 'import/merge_grid'],
  ['equipment.csv', 'import/merge_equipment'],
  ['sources.csv', 'import/merge_source'],
  ['transformers.csv', 'import/merge_transformer'],
  ['areas.geojson', 'import/merge_area'],
  ['lv_equipment.csv', 'import/merge_lv_equipment'],
  ['service_points.csv', 'import/merge_service_point'],
  ['crews.csv', 'import/merge_crew'],
  ['roads_nodes.csv', 'import/merge_road_node'],
  ['roads_edges.csv', 'import/merge_road_edge'],
  ['planned_outages.csv', 'import/merge_planned_outage'],
  ['incident_history.csv', 'import/merge_incident_history'],
  ['water.geojson', 'import/merge_water'],
]

/** Merges every file that `files` names, telling `onFile` before each. */
export async function mergeStaged(
  transaction: Transaction,
  networkId: number,
  files: Set<string>,
  onFile: (file: string) => void,
): Promise<Map<string, Merged>> {
  const merged = new Map<string, Merged>()
  for (const [file, statement] of merges) {
    if (file === 'transformers.csv') await cutGround(transaction)
    if (!files.has(file)) continue
    onFile(file)
    if (file === 'planned_outages.csv') await transaction.touch('import/refuse_list_references')
    if (file === 'service_points.csv') await findTransformerGround(transaction)
    const indices = file === 'service_points.csv' ? await takeIndices(transaction) : []
    merged.set(file, await transaction.one<Merged>(statement, { network_id: networkId }))
    if (indices.length > 0) await transaction.touch('import/build_indices', { definitions: indices })
  }
  if (files.has('roads_nodes.csv') && files.has('roads_edges.csv')) await dropOldRoads(transaction, networkId)
  return merged
}

async function cutGround(transaction: Transaction): Promise<void> {
  await transaction.touch('import/cut_districts')
  await transaction.touch('import/cut_grids')
  await transaction.touch('import/index_pieces')
}

async function findTransformerGround(transaction: Transaction): Promise<void> {
  await transaction.touch('import/stage_transformer_ground')
  await transaction.touch('import/index_transformer_ground')
}

async function takeIndices(transaction: Transaction): Promise<string[]> {
  const { definitions } = await transaction.one<{ definitions: string[] }>('import/take_indices')
  return definitions
}

async function dropOldRoads(transaction: Transaction, networkId: number): Promise<void> {
  await transaction.touch('import/drop_old_road_edges', { network_id: networkId })
  await transaction.touch('import/drop_old_road_nodes', { network_id: networkId })
}
