// Crews move as they do on the road: between two positions heard, the mark glides along the route where it follows one, else
// straight. Positions arrive every few seconds to a minute; gliding over the usual gap hides the steps. Pure.
import type { LineString } from '../../server/contract/assignments.ts'

export type Position = readonly [lon: number, lat: number]
/** A line of the wire as positions; heights, if any, are dropped. */
export const positionsOf = (line: LineString): Position[] =>
  line.coordinates.map(([lon = 0, lat = 0]) => [lon, lat] as const)

export type Glide = { path: readonly Position[]; marks: readonly number[]; fromAt: number; toAt: number }

/** A jump longer than this is a position corrected, not a drive: it is shown at once. */
const longestGlide_m = 6000
/** How far from its route a crew may be heard and still be on it. */
const offRoute_m = 120

const metresPerDegree = 111_195

/** Metres between two near points: flat, within half a per cent at city size. */
export function near_m(a: Position, b: Position): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) * Math.PI) / 360)
  return Math.hypot(x, b[1] - a[1]) * metresPerDegree
}

/** Where along a line a point lies nearest: metres from its start, and how far off. */
export function placeOnLine(line: readonly Position[], point: Position): { along_m: number; off_m: number } {
  let best = { along_m: 0, off_m: Infinity }
  let passed_m = 0
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i]!
    const b = line[i + 1]!
    const length_m = near_m(a, b)
    const squeeze = Math.cos((a[1] * Math.PI) / 180) ** 2
    const dx = b[0] - a[0]
    const dy = b[1] - a[1]
    const square = dx * dx * squeeze + dy * dy
    const share = square === 0 ? 0 : ((point[0] - a[0]) * dx * squeeze + (point[1] - a[1]) * dy) / square
    const t = Math.min(1, Math.max(0, share))
    const off_m = near_m([a[0] + dx * t, a[1] + dy * t], point)
    if (off_m < best.off_m) best = { along_m: passed_m + length_m * t, off_m }
    passed_m += length_m
  }
  return best
}

/** The piece of a line from `from_m` on up to `to_m`. */
export function sliceLine(line: readonly Position[], from_m: number, to_m = Infinity): Position[] {
  const piece: Position[] = []
  let passed_m = 0
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i]!
    const b = line[i + 1]!
    const length_m = near_m(a, b)
    const at = (m: number): Position => {
      const t = length_m === 0 ? 0 : (m - passed_m) / length_m
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
    }
    if (passed_m + length_m >= from_m && piece.length === 0) piece.push(at(Math.max(from_m, passed_m)))
    if (piece.length > 0) {
      if (passed_m + length_m >= to_m) {
        piece.push(at(to_m))
        return piece
      }
      piece.push(b)
    }
    passed_m += length_m
  }
  return piece
}

function marksAlong(path: readonly Position[]): number[] {
  const marks = [0]
  for (let i = 1; i < path.length; i++) marks.push(marks[i - 1]! + near_m(path[i - 1]!, path[i]!))
  return marks
}

/** From where the mark is shown to where the crew was heard, over `over_ms`, by the route if both lie on it. */
export function startGlide(
  from: Position,
  to: Position,
  route: readonly Position[] | undefined,
  now: number,
  over_ms: number,
): Glide {
  if (near_m(from, to) > longestGlide_m) return { path: [to], marks: [0], fromAt: now, toAt: now }
  let path: readonly Position[] = [from, to]
  if (route && route.length > 1) {
    const start = placeOnLine(route, from)
    const end = placeOnLine(route, to)
    if (start.off_m < offRoute_m && end.off_m < offRoute_m && end.along_m > start.along_m) {
      path = [from, ...sliceLine(route, start.along_m, end.along_m).slice(1, -1), to]
    }
  }
  return { path, marks: marksAlong(path), fromAt: now, toAt: now + over_ms }
}

export function positionAt(glide: Glide, now: number): Position {
  const last = glide.path.length - 1
  const total_m = glide.marks[last]!
  if (now >= glide.toAt || total_m === 0) return glide.path[last]!
  const m = (total_m * Math.max(0, now - glide.fromAt)) / (glide.toAt - glide.fromAt)
  let i = 1
  while (i < last && glide.marks[i]! < m) i++
  const a = glide.path[i - 1]!
  const b = glide.path[i]!
  const span = glide.marks[i]! - glide.marks[i - 1]!
  const t = span === 0 ? 1 : (m - glide.marks[i - 1]!) / span
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}
