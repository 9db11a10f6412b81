// The plain search for the nearest crews: Dijkstra (1959) outward from the incident over the reversed roads, because a crew
// drives towards it, stopped as soon as the crews wanted are certain. The oracle of the hierarchy, and what serves without it.
import FlatQueue from 'flatqueue'
import type { RoadGraph } from './graph.ts'
import { alongSameEdge, leave, type Position, reach } from './position.ts'

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
  private readonly queue = new FlatQueue<number>()
  private readonly touched: number[] = []

  constructor(graph: RoadGraph) {
    this.graph = graph
    this.cost_ms = new Int32Array(graph.nodes).fill(unreached)
    this.length_m = new Float64Array(graph.nodes)
  }

  private label(node: number, cost_ms: number, length_m: number): void {
    if (cost_ms >= this.cost_ms[node]!) return
    if (this.cost_ms[node] === unreached) this.touched.push(node)
    this.cost_ms[node] = cost_ms
    this.length_m[node] = length_m
    this.queue.push(node, cost_ms)
  }

  /** The k crews that reach the incident soonest; fewer where the roads lead fewer there. Cost: the nodes nearer than the k-th. */
  nearest(incident: Position, crews: readonly PlacedCrew[], k: number): Arrival[] {
    const { reverse, edges } = this.graph
    const doors = new CrewDoors(this.graph, incident, crews)
    let bound = doors.bound(k)
    for (const { node, cost_ms, length_m } of reach(this.graph, incident)) this.label(node, cost_ms, length_m)
    while (this.queue.length > 0) {
      const cost_ms = this.queue.peekValue()!
      // Nodes at the bound itself are still settled: a crew there ties with the k-th and may come first by its id.
      if (cost_ms > bound) break
      const node = this.queue.pop()!
      if (cost_ms > this.cost_ms[node]!) continue
      const length_m = this.length_m[node]!
      if (doors.settle(node, cost_ms, length_m)) bound = doors.bound(k)
      for (let arc = reverse.first[node]!; arc < reverse.first[node + 1]!; arc++)
        this.label(
          reverse.head[arc]!,
          cost_ms + reverse.cost_ms[arc]!,
          length_m + edges.length_m[reverse.lane[arc]! >> 1]!,
        )
    }
    this.forget()
    return crews
      .map((_, crew) => ({ crew, travel_ms: doors.best_ms[crew]!, distance_m: doors.best_m[crew]! }))
      .filter(({ travel_ms }) => travel_ms < unreached)
      .sort(byTime(crews))
      .slice(0, k)
  }

  private forget(): void {
    for (const node of this.touched) this.cost_ms[node] = unreached
    this.touched.length = 0
    this.queue.clear()
  }
}
