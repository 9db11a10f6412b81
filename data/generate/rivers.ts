// The rivers: drawn by hand roughly after the real ones, bent by the seed, with their widths; and what is wet.
import type { Plane, Point } from './plane.ts'
import { noise } from './random.ts'

/** Courses as longitude, latitude, width in metres; upstream first. */
const courses: { name: string; course: [number, number, number][] }[] = [
  {
    name: '西江',
    course: [
      [112.9, 22.89, 560],
      [112.985, 22.825, 560],
      [113.035, 22.775, 600],
      [113.065, 22.715, 600],
      [113.09, 22.68, 620],
      [113.115, 22.645, 640],
      [113.142, 22.615, 620],
      [113.163, 22.58, 600],
      [113.172, 22.54, 600],
      [113.19, 22.49, 640],
      [113.215, 22.44, 700],
      [113.27, 22.38, 760],
    ],
  },
  {
    name: '江门河',
    course: [
      [113.124, 22.634, 110],
      [113.11, 22.608, 110],
      [113.099, 22.589, 115],
      [113.0765, 22.5725, 120],
      [113.061, 22.561, 125],
      [113.045, 22.545, 125],
      [113.04, 22.52, 130],
      [113.028, 22.49, 140],
      [113.042, 22.46, 160],
      [113.05, 22.425, 180],
    ],
  },
  {
    name: '礼乐河',
    course: [
      [113.165, 22.578, 120],
      [113.135, 22.562, 120],
      [113.108, 22.546, 125],
      [113.094, 22.525, 130],
      [113.083, 22.495, 140],
      [113.066, 22.46, 160],
      [113.05, 22.425, 180],
    ],
  },
  {
    name: '潭江',
    course: [
      [112.1, 22.13, 60],
      [112.22, 22.165, 80],
      [112.305, 22.197, 95],
      [112.37, 22.25, 110],
      [112.44, 22.275, 125],
      [112.53, 22.315, 150],
      [112.6, 22.35, 170],
      [112.69, 22.365, 190],
      [112.77, 22.385, 220],
      [112.85, 22.39, 250],
      [112.93, 22.4, 290],
      [113.0, 22.417, 340],
      [113.05, 22.425, 520],
      [113.078, 22.38, 700],
      [113.085, 22.31, 850],
      [113.09, 22.23, 1000],
      [113.085, 22.15, 1200],
      [113.08, 22.05, 1500],
    ],
  },
  {
    name: '天沙河',
    course: [
      [112.98, 22.69, 36],
      [113.0, 22.668, 40],
      [113.025, 22.645, 44],
      [113.045, 22.615, 50],
      [113.052, 22.59, 54],
      [113.0635, 22.563, 58],
    ],
  },
  {
    name: '沙坪河',
    course: [
      [112.83, 22.68, 40],
      [112.89, 22.725, 55],
      [112.95, 22.765, 70],
      [113.0, 22.812, 80],
    ],
  },
  {
    name: '台城河',
    course: [
      [112.62, 22.2, 40],
      [112.72, 22.235, 60],
      [112.8, 22.262, 75],
      [112.86, 22.31, 85],
      [112.9, 22.36, 95],
      [112.925, 22.4, 100],
    ],
  },
  {
    name: '镇海水',
    course: [
      [112.45, 22.6, 40],
      [112.55, 22.53, 55],
      [112.63, 22.46, 65],
      [112.665, 22.41, 75],
      [112.69, 22.365, 80],
    ],
  },
]

/** A river in the plane: its middle line with half the width at each point, and the metres from its source. */
export type River = { name: string; x: Float64Array; y: Float64Array; half_m: Float64Array; chainage_m: Float64Array }

/** Where a point stands beside the nearest river; `clear_m` is negative in the water. */
export type Shore = { river: number; clear_m: number; chainage_m: number; side: -1 | 1 }

export type Rivers = {
  all: River[]
  /** The nearest shore within 700 m of the water, or null. */
  shoreAt(x: number, y: number): Shore | null
  /** Metres to the nearest water, at most 700; negative in it. */
  clearance_m(x: number, y: number): number
}

const step_m = 60
const reach_m = 700
const cell_m = 800

/** Catmull and Rom's spline through a course, sampled every 60 m and bent sideways by noise. */
function bend(course: Point[], widths: number[], seed: number): { points: Point[]; half_m: number[] } {
  const points: Point[] = []
  const half_m: number[] = []
  for (let k = 0; k + 1 < course.length; k++) {
    const [before, from, to, after] = [
      course[Math.max(k - 1, 0)]!,
      course[k]!,
      course[k + 1]!,
      course[k + 2] ?? course[k + 1]!,
    ]
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    const steps = Math.max(1, Math.round(length / step_m))
    for (let step = 0; step < steps; step++) {
      const t = step / steps
      const x = spline(before.x, from.x, to.x, after.x, t)
      const y = spline(before.y, from.y, to.y, after.y, t)
      const sway = Math.min(220, length * 0.08)
      points.push({
        x: x + sway * noise(seed, x / 1900, y / 1900),
        y: y + sway * noise(seed + 1, x / 1900, y / 1900),
      })
      half_m.push((widths[k]! * (1 - t) + widths[k + 1]! * t) / 2)
    }
  }
  return { points, half_m }
}

const spline = (a: number, b: number, c: number, d: number, t: number) =>
  0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)

function createRiver(index: number, plane: Plane, seed: number): River {
  const { name, course } = courses[index]!
  const { points, half_m } = bend(
    course.map(([lon, lat]) => plane.pointOf(lon, lat)),
    course.map(([, , width]) => width),
    seed,
  )
  const chainage_m = new Float64Array(points.length)
  for (let i = 1; i < points.length; i++)
    chainage_m[i] = chainage_m[i - 1]! + Math.hypot(points[i]!.x - points[i - 1]!.x, points[i]!.y - points[i - 1]!.y)
  return {
    name,
    x: Float64Array.from(points, (point) => point.x),
    y: Float64Array.from(points, (point) => point.y),
    half_m: Float64Array.from(half_m),
    chainage_m,
  }
}

/** Segments by the cells of the plane they can be the nearest in: a question looks at one cell. */
function indexSegments(rivers: River[]): Map<number, number[]> {
  const cells = new Map<number, number[]>()
  rivers.forEach((river, index) => {
    for (let i = 0; i + 1 < river.x.length; i++) {
      const reach = reach_m + river.half_m[i]! + step_m
      const [west, east] = [Math.floor((river.x[i]! - reach) / cell_m), Math.floor((river.x[i]! + reach) / cell_m)]
      const [south, north] = [Math.floor((river.y[i]! - reach) / cell_m), Math.floor((river.y[i]! + reach) / cell_m)]
      for (let column = west; column <= east; column++)
        for (let row = south; row <= north; row++) {
          const key = cellKey(column, row)
          const list = cells.get(key)
          if (list) list.push(index, i)
          else cells.set(key, [index, i])
        }
    }
  })
  return cells
}

const cellKey = (column: number, row: number) => (column + 4096) * 8192 + row + 4096

export function createRivers(plane: Plane, seed: number): Rivers {
  const all = courses.map((_, index) => createRiver(index, plane, seed * 2 + 77))
  const cells = indexSegments(all)
  const found: Shore = { river: -1, clear_m: 0, chainage_m: 0, side: 1 }
  const shoreAt = (x: number, y: number): Shore | null => {
    const segments = cells.get(cellKey(Math.floor(x / cell_m), Math.floor(y / cell_m)))
    if (!segments) return null
    found.clear_m = reach_m
    found.river = -1
    for (let k = 0; k < segments.length; k += 2) measure(all, segments[k]!, segments[k + 1]!, x, y, found)
    return found.river < 0 ? null : found
  }
  return { all, shoreAt, clearance_m: (x, y) => shoreAt(x, y)?.clear_m ?? reach_m }
}

/** Takes the shore of one segment into `best` if it is nearer. */
function measure(rivers: River[], index: number, i: number, x: number, y: number, best: Shore): void {
  const river = rivers[index]!
  const x1 = river.x[i]!
  const y1 = river.y[i]!
  // Most segments of a cell are further off than the best so far: seen from one end, before any root is taken.
  const reach = best.clear_m + river.half_m[i]! + 2 * step_m
  if (Math.abs(x - x1) > reach || Math.abs(y - y1) > reach) return
  const [dx, dy] = [river.x[i + 1]! - x1, river.y[i + 1]! - y1]
  const t = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  const half = river.half_m[i]! * (1 - t) + river.half_m[i + 1]! * t
  const clear = Math.hypot(x - x1 - t * dx, y - y1 - t * dy) - half
  if (clear >= best.clear_m) return
  best.river = index
  best.clear_m = clear
  best.chainage_m = river.chainage_m[i]! + t * Math.hypot(dx, dy)
  best.side = dx * (y - y1) - dy * (x - x1) > 0 ? 1 : -1
}
