// Reads a folder's roads, and points on them, for the laboratory: the import's files, but the first bad row ends the run.
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import {
  atNode,
  type Position,
  type RoadGraph,
  RoadGraphBuilder,
  RoadRefusal,
  type RoadSnapper,
} from '../../server/roads/index.ts'
import { type CsvRow, readCsv } from '../import/read-csv.ts'
import { OsmRefusal } from '../import/osm-pbf.ts'
import { readOsmRoads } from '../import/osm-roads.ts'
import { parseLineString } from '../import/parse-line-string.ts'
import { BadInput } from './bad-input.ts'

function numberIn(row: CsvRow, column: string): number {
  const text = row.values[column]?.trim() ?? ''
  const value = Number(text)
  if (text === '' || !Number.isFinite(value))
    throw new RoadRefusal(column, `${column} is ${JSON.stringify(text)}; a number would be right`)
  return value
}

/** Each row of a CSV file to `take`; whatever that refuses, and a malformed file, becomes bad input with file and line. */
async function readEach(file: string, columns: string[], take: (row: CsvRow) => void): Promise<void> {
  if (!existsSync(file)) throw new BadInput(`${file} is not there`)
  if (statSync(file).size === 0)
    throw new BadInput(`${file} is empty; a header with ${columns.join(', ')} would be right`)
  let line = 1
  try {
    for await (const row of readCsv(file)) {
      line = row.line
      const missing = columns.find((column) => !(column in row.values))
      if (missing !== undefined)
        throw new RoadRefusal(missing, `header or row is without it; ${columns.join(', ')} would be right`)
      take(row)
    }
  } catch (error) {
    if (error instanceof RoadRefusal) throw new BadInput(`${file} line ${line}, ${error.column}: ${error.message}`)
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      throw new BadInput(
        `${file} line ${line}: it is named .gz but cannot be unpacked; a whole gzip file would be right`,
      )
    throw new BadInput(`${file} after line ${line}: ${(error as Error).message}`)
  }
}

function onewayIn(row: CsvRow): boolean {
  const text = row.values['oneway']?.trim() ?? ''
  if (!['', '0', '1'].includes(text))
    throw new RoadRefusal('oneway', `oneway is ${JSON.stringify(text)}; 0 or 1 would be right`)
  return text === '1'
}

function shapeIn(row: CsvRow): number[] | undefined {
  const text = row.values['wkt']?.trim() ?? ''
  if (text === '') return undefined
  const shape = parseLineString(text)
  if (shape === null) throw new RoadRefusal('wkt', 'wkt is not a LINESTRING of lon lat pairs')
  return shape
}

/** The road graph of a folder: roads_nodes.csv and roads_edges.csv (each also as .gz), or where they are absent roads.osm.pbf. */
export async function readRoads(folder: string): Promise<RoadGraph> {
  const fileOf = (name: string) =>
    [`${name}.gz`, name].map((each) => path.join(folder, each)).find((each) => existsSync(each)) ??
    path.join(folder, name)
  const extract = path.join(folder, 'roads.osm.pbf')
  const [nodeFile, edgeFile] = [fileOf('roads_nodes.csv'), fileOf('roads_edges.csv')]
  if (!existsSync(nodeFile) && !existsSync(edgeFile) && existsSync(extract)) return readExtract(extract)
  const builder = new RoadGraphBuilder()
  await readEach(nodeFile, ['node', 'lon', 'lat'], (row) =>
    builder.addNode(row.values['node']!, numberIn(row, 'lon'), numberIn(row, 'lat')),
  )
  await readEach(edgeFile, ['from', 'to', 'length_m', 'time_s'], (row) =>
    builder.addEdge({
      from: row.values['from']!,
      to: row.values['to']!,
      length_m: numberIn(row, 'length_m'),
      time_s: numberIn(row, 'time_s'),
      oneway: onewayIn(row),
      shape: shapeIn(row),
    }),
  )
  return builder.finish()
}

async function readExtract(file: string): Promise<RoadGraph> {
  const builder = new RoadGraphBuilder()
  try {
    const { nodes, edges } = await readOsmRoads(file)
    for (const { node, lon, lat } of nodes()) builder.addNode(node, lon, lat)
    for (const edge of edges()) builder.addEdge(edge)
  } catch (error) {
    throw error instanceof OsmRefusal ? new BadInput(error.message) : error
  }
  return builder.finish()
}

/** A crew or an incident of the laboratory; null where no road is near enough. */
export type PlacedRow = { id: string; position: Position | null }

/** Reads points as `id` with either `node` or `lon,lat`, and puts each on the roads. */
export async function readPlaces(file: string, graph: RoadGraph, snapper: RoadSnapper): Promise<PlacedRow[]> {
  const places: PlacedRow[] = []
  const ids = new Set<string>()
  await readEach(file, ['id'], (row) => {
    const id = row.values['id']!
    if (id === '' || ids.has(id))
      throw new RoadRefusal('id', `id is ${id === '' ? 'empty' : `${id} a second time`}; each row needs its own`)
    ids.add(id)
    const node = row.values['node']?.trim() ?? ''
    if (node === '') places.push({ id, position: snapper.snap(pointIn(row)) })
    else places.push({ id, position: atNode(nodeIn(graph, node)) })
  })
  return places
}

function nodeIn(graph: RoadGraph, id: string): number {
  const node = graph.nodeIndex.get(id)
  if (node === undefined)
    throw new RoadRefusal('node', `node ${id} is not in roads_nodes.csv; one of its nodes would be right`)
  return node
}

function pointIn(row: CsvRow): { lon: number; lat: number } {
  if (!row.values['lon']?.trim() && !row.values['lat']?.trim())
    throw new RoadRefusal('node', 'node, lon and lat are empty; a node, or lon and lat, would be right')
  const point = { lon: numberIn(row, 'lon'), lat: numberIn(row, 'lat') }
  if (Math.abs(point.lon) > 180) throw new RoadRefusal('lon', `lon is ${point.lon}; -180 to 180 would be right`)
  if (Math.abs(point.lat) > 90) throw new RoadRefusal('lat', `lat is ${point.lat}; -90 to 90 would be right`)
  return point
}
