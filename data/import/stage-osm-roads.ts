// Stages the roads of an OpenStreetMap extract as if they had come in roads_nodes.csv and roads_edges.csv.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Transaction } from '../../server/database/index.ts'
import { Batch, stageRefusals } from './copy-batch.ts'
import { readOsmRoads } from './osm-roads.ts'
import { copyText } from './row-reader.ts'

export const osmRoadsFile = 'roads.osm.pbf'

/** Whose the roads are (ODbL, section 4.3) goes with the network's own origin to whoever sees the map. */
export const creditOsm = (source: string | null) =>
  source?.includes('OpenStreetMap')
    ? source
    : [source, 'roads © OpenStreetMap contributors (ODbL)'].filter(Boolean).join('; ')

const drawn = (shape: number[]) => {
  const places: string[] = []
  for (let at = 0; at + 1 < shape.length; at += 2) places.push(`${shape[at]} ${shape[at + 1]}`)
  return `SRID=4326;LINESTRING(${places.join(',')})`
}

const cells = (values: (string | number)[]) =>
  values.map((value) => (value === '' ? '\\N' : copyText(String(value)))).join('\t')

/** Answers what was staged, under the names of the two files that it stands for; nothing where there is no extract. */
export async function stageOsmRoads(
  transaction: Transaction,
  folder: string,
  onProgress: (share: number) => void,
): Promise<{ file: string; read: number }[]> {
  const file = path.join(folder, osmRoadsFile)
  if (!existsSync(file)) return []
  const roads = await readOsmRoads(file, onProgress).catch((reason: Error) => reason)
  if (roads instanceof Error) {
    const reason = `it cannot be read as an OpenStreetMap extract (${roads.message}); a whole .osm.pbf would be right`
    await stageRefusals(transaction, [{ file: osmRoadsFile, line: 1, column: '', value: '', reason }])
    return [{ file: osmRoadsFile, read: 0 }]
  }
  const nodes = new Batch(transaction, 'staged_road_node (line, node, lon, lat)')
  let nodeLine = 0
  for (const { node, lon, lat } of roads.nodes()) {
    nodes.add(cells([++nodeLine, node, lon, lat]))
    if (nodes.isFull) await nodes.flush()
  }
  await nodes.flush()
  const edges = new Batch(
    transaction,
    'staged_road_edge (line, from_node, to_node, length_m, time_s, oneway, name, class, geom)',
  )
  let edgeLine = 0
  for (const edge of roads.edges()) {
    const { from, to, length_m, time_s, oneway, name, shape } = edge
    edges.add(cells([++edgeLine, from, to, length_m, time_s, oneway ? 't' : 'f', name, edge.class, drawn(shape)]))
    if (edges.isFull) await edges.flush()
  }
  await edges.flush()
  return [
    { file: 'roads_nodes.csv', read: nodeLine },
    { file: 'roads_edges.csv', read: edgeLine },
  ]
}
