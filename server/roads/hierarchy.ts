// A contraction hierarchy of the road graph: every node has a rank, and a quickest way climbs in rank and then falls, so
// that a search need only ever climb. Geisberger, Sanders, Schultes, Delling: Contraction Hierarchies (2008).
import FlatQueue from 'flatqueue'
import { Contraction } from './contraction.ts'
import { arcWidth, type ContractionRows } from './contraction-rows.ts'
import type { RoadGraph } from './graph.ts'

/**
 * Arcs in compressed rows by rank, all to higher ranks. `via` is the rank of the node a shortcut leads over, or `-1 - lane`
 * of the road graph.
 */
export type Climb = {
  first: Int32Array
  head: Int32Array
  cost_ms: Int32Array
  length_m: Float64Array
  via: Int32Array
}

/** `up` climbs along the direction of driving, `down` against it: from where a drive ends to where it comes from. */
export type Hierarchy = { rankOf: Int32Array; up: Climb; down: Climb }

/**
 * Nodes a witness search may pass on when a node is only weighed, and when it is contracted. Twice as many made the build a
 * third slower and the hierarchy 2 % smaller, because the last arc of a witness is looked up and not searched for.
 */
const weighingVisits = 4
const contractingVisits = 60
/** A node may have become heavier than the next by this much, a level's weight, before it waits: a fifth fewer are weighed. */
const patience = 1

/**
 * Weight of a node in the order, smallest contracted first: edge quotient, hop quotient and depth (terms of Geisberger et
 * al. 2008 as quotients, after Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies, 2014).
 */
function weigh(contraction: Contraction, node: number): number {
  const { added, addedHops, removed, removedHops } = contraction.simulate(node, weighingVisits)
  const quotients = removed === 0 ? 0 : added / removed + addedHops / removedHops
  return contraction.level[node]! + quotients
}

/**
 * Contracts all nodes, lightest first; returns them in order. A node whose neighbours have changed is weighed again when its
 * turn comes, and waits if it has become heavier than the next.
 */
function contractByWeight(contraction: Contraction, nodes: number): Int32Array {
  const queue = new FlatQueue<number>()
  for (let node = 0; node < nodes; node++) queue.push(node, weigh(contraction, node))
  contraction.changed.fill(0)
  const order = new Int32Array(nodes)
  for (let rank = 0; rank < nodes;) {
    const node = queue.pop()!
    if (contraction.changed[node] === 1) {
      contraction.changed[node] = 0
      const weight = weigh(contraction, node)
      if (queue.length > 0 && weight > queue.peekValue()! + patience) {
        queue.push(node, weight)
        continue
      }
    }
    contraction.contract(node, contractingVisits)
    order[rank++] = node
  }
  return order
}

/**
 * Lays out the rows that contraction left behind, renumbered by rank: the few nodes every search climbs to lie together. The
 * quickest arc of a row comes first, so that a climb may stop looking where the rest can tell it nothing.
 */
function layClimb(rows: ContractionRows, order: Int32Array, rankOf: Int32Array): Climb {
  const nodes = order.length
  const first = new Int32Array(nodes + 1)
  for (let rank = 0; rank < nodes; rank++) first[rank + 1] = first[rank]! + rows.size[order[rank]!]!
  const count = first[nodes]!
  const climb = {
    first,
    head: new Int32Array(count),
    cost_ms: new Int32Array(count),
    length_m: new Float64Array(count),
    via: new Int32Array(count),
  }
  for (let rank = 0; rank < nodes; rank++) {
    rows.sort(order[rank]!)
    const start = rows.start[order[rank]!]!
    for (let arc = first[rank]!; arc < first[rank + 1]!; arc++) {
      const at = start + (arc - first[rank]!) * arcWidth
      const via = rows.pool[at + 2]!
      climb.head[arc] = rankOf[rows.pool[at]!]!
      climb.cost_ms[arc] = rows.pool[at + 1]!
      climb.via[arc] = via < 0 ? via : rankOf[via]!
    }
  }
  return climb
}

/** The arc from `rank` to `head`; there is one wherever a shortcut says that it leads over `rank`. */
export function findArc(climb: Climb, rank: number, head: number): number {
  for (let arc = climb.first[rank]!; arc < climb.first[rank + 1]!; arc++) if (climb.head[arc] === head) return arc
  throw new Error(`hierarchy: no arc from rank ${rank} to ${head}`)
}

/** Lengths from the lowest rank upward: both halves of a shortcut hang on a lower node, and are known by then. */
function measure({ up, down }: Omit<Hierarchy, 'rankOf'>, edgeLength_m: Float64Array): void {
  for (let rank = 0; rank + 1 < up.first.length; rank++) {
    for (const [climb, isUp] of [
      [up, true],
      [down, false],
    ] as const) {
      for (let arc = climb.first[rank]!; arc < climb.first[rank + 1]!; arc++) {
        const via = climb.via[arc]!
        const tail = isUp ? rank : climb.head[arc]!
        const head = isUp ? climb.head[arc]! : rank
        climb.length_m[arc] =
          via < 0
            ? edgeLength_m[(-1 - via) >> 1]!
            : down.length_m[findArc(down, via, tail)]! + up.length_m[findArc(up, via, head)]!
      }
    }
  }
}

/**
 * Builds the hierarchy of a graph. Given the `order` of an earlier one of the same nodes (roads were closed since), nothing
 * is weighed, which is several times faster and nearly as good.
 */
export function buildHierarchy(
  graph: Pick<RoadGraph, 'nodes' | 'forward' | 'reverse'> & { edges: Pick<RoadGraph['edges'], 'length_m'> },
  earlierRanks?: Int32Array,
): Hierarchy {
  const contraction = new Contraction(graph.nodes, graph.forward, graph.reverse)
  let order: Int32Array
  if (earlierRanks === undefined) order = contractByWeight(contraction, graph.nodes)
  else {
    order = invert(earlierRanks)
    for (const node of order) contraction.contract(node, contractingVisits)
  }
  const rankOf = invert(order)
  const up = layClimb(contraction.out, order, rankOf)
  const down = layClimb(contraction.in, order, rankOf)
  measure({ up, down }, graph.edges.length_m)
  return { rankOf, up, down }
}

function invert(permutation: Int32Array): Int32Array {
  const inverse = new Int32Array(permutation.length)
  for (let at = 0; at < permutation.length; at++) inverse[permutation[at]!] = at
  return inverse
}
