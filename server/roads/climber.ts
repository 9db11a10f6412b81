// One search that only climbs: from the doorsteps of a place to every higher node worth reaching, in a hierarchy.
import FlatQueue from 'flatqueue'
import type { Climb, Hierarchy } from './hierarchy.ts'
import { unreached } from './nearest.ts'
import type { Doorstep } from './position.ts'

/**
 * Climbs along the driving direction (`up`) or against it (`down`). After `climb`, `settled` holds the ranks reached (the
 * first `count`) and the labels hold their cost, length and the arc they were reached by, with the rank it comes from
 * (arc -1: a doorstep, with its number). They stay valid until the next climb. Cost: a few dozen to a few hundred nodes.
 */
export class Climber {
  readonly settled: Int32Array
  count = 0
  readonly cost_ms: Int32Array
  readonly length_m: Float64Array
  readonly parentArc: Int32Array
  readonly parentRank: Int32Array
  readonly arcs: Climb
  private readonly opposite: Climb
  private readonly rankOf: Int32Array
  private readonly queue = new FlatQueue<number>()
  private readonly touched: Int32Array
  private touchedCount = 0

  constructor(hierarchy: Hierarchy, direction: 'up' | 'down') {
    const nodes = hierarchy.rankOf.length
    this.rankOf = hierarchy.rankOf
    this.arcs = hierarchy[direction]
    this.opposite = hierarchy[direction === 'up' ? 'down' : 'up']
    this.settled = new Int32Array(nodes)
    this.touched = new Int32Array(nodes)
    this.cost_ms = new Int32Array(nodes).fill(unreached)
    this.length_m = new Float64Array(nodes)
    this.parentArc = new Int32Array(nodes)
    this.parentRank = new Int32Array(nodes)
  }

  climb(doorsteps: readonly Doorstep[]): void {
    this.forget()
    doorsteps.forEach(({ node, cost_ms, length_m }, step) => {
      const rank = this.rankOf[node]!
      if (cost_ms >= this.cost_ms[rank]!) return
      if (this.cost_ms[rank] === unreached) this.touched[this.touchedCount++] = rank
      this.cost_ms[rank] = cost_ms
      this.length_m[rank] = length_m
      this.parentArc[rank] = -1
      this.parentRank[rank] = step
      this.queue.push(rank, cost_ms)
    })
    this.settleAll()
  }

  private settleAll(): void {
    const { queue, cost_ms, length_m, touched, settled } = this
    const { first, head, cost_ms: arcCost_ms, length_m: arcLength_m } = this.arcs
    let { touchedCount } = this
    let count = 0
    while (queue.length > 0) {
      const settled_ms = queue.peekValue()!
      const rank = queue.pop()!
      if (settled_ms > cost_ms[rank]! || this.isStalled(rank, settled_ms)) continue
      settled[count++] = rank
      const end = first[rank + 1]!
      for (let arc = first[rank]!; arc < end; arc++) {
        const higher = head[arc]!
        const through_ms = settled_ms + arcCost_ms[arc]!
        if (through_ms >= cost_ms[higher]!) continue
        if (cost_ms[higher] === unreached) touched[touchedCount++] = higher
        cost_ms[higher] = through_ms
        length_m[higher] = length_m[rank]! + arcLength_m[arc]!
        this.parentArc[higher] = arc
        this.parentRank[higher] = rank
        queue.push(higher, through_ms)
      }
    }
    this.count = count
    this.touchedCount = touchedCount
  }

  /** Whether a higher node already reached leads down to `rank` sooner: then no quickest way climbs on from here. */
  private isStalled(rank: number, settled_ms: number): boolean {
    const { first, head, cost_ms: arcCost_ms } = this.opposite
    const end = first[rank + 1]!
    for (let arc = first[rank]!; arc < end; arc++)
      if (this.cost_ms[head[arc]!]! < settled_ms - arcCost_ms[arc]!) return true
    return false
  }

  private forget(): void {
    for (let at = 0; at < this.touchedCount; at++) this.cost_ms[this.touched[at]!] = unreached
    this.touchedCount = 0
  }
}
