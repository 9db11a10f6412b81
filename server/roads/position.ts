// A place on the road network: on an edge at a share of its length, or at a node. It says where one can drive off to from
// there and where one comes from to reach it, one-way streets respected.
import type { RoadGraph } from './graph.ts'

/**
 * `offset` is the share of the edge's drawn length from its `from` end; `side` is seen looking along the edge. `node` is set
 * where the place is a node (offset 0 or 1 too), else -1. `distance_m` is how far off the road the point was: access on foot,
 * reported and never added to the travel time.
 */
export type Position = {
  edge: number
  node: number
  offset: number
  side: 'left' | 'right' | 'on'
  distance_m: number
}

/** A node next to a position, with the drive between the two along `lane` (-1: the position is the node). */
export type Doorstep = { node: number; cost_ms: number; length_m: number; lane: number }

/** The position at a node itself. */
export function atNode(node: number): Position {
  return { edge: -1, node, offset: 0, side: 'on', distance_m: 0 }
}

/** The position on an edge; at either end it is the node, since a driver there may take any road of the junction. */
export function onEdge(
  graph: RoadGraph,
  edge: number,
  offset: number,
  side: Position['side'] = 'on',
  distance_m = 0,
): Position {
  const node = offset <= 0 ? graph.edges.from[edge]! : offset >= 1 ? graph.edges.to[edge]! : -1
  return { edge, node, offset, side, distance_m }
}

/** Milliseconds from the `from` end to the position; rounded once, so that both parts always add up to the whole edge. */
function along_ms({ edges }: RoadGraph, position: Position): number {
  return Math.round(edges.cost_ms[position.edge]! * position.offset)
}

function doorsteps(graph: RoadGraph, position: Position, leaving: boolean): Doorstep[] {
  if (position.node >= 0) return [{ node: position.node, cost_ms: 0, length_m: 0, lane: -1 }]
  const { edges, closed } = graph
  const { edge, offset } = position
  if (closed[edge] === 1) return []
  const length_m = edges.length_m[edge]!
  const passed_ms = along_ms(graph, position)
  const isTwoWay = edges.oneway[edge] === 0
  const [ahead, back] = [edge * 2, edge * 2 + 1]
  const atFrom = {
    node: edges.from[edge]!,
    cost_ms: passed_ms,
    length_m: length_m * offset,
    lane: leaving ? back : ahead,
  }
  const atTo = {
    node: edges.to[edge]!,
    cost_ms: edges.cost_ms[edge]! - passed_ms,
    length_m: length_m * (1 - offset),
    lane: leaving ? ahead : back,
  }
  return [atFrom, atTo].filter(({ lane }) => isTwoWay || lane === ahead)
}

/** The nodes that a vehicle standing at the position can drive to first. */
export function leave(graph: RoadGraph, position: Position): Doorstep[] {
  return doorsteps(graph, position, true)
}

/** The nodes from which a vehicle comes last before the position. */
export function reach(graph: RoadGraph, position: Position): Doorstep[] {
  return doorsteps(graph, position, false)
}

/** The drive along the one edge both stand on, or null: not the same edge, or the target lies behind on a one-way. */
export function alongSameEdge(
  graph: RoadGraph,
  from: Position,
  to: Position,
): { cost_ms: number; length_m: number } | null {
  if (from.edge < 0 || from.edge !== to.edge || from.node >= 0 || to.node >= 0) return null
  const { edges, closed } = graph
  const isBehind = to.offset < from.offset
  if (closed[from.edge] === 1 || (isBehind && edges.oneway[from.edge] === 1)) return null
  return {
    cost_ms: Math.abs(along_ms(graph, to) - along_ms(graph, from)),
    length_m: Math.abs(to.offset - from.offset) * edges.length_m[from.edge]!,
  }
}
