// One search that only climbs: from the doorsteps of a place to every higher node worth reaching, in a hierarchy. Nodes are
// visited by rank and not by cost, as in Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies (2014).
import type { Climb, Hierarchy } from './hierarchy.ts'
import { unreached } from './nearest.ts'
import type { Doorstep } from './position.ts'
import { RankQueue } from './rank-queue.ts'

/**
 * Climbs along the driving direction (`up`) or against it (`down`), and not on from ranks of `floor` or above. After `climb`,
 * `settled` holds the ranks worth meeting at (the first `count`, highest first) and the labels hold their cost and the arc they
 * were reached by, with the rank it comes from (arc -1: a doorstep, with its number); all others are unreached. They stay valid
 * until the next climb. Cost: the arcs of a few dozen to a few hundred nodes, read twice.
 */
export class Climber {
  readonly settled: Int32Array
  count = 0
  readonly cost_ms: Int32Array
  readonly parentArc: Int32Array
  readonly parentRank: Int32Array
  private doorsteps: readonly Doorstep[] = []
  private readonly arcs: Climb
  private readonly opposite: Climb
  private readonly rankOf: Int32Array
  private readonly floor: number
  private readonly queue: RankQueue
  /** The ranks visited, lowest first. */
  private readonly visited: Int32Array

  constructor(hierarchy: Hierarchy, direction: 'up' | 'down', floor = hierarchy.rankOf.length) {
    const nodes = hierarchy.rankOf.length
    this.rankOf = hierarchy.rankOf
    this.arcs = hierarchy[direction]
    this.opposite = hierarchy[direction === 'up' ? 'down' : 'up']
    this.floor = floor
    this.settled = new Int32Array(nodes)
    this.visited = new Int32Array(nodes)
    this.queue = new RankQueue(nodes)
    this.cost_ms = new Int32Array(nodes).fill(unreached)
    this.parentArc = new Int32Array(nodes)
    this.parentRank = new Int32Array(nodes)
  }

  climb(doorsteps: readonly Doorstep[]): void {
    this.doorsteps = doorsteps
    for (let at = 0; at < this.count; at++) this.cost_ms[this.settled[at]!] = unreached
    doorsteps.forEach(({ node, cost_ms }, step) => {
      const rank = this.rankOf[node]!
      if (cost_ms >= this.cost_ms[rank]!) return
      this.cost_ms[rank] = cost_ms
      this.parentArc[rank] = -1
      this.parentRank[rank] = step
      this.queue.add(rank)
    })
    this.settle(this.visit())
  }

  /** Metres of the drive that a settled rank's label stands for; walked back arc by arc, since few are ever asked for. */
  lengthTo_m(rank: number): number {
    let length_m = 0
    for (; this.parentArc[rank]! >= 0; rank = this.parentRank[rank]!)
      length_m += this.arcs.length_m[this.parentArc[rank]!]!
    return length_m + this.doorsteps[this.parentRank[rank]!]!.length_m
  }

  /** Labels all that is worth climbing to; returns how many. By rank, every label is final before it is passed on. */
  private visit(): number {
    const { queue, visited, floor, cost_ms } = this
    let count = 0
    for (let rank = queue.take(); rank >= 0; rank = queue.take()) {
      visited[count++] = rank
      if (rank < floor && !this.isStalled(rank, cost_ms[rank]!)) this.passOn(rank, cost_ms[rank]!)
    }
    return count
  }

  /** Whether a higher node labelled already leads down to `rank` sooner: then no quickest way climbs on from here. */
  private isStalled(rank: number, own_ms: number): boolean {
    const { first, head, cost_ms: arcCost_ms } = this.opposite
    const end = first[rank + 1]!
    for (let arc = first[rank]!; arc < end; arc++) {
      const left_ms = own_ms - arcCost_ms[arc]!
      if (left_ms <= 0) return false
      if (this.cost_ms[head[arc]!]! < left_ms) return true
    }
    return false
  }

  private passOn(rank: number, own_ms: number): void {
    const { cost_ms, parentArc, parentRank } = this
    const { first, head, cost_ms: arcCost_ms } = this.arcs
    const end = first[rank + 1]!
    for (let arc = first[rank]!; arc < end; arc++) {
      const higher = head[arc]!
      const through_ms = own_ms + arcCost_ms[arc]!
      const known_ms = cost_ms[higher]!
      if (through_ms >= known_ms) continue
      if (known_ms === unreached) this.queue.add(higher)
      cost_ms[higher] = through_ms
      parentArc[higher] = arc
      parentRank[higher] = rank
    }
  }

  /**
   * Keeps the visited nodes to which no higher one leads down sooner, highest first: no quickest way has its top at another.
   * The rest, two thirds where no road is better than another, would only be read in vain.
   */
  private settle(count: number): void {
    const { cost_ms, visited, settled } = this
    let kept = 0
    let dropped = count
    for (let at = count - 1; at >= 0; at--) {
      const rank = visited[at]!
      const own_ms = cost_ms[rank]!
      cost_ms[rank] = this.fromAbove_ms(rank, own_ms)
      if (cost_ms[rank] === own_ms) settled[kept++] = rank
      // Behind the place that is being read, never before it.
      else visited[--dropped] = rank
    }
    for (let at = dropped; at < count; at++) cost_ms[visited[at]!] = unreached
    this.count = kept
  }

  /** The cost of `rank` by the higher nodes that lead down to it, where that is less than its own. */
  private fromAbove_ms(rank: number, own_ms: number): number {
    const { first, head, cost_ms: arcCost_ms } = this.opposite
    const end = first[rank + 1]!
    let best_ms = own_ms
    for (let arc = first[rank]!; arc < end; arc++) {
      const left_ms = best_ms - arcCost_ms[arc]!
      if (left_ms <= 0) break
      const above_ms = this.cost_ms[head[arc]!]!
      if (above_ms < left_ms) best_ms = above_ms + arcCost_ms[arc]!
    }
    return best_ms
  }
}
