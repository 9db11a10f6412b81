// A drive between two places as the stretches of edge that it passes, and as a line to draw.
import type { Position as Coordinate } from 'geojson'
import { type EdgeTable, type RoadGraph, shapeOf } from './graph.ts'
import { step_m } from './ground.ts'
import { alongSameEdge, type Doorstep, type Position } from './position.ts'

/** A stretch of one edge between two offsets; driven backwards where `start` is the larger. */
export type Piece = { edge: number; start: number; end: number }

/** A quickest drive, its first and last piece being the parts of their edges that are really driven. */
export type Drive = { travel_ms: number; distance_m: number; pieces: Piece[] }

/** A lane driven from end to end. */
export function lanePiece(lane: number): Piece {
  return { edge: lane >> 1, start: lane & 1, end: 1 - (lane & 1) }
}

/** From a place to its doorstep; nothing where the place is the node. */
export function firstPiece(from: Position, { lane }: Doorstep): Piece[] {
  return lane < 0 ? [] : [{ edge: from.edge, start: from.offset, end: 1 - (lane & 1) }]
}

/** From the last doorstep to the place. */
export function lastPiece(to: Position, { lane }: Doorstep): Piece[] {
  return lane < 0 ? [] : [{ edge: to.edge, start: lane & 1, end: to.offset }]
}

/** The drive along the one edge that both places are on, or null. */
export function straightOn(graph: RoadGraph, from: Position, to: Position): Drive | null {
  const direct = alongSameEdge(graph, from, to)
  if (direct === null) return null
  const piece = { edge: from.edge, start: from.offset, end: to.offset }
  return { travel_ms: direct.cost_ms, distance_m: direct.length_m, pieces: [piece] }
}

/** The points of an edge between two offsets, the cut ends put where they fall. */
function drawPiece(edges: EdgeTable, { edge, start, end }: Piece): Coordinate[] {
  const shape = shapeOf(edges, edge)
  const along_m = [0]
  for (let i = 2; i < shape.length; i += 2)
    along_m.push(
      along_m.at(-1)! +
        step_m(shape[i]! - shape[i - 2]!, shape[i + 1]! - shape[i - 1]!, (shape[i + 1]! + shape[i - 1]!) / 2),
    )
  const [low_m, high_m] = [Math.min(start, end) * along_m.at(-1)!, Math.max(start, end) * along_m.at(-1)!]
  const pointAt = (place_m: number): Coordinate => {
    const next = Math.max(
      1,
      along_m.findIndex((passed_m) => passed_m >= place_m),
    )
    const step = along_m[next]! - along_m[next - 1]!
    const share = step === 0 ? 0 : (place_m - along_m[next - 1]!) / step
    const at = next * 2
    return [
      shape[at - 2]! + share * (shape[at]! - shape[at - 2]!),
      shape[at - 1]! + share * (shape[at + 1]! - shape[at - 1]!),
    ]
  }
  const between = along_m.flatMap((passed_m, i): Coordinate[] =>
    passed_m > low_m && passed_m < high_m ? [[shape[i * 2]!, shape[i * 2 + 1]!]] : [],
  )
  const points = [pointAt(low_m), ...between, pointAt(high_m)]
  return start > end ? points.reverse() : points
}

/** The whole drive as one line, each point where two pieces meet given once; empty for a drive of no pieces. */
export function drawRoute(edges: EdgeTable, pieces: readonly Piece[]): Coordinate[] {
  const line: Coordinate[] = []
  for (const piece of pieces)
    for (const point of drawPiece(edges, piece)) {
      const last = line.at(-1)
      if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) line.push(point)
    }
  return line
}
