// The road graph as typed arrays: edges as they were given, and beside them the directed arcs that a search walks, forward
// and reversed, in compressed rows. Costs are whole milliseconds, so that sums are exact in whatever order they are made.
import { lengthOf } from './ground.ts'

/** Why a node or an edge cannot be used; the reader of a file adds its name and line. */
export class RoadRefusal extends Error {
  readonly column: string
  constructor(column: string, message: string) {
    super(message)
    this.column = column
  }
}

/** One stretch of road as a file or a database gives it; `shape` is lon, lat, lon, lat … from `from` to `to`. */
export type EdgeInput = {
  from: string
  to: string
  length_m: number
  time_s: number
  oneway: boolean
  shape?: ArrayLike<number> | undefined
}

/**
 * Compressed rows: the arcs of node n are `first[n]` up to `first[n + 1]`. A lane is one direction of an edge:
 * `edge * 2` from its `from` to its `to`, `edge * 2 + 1` the other way.
 */
export type Arcs = { first: Int32Array; head: Int32Array; cost_ms: Int32Array; lane: Int32Array }

/** The edges, one row each, closed ones included; `shape` holds lon, lat pairs from point `shapeFirst[e]` on. */
export type EdgeTable = {
  from: Int32Array
  to: Int32Array
  cost_ms: Int32Array
  length_m: Float64Array
  oneway: Uint8Array
  shapeFirst: Int32Array
  shape: Float64Array
}

/** A graph to search: `forward` holds the arcs that leave a node, `reverse` those that arrive at it. */
export type RoadGraph = {
  nodeIndex: ReadonlyMap<string, number>
  nodes: number
  edges: EdgeTable
  closed: Uint8Array
  forward: Arcs
  reverse: Arcs
}

/** No edge takes longer than a day; sums then stay far inside 31 bits (24 days) on any map that is driven. */
const longestEdge_s = 86_400

function checkNumber(column: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new RoadRefusal(column, `${column} is ${value}; a number from ${low} to ${high} would be right`)
}

/** Takes nodes, then edges, one at a time, so that neither a file nor a table need be held whole. */
export class RoadGraphBuilder {
  private readonly nodeIndex = new Map<string, number>()
  private readonly lonLat: number[] = []
  private readonly from: number[] = []
  private readonly to: number[] = []
  private readonly cost_ms: number[] = []
  private readonly length_m: number[] = []
  private readonly oneway: number[] = []
  private readonly shapeFirst: number[] = [0]
  private readonly shape: number[] = []

  /** Refuses a second node of one id and a point off the planet. */
  addNode(id: string, lon: number, lat: number): void {
    if (id === '') throw new RoadRefusal('node', 'node is empty; an identifier would be right')
    if (this.nodeIndex.has(id)) throw new RoadRefusal('node', `node ${id} is there twice; each once would be right`)
    checkNumber('lon', lon, -180, 180)
    checkNumber('lat', lat, -90, 90)
    this.nodeIndex.set(id, this.nodeIndex.size)
    this.lonLat.push(lon, lat)
  }

  private indexOf(column: 'from' | 'to', id: string): number {
    const index = this.nodeIndex.get(id)
    if (index === undefined)
      throw new RoadRefusal(column, `${column} names node ${id || '(empty)'}, which is not among the nodes`)
    return index
  }

  /** Refuses an edge to a node that is not there and a time or length that nobody can drive. */
  addEdge(edge: EdgeInput): void {
    const from = this.indexOf('from', edge.from)
    const to = this.indexOf('to', edge.to)
    checkNumber('length_m', edge.length_m, 0, 10_000_000)
    checkNumber('time_s', edge.time_s, 0, longestEdge_s)
    this.from.push(from)
    this.to.push(to)
    this.cost_ms.push(Math.round(edge.time_s * 1000))
    this.length_m.push(edge.length_m)
    this.oneway.push(edge.oneway ? 1 : 0)
    const { shape } = edge
    if (shape !== undefined && shape.length >= 4) for (let i = 0; i < shape.length; i++) this.shape.push(shape[i]!)
    else for (const node of [from, to]) this.shape.push(this.lonLat[node * 2]!, this.lonLat[node * 2 + 1]!)
    this.shapeFirst.push(this.shape.length / 2)
  }

  /** The graph with every edge open. Cost: two passes over the edges for each direction. */
  finish(): RoadGraph {
    const edges: EdgeTable = {
      from: Int32Array.from(this.from),
      to: Int32Array.from(this.to),
      cost_ms: Int32Array.from(this.cost_ms),
      length_m: Float64Array.from(this.length_m),
      oneway: Uint8Array.from(this.oneway),
      shapeFirst: Int32Array.from(this.shapeFirst),
      shape: Float64Array.from(this.shape),
    }
    return connect(this.nodeIndex, edges, new Uint8Array(edges.from.length))
  }
}

/** Calls `visit` with each open lane and its ends; a self loop leads nowhere and is left to the positions upon it. */
function forEachLane(
  edges: EdgeTable,
  closed: Uint8Array,
  visit: (tail: number, head: number, lane: number) => void,
): void {
  for (let edge = 0; edge < edges.from.length; edge++) {
    const from = edges.from[edge]!
    const to = edges.to[edge]!
    if (closed[edge] === 1 || from === to) continue
    visit(from, to, edge * 2)
    if (edges.oneway[edge] === 0) visit(to, from, edge * 2 + 1)
  }
}

function layArcs(nodes: number, edges: EdgeTable, closed: Uint8Array, reversed: boolean): Arcs {
  const first = new Int32Array(nodes + 1)
  forEachLane(edges, closed, (tail, head) => {
    first[(reversed ? head : tail) + 1]!++
  })
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!
  const count = first[nodes]!
  const arcs = {
    first,
    head: new Int32Array(count),
    cost_ms: new Int32Array(count),
    lane: new Int32Array(count),
  }
  const next = first.slice()
  forEachLane(edges, closed, (tail, head, lane) => {
    const at = next[reversed ? head : tail]!++
    arcs.head[at] = reversed ? tail : head
    arcs.cost_ms[at] = edges.cost_ms[lane >> 1]!
    arcs.lane[at] = lane
  })
  return arcs
}

function connect(nodeIndex: ReadonlyMap<string, number>, edges: EdgeTable, closed: Uint8Array): RoadGraph {
  const nodes = nodeIndex.size
  const forward = layArcs(nodes, edges, closed, false)
  return { nodeIndex, nodes, edges, closed, forward, reverse: layArcs(nodes, edges, closed, true) }
}

/** The same roads with the edges marked 1 in `closed` not drivable. Tables are shared with `graph`, not copied. */
export function withClosed(graph: RoadGraph, closed: Uint8Array): RoadGraph {
  return connect(graph.nodeIndex, graph.edges, closed)
}

/** The lon, lat pairs of one edge, its ends included. */
export function shapeOf(edges: EdgeTable, edge: number): Float64Array {
  return edges.shape.subarray(edges.shapeFirst[edge]! * 2, edges.shapeFirst[edge + 1]! * 2)
}

/** The drawn length of an edge in metres, which offsets are a share of; `length_m` is what driving it counts. */
export function drawnLength_m(edges: EdgeTable, edge: number): number {
  return lengthOf(shapeOf(edges, edge))
}
