// Refuses the rows that only the other rows can show to be wrong: second identifiers, references to nothing, loops of
// parents, instants out of order. Set by set in SQL; what refers is judged after what it refers to.
import type { Transaction } from '../../server/database/index.ts'

/** The column that identifies a row, by file. */
const keys: [file: string, staged: string, key: string][] = [
  ['districts.geojson', 'staged_district', 'code'],
  ['grids.geojson', 'staged_grid', 'id'],
  ['equipment.csv', 'staged_equipment', 'id'],
  ['sources.csv', 'staged_source', 'node'],
  ['transformers.csv', 'staged_transformer', 'id'],
  ['areas.geojson', 'staged_area', 'transformer_id'],
  ['lv_equipment.csv', 'staged_lv_equipment', 'id'],
  ['service_points.csv', 'staged_service_point', 'id'],
  ['crews.csv', 'staged_crew', 'id'],
  ['roads_nodes.csv', 'staged_road_node', 'node'],
  ['planned_outages.csv', 'staged_planned_outage', 'id'],
  ['incident_history.csv', 'staged_incident_history', 'id'],
  ['water.geojson', 'staged_water', 'id'],
]

const polygons: [file: string, staged: string][] = [
  ['districts.geojson', 'staged_district'],
  ['grids.geojson', 'staged_grid'],
  ['areas.geojson', 'staged_area'],
  ['water.geojson', 'staged_water'],
]

/** `reference` of `staged` names `targetKey` of a row of `target`, or of one loaded earlier. */
type Reference = {
  file: string
  staged: string
  reference: string
  target: string
  kept: string
  targetKey: string
  whose: string
}

const reference = (
  [file, staged, reference]: [string, string, string],
  [whose, target, kept, targetKey]: [string, string, string, string],
): Reference => ({ file, staged, reference, target, kept, targetKey, whose })

const transformers: [string, string, string, string] = ['transformers.csv', 'staged_transformer', 'transformer', 'id']
const roadNodes: [string, string, string, string] = ['roads_nodes.csv', 'staged_road_node', 'staged_road_node', 'node']

const hangsOnGraph = reference(
  ['transformers.csv', 'staged_transformer', 'node'],
  ['equipment.csv or sources.csv', 'graph_node', 'graph_node', 'node'],
)
const beforeLowVoltage = [
  reference(['areas.geojson', 'staged_area', 'transformer_id'], transformers),
  reference(['lv_equipment.csv', 'staged_lv_equipment', 'transformer_id'], transformers),
]
const afterLowVoltage = [
  reference(['service_points.csv', 'staged_service_point', 'transformer_id'], transformers),
  reference(
    ['service_points.csv', 'staged_service_point', 'lv_equipment_id'],
    ['lv_equipment.csv', 'staged_lv_equipment', 'lv_equipment', 'id'],
  ),
  reference(
    ['crews.csv', 'staged_crew', 'home_district'],
    ['districts.geojson', 'staged_district', 'district', 'code'],
  ),
  reference(['roads_edges.csv', 'staged_road_edge', 'from_node'], roadNodes),
  reference(['roads_edges.csv', 'staged_road_edge', 'to_node'], roadNodes),
]

async function refuseReferences(transaction: Transaction, references: Reference[]): Promise<void> {
  for (const { targetKey, ...values } of references)
    await transaction.one('import/refuse_references', { ...values, target_key: targetKey })
}

/** Judges everything that is staged. Answers what was mended and is worth saying. */
export async function judgeStaged(transaction: Transaction): Promise<string[]> {
  const notes: string[] = []
  for (const [file, staged, key] of keys) await transaction.one('import/refuse_repeats', { file, staged, key })
  for (const [file, staged] of polygons) {
    const { mended } = await transaction.one<{ mended: number }>('import/mend_polygons', { file, staged })
    if (mended > 0) notes.push(`${file}: ${mended} polygons cross themselves and were mended`)
  }
  await transaction.touch('import/stage_graph_nodes')
  const hasGraph = await transaction.maybe('import/find_graph_node')
  await transaction.touch('import/stage_source_nodes')
  if (hasGraph) await refuseReferences(transaction, [hangsOnGraph])
  await refuseReferences(transaction, beforeLowVoltage)
  await transaction.touch('import/stage_lv_links')
  await transaction.touch('import/refuse_lv_parents')
  await refuseReferences(transaction, afterLowVoltage)
  await transaction.touch('import/refuse_planned_outages')
  await transaction.touch('import/refuse_incident_history')
  return notes
}
