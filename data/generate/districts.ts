// The real districts of Jiangmen: their outlines, and which of them a point lies in.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plane } from './plane.ts'

export type DistrictFeature = {
  type: 'Feature'
  properties: { code: string; name: string; kind: 'urban' | 'rural' | 'remote' }
  geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] }
}

export type Districts = {
  features: DistrictFeature[]
  /** Index into `features` of the district around a point of the plane, or -1. */
  at(x: number, y: number): number
}

/** Edges are looked up in bands of latitude this high, so a question costs tens of edges, not thousands. */
const band_m = 250

export function readDistrictFeatures(): DistrictFeature[] {
  const file = path.join(import.meta.dirname, '..', 'region', 'jiangmen-districts.geojson')
  return (JSON.parse(readFileSync(file, 'utf8')) as { features: DistrictFeature[] }).features
}

/** Rings of a district as flat x, y lists of the plane. */
function ringsOf(feature: DistrictFeature, plane: Plane): number[][] {
  const { geometry } = feature
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.flat().map((ring) =>
    ring.flatMap(([lon, lat]) => {
      const { x, y } = plane.pointOf(lon!, lat!)
      return [x, y]
    }),
  )
}

type Bands = Map<number, number[]>

function bandsOf(rings: number[][]): Bands {
  const bands: Bands = new Map()
  for (const ring of rings)
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const edge = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!]
      const low = Math.floor(Math.min(edge[1]!, edge[3]!) / band_m)
      const high = Math.floor(Math.max(edge[1]!, edge[3]!) / band_m)
      for (let band = low; band <= high; band++) {
        const edges = bands.get(band)
        if (edges) edges.push(...edge)
        else bands.set(band, [...edge])
      }
    }
  return bands
}

/** Even-odd rule: a ray eastwards crosses the outline an odd number of times. */
function isInside(bands: Bands, x: number, y: number): boolean {
  const edges = bands.get(Math.floor(y / band_m))
  if (!edges) return false
  let inside = false
  for (let i = 0; i < edges.length; i += 4) {
    const [x1, y1, x2, y2] = [edges[i]!, edges[i + 1]!, edges[i + 2]!, edges[i + 3]!]
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
  }
  return inside
}

export function createDistricts(plane: Plane): Districts {
  const features = readDistrictFeatures()
  const outlines = features.map((feature) => bandsOf(ringsOf(feature, plane)))
  let last = 0
  return {
    features,
    at(x, y) {
      // Neighbouring questions mostly have the same answer.
      if (isInside(outlines[last]!, x, y)) return last
      for (let index = 0; index < outlines.length; index++)
        if (index !== last && isInside(outlines[index]!, x, y)) return (last = index)
      return -1
    },
  }
}
