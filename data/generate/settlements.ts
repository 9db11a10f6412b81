// Where people live: a core city, district seats, towns and villages inside a window around the chosen centre, each with
// as much ground as its transformers need.
import type { Districts } from './districts.ts'
import { createPlaceNames } from './place-names.ts'
import type { Plane, Point } from './plane.ts'
import { hashUnit, noise } from './random.ts'
import type { Rivers } from './rivers.ts'

export type SettlementKind = 'core' | 'seat' | 'town' | 'village'
export type Settlement = { kind: SettlementKind; name: string; x: number; y: number; radius_m: number; weight: number }

export type Settlements = {
  all: Settlement[]
  /** Everything generated lies this near the centre. */
  window_m: number
  /** Writes the settlement around a point into `found`, or -1, with 1 at its middle and 0 at its edge. */
  at(x: number, y: number, found: { settlement: number; depth: number }): void
}

/** The cities a generation can be centred on; Jiangmen's centre is where three districts meet on the river. */
export const cities: Record<string, { code: string; name: string; lon: number; lat: number }> = {
  jiangmen: { code: '440703', name: '江门', lon: 113.0725, lat: 22.5655 },
  xinhui: { code: '440705', name: '会城', lon: 113.026, lat: 22.461 },
  taishan: { code: '440781', name: '台城', lon: 112.789, lat: 22.255 },
  kaiping: { code: '440783', name: '三埠', lon: 112.6935, lat: 22.379 },
  heshan: { code: '440784', name: '沙坪', lon: 112.959, lat: 22.768 },
  enping: { code: '440785', name: '恩城', lon: 112.3, lat: 22.186 },
}

/** Jiangmen has 1.78 million customers behind 30,000 transformers on about 9,500 km². */
export const customersPerTransformer = 178 / 3
const customersPerSquareKilometre = 187

/** Ground for one transformer, in square metres: about 220 by 220 m in town. */
const groundOf: Record<SettlementKind, number> = { core: 47_000, seat: 47_000, town: 44_000, village: 42_000 }

/** Part of the transformers that stand along roads outside any settlement. */
const ribbonShare = 0.06

export function windowRadius(customers: number, districts: Districts): number {
  const wanted_m2 = (customers / customersPerSquareKilometre) * 1e6
  const ideal_m = Math.sqrt(wanted_m2 / Math.PI)
  const step_m = Math.min(1000, Math.max(60, ideal_m / 12))
  const distances: number[] = []
  const farthest_m = Math.min(180_000, ideal_m * 4)
  for (let x = -farthest_m; x <= farthest_m; x += step_m)
    for (let y = -farthest_m; y <= farthest_m; y += step_m) {
      const distance = Math.hypot(x, y)
      if (distance <= farthest_m && districts.at(x, y) >= 0) distances.push(distance)
    }
  distances.sort((a, b) => a - b)
  const rank = Math.round(wanted_m2 / step_m ** 2)
  return rank < distances.length ? distances[rank]! : distances.at(-1)! + step_m
}

type Ground = { plane: Plane; districts: Districts; rivers: Rivers; seed: number; window_m: number }

/** One hashed point in each square of a grid: even, without looking like a grid. */
function scatter(ground: Ground, spacing_m: number, salt: number): Point[] {
  const reach = Math.ceil(ground.window_m / spacing_m)
  const points: Point[] = []
  for (let column = -reach; column <= reach; column++)
    for (let row = -reach; row <= reach; row++) {
      const x = (column + 0.12 + 0.76 * hashUnit(column, row, ground.seed + salt)) * spacing_m
      const y = (row + 0.12 + 0.76 * hashUnit(column, row, ground.seed + salt + 1)) * spacing_m
      const inWindow = Math.hypot(x, y) < ground.window_m - spacing_m * 0.12
      if (inWindow && ground.rivers.clearance_m(x, y) > 160 && ground.districts.at(x, y) >= 0) points.push({ x, y })
    }
  return points
}

const radiusFor = (kind: SettlementKind, transformers: number) =>
  Math.sqrt((Math.max(2, transformers) * groundOf[kind] * (kind === 'core' || kind === 'seat' ? 1.2 : 1.12)) / Math.PI)

function placeSettlements(ground: Ground, city: string, transformers: number): Settlement[] {
  const names = createPlaceNames(ground.seed)
  const coreShare = Math.min(0.85, 0.47 * (transformers / 337) ** -0.19)
  const core = cities[city]!
  const all: Settlement[] = [
    { kind: 'core', name: core.name, x: 0, y: 0, weight: transformers * coreShare, radius_m: 0 },
  ]
  all[0]!.radius_m = radiusFor('core', all[0]!.weight)
  const isFree = (point: Point, gap_m: number) =>
    all.every((other) => Math.hypot(other.x - point.x, other.y - point.y) > other.radius_m * 1.25 + gap_m)
  const add = (kind: SettlementKind, name: string, point: Point, weight: number) =>
    all.push({ kind, name, ...point, weight, radius_m: radiusFor(kind, weight) })
  for (const [key, seat] of Object.entries(cities)) {
    const point = ground.plane.pointOf(seat.lon, seat.lat)
    if (key !== city && Math.hypot(point.x, point.y) < ground.window_m)
      add('seat', seat.name, point, transformers * 0.035)
  }
  scatter(ground, 6600, 11).forEach((point, index) => {
    if (isFree(point, 1700)) add('town', names.town(), point, 26 + 60 * hashUnit(index, 3, ground.seed) ** 2)
  })
  const large = all.length
  scatter(ground, 1850, 23).forEach((point, index) => {
    const near = all.slice(0, large).every((o) => Math.hypot(o.x - point.x, o.y - point.y) > o.radius_m * 1.25 + 650)
    if (near) add('village', names.village(), point, 2 + 6 * hashUnit(index, 5, ground.seed) ** 1.5)
  })
  return all
}

/** Gives the settlements outside the core the transformers that are left, and everyone the ground for theirs. */
function share(all: Settlement[], transformers: number): void {
  const core = all[0]!
  const others = all.slice(1).reduce((sum, settlement) => sum + settlement.weight, 0)
  const left = Math.max(0, transformers * (1 - ribbonShare) - core.weight)
  // A lone core takes everything; few neighbours do not swell to cities.
  const scale = others > 0 ? Math.min(1.6, left / others) : 0
  core.weight += left - others * scale
  for (const settlement of all) {
    if (settlement !== core) settlement.weight *= scale
    settlement.radius_m = radiusFor(settlement.kind, settlement.weight)
  }
}

const cell_m = 2000

/** Larger settlements have hills and parks in them, each a few hundred metres across; the middle stays built. */
const parkRadius_m = 1500

function isPark(seed: number, x: number, y: number): boolean {
  if (Math.hypot(x, y) < 500) return false
  return noise(seed + 13, x / 1000, y / 1000) + 0.4 * noise(seed + 14, x / 450, y / 450) > 0.6
}

export function createSettlements(ground: Ground, city: string, transformers: number): Settlements {
  const all = placeSettlements(ground, city, transformers)
  share(all, transformers)
  const cells = new Map<number, number[]>()
  const keyOf = (column: number, row: number) => (column + 2048) * 4096 + row + 2048
  all.forEach((settlement, index) => {
    const reach = settlement.radius_m * 1.5
    for (let c = Math.floor((settlement.x - reach) / cell_m); c <= Math.floor((settlement.x + reach) / cell_m); c++)
      for (let r = Math.floor((settlement.y - reach) / cell_m); r <= Math.floor((settlement.y + reach) / cell_m); r++)
        cells.set(keyOf(c, r), [...(cells.get(keyOf(c, r)) ?? []), index])
  })
  return {
    all,
    window_m: ground.window_m,
    at(x, y, found) {
      found.settlement = -1
      found.depth = 0
      for (const index of cells.get(keyOf(Math.floor(x / cell_m), Math.floor(y / cell_m))) ?? []) {
        const { x: cx, y: cy, radius_m } = all[index]!
        const ragged = 0.34 * noise(ground.seed + index, (x / radius_m) * 1.7, (y / radius_m) * 1.7)
        const depth = 1 - Math.hypot(x - cx, y - cy) / radius_m - ragged
        if (depth > found.depth && !(radius_m > parkRadius_m && isPark(ground.seed, x, y)))
          [found.settlement, found.depth] = [index, depth]
      }
    },
  }
}
