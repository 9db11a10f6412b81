// Whether a polygon and a box have a point in common. Exact but for nothing: corners, insides and crossing edges are all looked
// at; linear in the polygon's corners.
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'

/** West, south, east, north in degrees; where west is greater than east the box spans the antimeridian. */
export type Box = [west: number, south: number, east: number, north: number]

export function meetsBox(shape: Polygon | MultiPolygon, box: Box): boolean {
  const [west, south, east, north] = box
  if (west > east) return meetsBox(shape, [west, south, 180, north]) || meetsBox(shape, [-180, south, east, north])
  const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()
  return (
    rings.some((ring) => ring.some((corner, index) => index > 0 && edgeMeets(ring[index - 1]!, corner, box))) ||
    booleanPointInPolygon([west, south], shape)
  )
}

/** Liang and Barsky (1984): the part of the edge within each pair of the box's sides, until none is left. */
function edgeMeets([x0, y0]: Position, [x1, y1]: Position, [west, south, east, north]: Box): boolean {
  const [dx, dy] = [x1! - x0!, y1! - y0!]
  let from = 0
  let to = 1
  for (const [slope, room] of [
    [-dx, x0! - west],
    [dx, east - x0!],
    [-dy, y0! - south],
    [dy, north - y0!],
  ] as const) {
    if (slope === 0 && room < 0) return false
    if (slope < 0) from = Math.max(from, room / slope)
    else if (slope > 0) to = Math.min(to, room / slope)
  }
  return from <= to
}
