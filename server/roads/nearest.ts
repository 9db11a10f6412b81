// The plain search for the nearest crews: Dijkstra (1959) outward from the incident over the reversed roads, because a crew
// drives towards it, stopped as soon as the crews wanted are certain. The oracle of the hierarchy, and what serves without it.
import FlatQueue from 'flatqueue'
import type { RoadGraph } from './graph.ts'
import { alongSameEdge, leave, type Position, reach } from './position.ts'
import { type Drive, firstPiece, lanePiece, lastPiece, straightOn } from './route.ts'

/** A crew that can drive to the incident; `crew` is its place in the list asked about. */
export type Arrival = { crew: number; travel_ms: number; distance_m: number }

/** What a search ranks: ties in time are settled by the id, so that every server gives the same answer. */
export type PlacedCrew = { id: string; position: Position }

/** Larger than any cost: the label of a node not reached. */
export const unreached = 0x7fffffff

/** Fewest milliseconds first, ties by crew id in code-unit order. */
export function byTime(crews: readonly PlacedCrew[]): (one: Arrival, other: Arrival) => number {
  return (one, other) => one.travel_ms - other.travel_ms || (crews[one.crew]!.id < crews[other.crew]!.id ? -1 : 1)
}

/** Crews by the node that they drive off to first, and the best time known to each. */
class CrewDoors {
  readonly best_ms: number[]
  readonly best_m: number[]
  /** Node → its crews as [crew, cost_ms, length_m]; most nodes have none. */
  private readonly doors = new Map<number, [number, number, number][]>()

  constructor(graph: RoadGraph, incident: Position, crews: readonly PlacedCrew[]) {
    this.best_ms = crews.map(({ position }) => alongSameEdge(graph, position, incident)?.cost_ms ?? unreached)
    this.best_m = crews.map(({ position }) => alongSameEdge(graph, position, incident)?.length_m ?? 0)
    crews.forEach(({ position }, crew) => {
      for (const { node, cost_ms, length_m } of leave(graph, position)) {
        const door = this.doors.get(node)
        if (door) door.push([crew, cost_ms, length_m])
        else this.doors.set(node, [[crew, cost_ms, length_m]])
      }
    })
  }

  /** Notes the crews beside a node settled at `cost_ms`; true if any crew's time fell. */
  settle(node: number, cost_ms: number, length_m: number): boolean {
    let improved = false
    for (const [crew, first_ms, first_m] of this.doors.get(node) ?? []) {
      if (cost_ms + first_ms >= this.best_ms[crew]!) continue
      this.best_ms[crew] = cost_ms + first_ms
      this.best_m[crew] = length_m + first_m
      improved = true
    }
    return improved
  }

  /** The k-th smallest time known so far. Cost: a sort of the crews, done only when one of them is found. */
  bound(k: number): number {
    return k > this.best_ms.length ? unreached : [...this.best_ms].sort((one, other) => one - other)[k - 1]!
  }
}

/** One Dijkstra with its labels kept between searches, so that a search costs what it touches and not the whole graph. */
export class PlainSearch {
  private readonly graph: RoadGraph
  private readonly cost_ms: Int32Array
  private readonly length_m: Float64Array
  /** The lane by which a drive goes on from each node labelled, or `-1 - n` where it ends at doorstep n. */
  private readonly onward: Int32Array
  private readonly queue = new FlatQueue<number>()
  private readonly touched: number[] = []

  constructor(graph: RoadGraph) {
    this.graph = graph
    this.cost_ms = new Int32Array(graph.nodes).fill(unreached)
    this.length_m = new Float64Array(graph.nodes)
    this.onward = new Int32Array(graph.nodes)
  }

  private label(node: number, cost_ms: number, length_m: number, onward: number): void {
    if (cost_ms >= this.cost_ms[node]!) return
    if (this.cost_ms[node] === unreached) this.touched.push(node)
    this.cost_ms[node] = cost_ms
    this.length_m[node] = length_m
    this.onward[node] = onward
    this.queue.push(node, cost_ms)
  }

  /** Begins a search at the place that the drives end at. */
  private begin(end: Position): void {
    reach(this.graph, end).forEach(({ node, cost_ms, length_m }, step) =>
      this.label(node, cost_ms, length_m, -1 - step),
    )
  }

  /** Settles the next node no farther than `bound_ms` and labels what leads to it; -1 when there is none. */
  private settleNext(bound_ms: number): number {
    const { queue, graph } = this
    const { first, head, lane, cost_ms: arcCost_ms } = graph.reverse
    while (queue.length > 0 && queue.peekValue()! <= bound_ms) {
      const cost_ms = queue.peekValue()!
      const node = queue.pop()!
      if (cost_ms > this.cost_ms[node]!) continue
      const length_m = this.length_m[node]!
      for (let arc = first[node]!; arc < first[node + 1]!; arc++) {
        const edge_m = graph.edges.length_m[lane[arc]! >> 1]!
        this.label(head[arc]!, cost_ms + arcCost_ms[arc]!, length_m + edge_m, lane[arc]!)
      }
      return node
    }
    return -1
  }

  /** The k crews that reach the incident soonest; fewer where the roads lead fewer there. Cost: the nodes nearer than the k-th. */
  nearest(incident: Position, crews: readonly PlacedCrew[], k: number): Arrival[] {
    const doors = new CrewDoors(this.graph, incident, crews)
    let bound_ms = doors.bound(k)
    this.begin(incident)
    // Nodes at the bound itself are still settled: a crew there ties with the k-th and may come first by its id.
    for (let node = this.settleNext(bound_ms); node >= 0; node = this.settleNext(bound_ms))
      if (doors.settle(node, this.cost_ms[node]!, this.length_m[node]!)) bound_ms = doors.bound(k)
    this.forget()
    return crews
      .map((_, crew) => ({ crew, travel_ms: doors.best_ms[crew]!, distance_m: doors.best_m[crew]! }))
      .filter(({ travel_ms }) => travel_ms < unreached)
      .sort(byTime(crews))
      .slice(0, k)
  }

  /** The quickest drive between two places, or null where no road leads. Cost: the nodes nearer than the start. */
  route(from: Position, to: Position): Drive | null {
    let best = straightOn(this.graph, from, to)
    const starts = leave(this.graph, from)
    this.begin(to)
    for (let node = this.settleNext(unreached); node >= 0; node = this.settleNext(best?.travel_ms ?? unreached)) {
      for (const start of starts) {
        if (start.node !== node) continue
        const travel_ms = start.cost_ms + this.cost_ms[node]!
        if (best !== null && travel_ms >= best.travel_ms) continue
        const pieces = [...firstPiece(from, start), ...this.piecesFrom(node, to)]
        best = { travel_ms, distance_m: start.length_m + this.length_m[node]!, pieces }
      }
    }
    this.forget()
    return best
  }

  private piecesFrom(node: number, to: Position): Drive['pieces'] {
    const pieces = []
    for (let onward = this.onward[node]!; ; onward = this.onward[node]!) {
      if (onward < 0) return [...pieces, ...lastPiece(to, reach(this.graph, to)[-1 - onward]!)]
      pieces.push(lanePiece(onward))
      node = onward % 2 === 0 ? this.graph.edges.to[onward >> 1]! : this.graph.edges.from[onward >> 1]!
    }
  }

  private forget(): void {
    for (const node of this.touched) this.cost_ms[node] = unreached
    this.touched.length = 0
    this.queue.clear()
  }
}
