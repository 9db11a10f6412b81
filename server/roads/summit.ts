// The times of every crew to every node of the hierarchy's summit, its highest ranks. There the arcs lie so densely that to
// search them again for each incident would be most of its cost; a crew that moves sweeps them once instead, up and down by
// rank. The sweep is that of Delling, Goldberg, Nowatzyk, Werneck: PHAST (2011), over the summit alone.
import type { Climber } from './climber.ts'
import type { Climb, Hierarchy } from './hierarchy.ts'
import { unreached } from './nearest.ts'

/** Ranks of a summit at most: the table of 1,000 crews then takes 16 MB for times and 32 MB for lengths. */
const mostRanks = 4096
/** Arcs of a summit at most, both ways: the sweep that a crew's move costs then takes about a millisecond. */
const mostArcs = 1 << 18
/**
 * Arcs a rank of a summit has at least on average, both ways. Roads with main streets have 8 to 11 and no summit: their climbs
 * are short enough. A grid in which no road is better than another has 50 and more.
 */
const fewestArcs = 24

/** The lowest rank of the summit; the number of ranks where there is none. */
export function floorOf({ rankOf, up, down }: Hierarchy): number {
  const nodes = rankOf.length
  let floor = nodes
  for (let rank = nodes - 1; rank >= Math.max(0, nodes - mostRanks); rank--) {
    const arcs = up.first[nodes]! - up.first[rank]! + down.first[nodes]! - down.first[rank]!
    if (arcs > mostArcs) break
    if (arcs >= fewestArcs * (nodes - rank)) floor = rank
  }
  return floor
}

/** Rows by rank above `floor`, columns by crew number. */
export class Summit {
  readonly floor: number
  private readonly hierarchy: Hierarchy
  private readonly ranks: number
  private crews = 0
  private times_ms = new Int32Array(0)
  private readonly lengths_m: Float64Array[] = []
  private readonly cost_ms: Int32Array

  constructor(hierarchy: Hierarchy, floor: number) {
    this.hierarchy = hierarchy
    this.floor = floor
    this.ranks = hierarchy.rankOf.length - floor
    this.cost_ms = new Int32Array(this.ranks)
  }

  /** Enters a crew's times from what its climb reached of the summit. Cost: the summit's arcs once. */
  enter(crew: number, climber: Climber): void {
    const { floor, cost_ms } = this
    if (crew >= this.crews) this.widen(crew + 1)
    const length_m = (this.lengths_m[crew] ??= new Float64Array(this.ranks))
    cost_ms.fill(unreached)
    for (let at = 0; at < climber.count && climber.settled[at]! >= floor; at++) {
      const rank = climber.settled[at]!
      cost_ms[rank - floor] = climber.cost_ms[rank]!
      length_m[rank - floor] = climber.lengthTo_m(rank)
    }
    this.sweepUp(this.hierarchy.up, length_m)
    this.sweepDown(this.hierarchy.down, length_m)
    for (let row = 0; row < this.ranks; row++) this.times_ms[row * this.crews + crew] = cost_ms[row]!
  }

  private sweepUp({ first, head, cost_ms: arcCost_ms, length_m: arcLength_m }: Climb, length_m: Float64Array): void {
    const { floor, cost_ms } = this
    for (let row = 0; row < this.ranks; row++) {
      const own_ms = cost_ms[row]!
      if (own_ms === unreached) continue
      const end = first[floor + row + 1]!
      for (let arc = first[floor + row]!; arc < end; arc++) {
        const higher = head[arc]! - floor
        const through_ms = own_ms + arcCost_ms[arc]!
        if (through_ms >= cost_ms[higher]!) continue
        cost_ms[higher] = through_ms
        length_m[higher] = length_m[row]! + arcLength_m[arc]!
      }
    }
  }

  private sweepDown({ first, head, cost_ms: arcCost_ms, length_m: arcLength_m }: Climb, length_m: Float64Array): void {
    const { floor, cost_ms } = this
    for (let row = this.ranks - 1; row >= 0; row--) {
      const end = first[floor + row + 1]!
      let own_ms = cost_ms[row]!
      let by = -1
      for (let arc = first[floor + row]!; arc < end; arc++) {
        const left_ms = own_ms - arcCost_ms[arc]!
        const above_ms = cost_ms[head[arc]! - floor]!
        if (above_ms >= left_ms) continue
        own_ms = above_ms + arcCost_ms[arc]!
        by = arc
      }
      if (by < 0) continue
      cost_ms[row] = own_ms
      length_m[row] = length_m[head[by]! - floor]! + arcLength_m[by]!
    }
  }

  /** Room for twice as many crews. */
  private widen(atLeast: number): void {
    const crews = Math.max(atLeast, this.crews * 2)
    const times_ms = new Int32Array(this.ranks * crews).fill(unreached)
    for (let row = 0; row < this.ranks; row++)
      times_ms.set(this.times_ms.subarray(row * this.crews, (row + 1) * this.crews), row * crews)
    this.times_ms = times_ms
    this.crews = crews
  }

  leave(crew: number): void {
    for (let row = 0; row < this.ranks; row++) this.times_ms[row * this.crews + crew] = unreached
  }

  /** Lowers the best times of the first `best_ms.length` crews for drives that go on from a rank of the summit. */
  read(rank: number, onward_ms: number, best_ms: Int32Array): void {
    const { times_ms } = this
    const row = (rank - this.floor) * this.crews
    for (let crew = 0; crew < best_ms.length; crew++) {
      const to_ms = times_ms[row + crew]!
      if (to_ms < best_ms[crew]! - onward_ms) best_ms[crew] = to_ms + onward_ms
    }
  }

  time_ms(rank: number, crew: number): number {
    return this.times_ms[(rank - this.floor) * this.crews + crew]!
  }

  length_m(rank: number, crew: number): number {
    return this.lengths_m[crew]![rank - this.floor]!
  }
}
