// Reads the roads of every network in the database into one graph, in pages, so that a city needs little memory beside it.
import type { ClosureView } from '../contract/roads.ts'
import type { Database, Queries } from '../database/index.ts'
import type { ClosureShape } from './closures.ts'
import { type RoadGraph, RoadGraphBuilder } from './graph.ts'

/** Rows a page: large enough that the round trips do not count, small enough that a page is a few megabytes. */
const pageRows = 10_000

/** Rows as sql/roads gives them; `line` is WKB, little-endian. */
type NodeRow = { network_id: number; node: string; lon: number; lat: number }
type EdgeRow = {
  id: number
  network_id: number
  from_node: string
  to_node: string
  length_m: number
  time_s: number
  oneway: boolean
  line: Buffer
}

/** The lon, lat pairs of a WKB LineString without Z: byte order, type, count, then doubles. */
function decodeLine(wkb: Buffer): Float64Array {
  const points = wkb.readUInt32LE(5)
  return Float64Array.from({ length: points * 2 }, (_, i) => wkb.readDoubleLE(9 + i * 8))
}

async function* pages<Row>(read: (last: Row | undefined) => Promise<Row[]>): AsyncGenerator<Row[]> {
  for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1))) {
    yield page
    if (page.length < pageRows) return
  }
}

/** A node's name is its network's own; two networks may use the same. */
function nodeKey(network: number, node: string): string {
  return `${network}/${node}`
}

async function readGraph(queries: Queries): Promise<RoadGraph> {
  const builder = new RoadGraphBuilder()
  const nodePages = pages<NodeRow>((last) =>
    queries.rows<NodeRow>('roads/read_nodes', {
      after_network: last?.network_id ?? -1,
      after_node: last?.node ?? '',
      page_rows: pageRows,
    }),
  )
  for await (const page of nodePages)
    for (const { network_id, node, lon, lat } of page) builder.addNode(nodeKey(network_id, node), lon, lat)
  const edgePages = pages<EdgeRow>((last) =>
    queries.rows<EdgeRow>('roads/read_edges', { after_id: last?.id ?? 0, page_rows: pageRows }),
  )
  for await (const page of edgePages)
    for (const { network_id, from_node, to_node, length_m, time_s, oneway, line } of page)
      builder.addEdge({
        from: nodeKey(network_id, from_node),
        to: nodeKey(network_id, to_node),
        length_m,
        time_s,
        oneway,
        shape: decodeLine(line),
      })
  return builder.finish()
}

/** The graph of all roads in the database, as of one instant. */
export function loadRoadGraph(database: Database): Promise<RoadGraph> {
  return database.transaction(async (transaction) => {
    await transaction.touch('roads/freeze')
    return readGraph(transaction)
  })
}

/** The closures that stand, oldest first. */
export async function readClosures(queries: Queries): Promise<ClosureView[]> {
  const rows = await queries.rows<Omit<ClosureView, 'closed_at'> & { closed_at: Date }>('roads/read_closures')
  return rows.map((row) => ({ ...row, closed_at: row.closed_at.toISOString() }))
}

/** The same as `Roads.closeExactly` takes them. */
export async function loadClosures(queries: Queries): Promise<Map<string, ClosureShape>> {
  return new Map((await readClosures(queries)).map(({ id, shape }) => [id, shape]))
}

/** Differs after every import. */
export async function readRoadVersion(queries: Queries): Promise<string> {
  return (await queries.one<{ version: string }>('roads/read_version')).version
}
