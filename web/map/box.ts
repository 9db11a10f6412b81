// Boxes of degrees, for a camera to hold.
import type { Position } from './glide.ts'

export type Box = readonly [west: number, south: number, east: number, north: number]

export function boxAround(points: readonly Position[]): Box | null {
  if (points.length === 0) return null
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}
