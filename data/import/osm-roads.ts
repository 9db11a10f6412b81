// Turns an OpenStreetMap extract into roads in the shape of roads_nodes.csv and roads_edges.csv: ways cut where they meet.
// The file is read twice, ways before nodes, so that only the nodes of roads are kept: 24 bytes for each.
import { stat } from 'node:fs/promises'
import { lengthOfLine_m } from '../../server/roads/index.ts'
import { readOsm } from './osm-pbf.ts'
import { readRoadTags, type RoadTags } from './osm-road-tags.ts'

/** A row of roads_nodes.csv; the id is OpenStreetMap's. */
export type RoadNodeRow = { node: string; lon: number; lat: number }

/** A row of roads_edges.csv, its line as lon, lat, lon, lat … instead of text. */
export type RoadEdgeRow = {
  from: string
  to: string
  length_m: number
  time_s: number
  oneway: boolean
  name: string
  class: string
  shape: number[]
}

/** The roads of an extract; each may be gone through more than once. */
export type OsmRoads = { nodes: () => Generator<RoadNodeRow>; edges: () => Generator<RoadEdgeRow> }

/** A list of numbers that grows without a copy of every number as an object. */
class NumberList {
  private items = new Float64Array(1024)
  length = 0

  push(number: number): void {
    if (this.length === this.items.length) {
      const items = new Float64Array(this.length * 2)
      items.set(this.items)
      this.items = items
    }
    this.items[this.length++] = number
  }

  all(): Float64Array {
    return this.items.subarray(0, this.length)
  }
}

/** The drivable ways: way w has the nodes `refs[first[w]]` up to `refs[first[w + 1]]`. */
type Ways = { refs: Float64Array; first: number[]; tags: RoadTags[] }

async function readWays(path: string, onProgress: (read_bytes: number) => void): Promise<Ways> {
  const refs = new NumberList()
  const first = [0]
  const tags: RoadTags[] = []
  const way = (found: { refs: number[]; tags: Map<string, string> }) => {
    const road = readRoadTags(found.tags)
    if (road === null || found.refs.length < 2) return
    if (road.direction === 'backward') found.refs.reverse()
    for (const ref of found.refs) refs.push(ref)
    first.push(refs.length)
    tags.push(road)
  }
  await readOsm(path, { way }, onProgress)
  return { refs: refs.all(), first, tags }
}

/** The nodes that roads use, by ascending id; a junction is where ways begin, end, meet or cross themselves. */
class RoadNodes {
  readonly ids: Float64Array
  readonly lonE7: Int32Array
  readonly latE7: Int32Array
  readonly isKnown: Uint8Array
  readonly isJunction: Uint8Array

  constructor({ refs, first }: Ways) {
    const sorted = refs.slice().sort()
    this.ids = sorted.filter((id, at) => at === 0 || id !== sorted[at - 1])
    this.lonE7 = new Int32Array(this.ids.length)
    this.latE7 = new Int32Array(this.ids.length)
    this.isKnown = new Uint8Array(this.ids.length)
    this.isJunction = new Uint8Array(this.ids.length)
    for (let at = 1; at < sorted.length; at++)
      if (sorted[at] === sorted[at - 1]) this.isJunction[this.find(sorted[at]!)] = 1
    for (let way = 0; way + 1 < first.length; way++)
      for (const at of [first[way]!, first[way + 1]! - 1]) this.isJunction[this.find(refs[at]!)] = 1
  }

  /** Where an id stands, or -1; binary search. */
  find(id: number): number {
    let [low, high] = [0, this.ids.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      if (this.ids[middle] === id) return middle
      if (this.ids[middle]! < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  readonly place = (id: number, lonE7: number, latE7: number): void => {
    const at = this.find(id)
    if (at < 0) return
    this.lonE7[at] = lonE7
    this.latE7[at] = latE7
    this.isKnown[at] = 1
  }
}

/** Cuts a way into the runs of nodes between junctions; a node outside a clipped extract ends a run. */
function* runsOf(way: Float64Array, nodes: RoadNodes): Generator<number[]> {
  let run: number[] = []
  for (const id of way) {
    const at = nodes.find(id)
    const isKnown = nodes.isKnown[at] === 1
    if (isKnown) run.push(at)
    if (isKnown && nodes.isJunction[at] === 0) continue
    if (run.length >= 2) yield run
    run = isKnown ? [at] : []
  }
  if (run.length >= 2) yield run
}

function* edgesOf(ways: Ways, nodes: RoadNodes): Generator<RoadEdgeRow> {
  for (let way = 0; way < ways.tags.length; way++) {
    const tags = ways.tags[way]!
    for (const run of runsOf(ways.refs.subarray(ways.first[way]!, ways.first[way + 1]!), nodes)) {
      const shape = run.flatMap((at) => [nodes.lonE7[at]! / 1e7, nodes.latE7[at]! / 1e7])
      const length_m = lengthOfLine_m(shape)
      yield {
        from: String(nodes.ids[run[0]!]),
        to: String(nodes.ids[run.at(-1)!]),
        length_m: Math.round(length_m * 10) / 10,
        time_s: Math.round((length_m / tags.speed_kmh) * 360) / 100,
        oneway: tags.direction !== 'both',
        name: tags.name,
        class: tags.class,
        shape,
      }
    }
  }
}

/** The ends of edges, each once. Where an extract was clipped an end need not be a junction. */
function* nodesOf(ways: Ways, nodes: RoadNodes): Generator<RoadNodeRow> {
  const isEnd = new Uint8Array(nodes.ids.length)
  for (let way = 0; way < ways.tags.length; way++)
    for (const run of runsOf(ways.refs.subarray(ways.first[way]!, ways.first[way + 1]!), nodes))
      for (const at of [run[0]!, run.at(-1)!]) isEnd[at] = 1
  for (let at = 0; at < isEnd.length; at++)
    if (isEnd[at] === 1) yield { node: String(nodes.ids[at]), lon: nodes.lonE7[at]! / 1e7, lat: nodes.latE7[at]! / 1e7 }
}

/**
 * Reads the roads of an `.osm.pbf` file. `onProgress` hears the share done, 0 to 1. Throws OsmRefusal for a file that is no
 * such extract. Islands are kept: the searches know what no road leads to.
 */
export async function readOsmRoads(
  path: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<OsmRoads> {
  const { size } = await stat(path)
  const ways = await readWays(path, (read_bytes) => onProgress(read_bytes / size / 2))
  const nodes = new RoadNodes(ways)
  await readOsm(path, { node: nodes.place }, (read_bytes) => onProgress(0.5 + read_bytes / size / 2))
  return { nodes: () => nodesOf(ways, nodes), edges: () => edgesOf(ways, nodes) }
}
