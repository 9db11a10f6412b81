// The quickest drive between two places by a climb from each end, its shortcuts taken apart into the lanes they stand for.
import { Climber } from './climber.ts'
import type { RoadGraph } from './graph.ts'
import { findArc, type Hierarchy } from './hierarchy.ts'
import { unreached } from './nearest.ts'
import { leave, type Position, reach } from './position.ts'
import { type Drive, firstPiece, lanePiece, lastPiece, type Piece, straightOn } from './route.ts'

/** Finds drives on one hierarchy; keeps its two climbers between calls. Cost: two climbs and the lanes of the answer. */
export class HierarchyRouter {
  private readonly graph: RoadGraph
  private readonly hierarchy: Hierarchy
  private readonly start: Climber
  private readonly end: Climber

  constructor(graph: RoadGraph, hierarchy: Hierarchy) {
    this.graph = graph
    this.hierarchy = hierarchy
    this.start = new Climber(hierarchy, 'up')
    this.end = new Climber(hierarchy, 'down')
  }

  /** The quickest drive, or null where no road leads. */
  route(from: Position, to: Position): Drive | null {
    const direct = straightOn(this.graph, from, to)
    this.start.climb(leave(this.graph, from))
    this.end.climb(reach(this.graph, to))
    let top = -1
    let travel_ms = direct?.travel_ms ?? unreached
    for (let at = 0; at < this.start.count; at++) {
      const rank = this.start.settled[at]!
      if (this.end.cost_ms[rank] === unreached) continue
      const through_ms = this.start.cost_ms[rank]! + this.end.cost_ms[rank]!
      if (through_ms >= travel_ms) continue
      travel_ms = through_ms
      top = rank
    }
    if (top < 0) return direct
    const distance_m = this.start.lengthTo_m(top) + this.end.lengthTo_m(top)
    return { travel_ms, distance_m, pieces: [...this.climbPieces(from, top), ...this.fallPieces(to, top)] }
  }

  private climbPieces(from: Position, top: number): Piece[] {
    const { parentArc, parentRank } = this.start
    const arcs: [tail: number, arc: number][] = []
    let rank = top
    for (; parentArc[rank]! >= 0; rank = parentRank[rank]!) arcs.push([parentRank[rank]!, parentArc[rank]!])
    const pieces = firstPiece(from, leave(this.graph, from)[parentRank[rank]!]!)
    for (const [tail, arc] of arcs.reverse()) this.unpack(true, tail, arc, pieces)
    return pieces
  }

  private fallPieces(to: Position, top: number): Piece[] {
    const { parentArc, parentRank } = this.end
    const pieces: Piece[] = []
    let rank = top
    for (; parentArc[rank]! >= 0; rank = parentRank[rank]!)
      this.unpack(false, parentRank[rank]!, parentArc[rank]!, pieces)
    return [...pieces, ...lastPiece(to, reach(this.graph, to)[parentRank[rank]!]!)]
  }

  /**
   * Adds the lanes of an arc in driving order. An arc hangs on its lower end `rank`; `isUp` tells that it leaves it. The stack
   * holds arcs still to be taken apart, the next one on top: at most one a level.
   */
  private unpack(isUp: boolean, rank: number, arc: number, pieces: Piece[]): void {
    const { up, down } = this.hierarchy
    const stack: [isUp: boolean, rank: number, arc: number][] = [[isUp, rank, arc]]
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [leaves, lower, at] = next
      const climb = leaves ? up : down
      const via = climb.via[at]!
      if (via < 0) {
        pieces.push(lanePiece(-1 - via))
        continue
      }
      const [tail, head] = leaves ? [lower, climb.head[at]!] : [climb.head[at]!, lower]
      stack.push([true, via, findArc(up, via, head)], [false, via, findArc(down, via, tail)])
    }
  }
}
