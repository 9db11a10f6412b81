// Which edges a dispatcher's drawing closes: every one whose drawn line meets it or lies inside it.
import type { Geometry, Position as Coordinate } from 'geojson'
import { type EdgeTable, shapeOf } from './graph.ts'

/** What may be drawn over roads: an area, closing what it touches, or a line, closing what it crosses. */
export type ClosureShape = Extract<Geometry, { type: 'Polygon' | 'MultiPolygon' | 'LineString' | 'MultiLineString' }>

type Box = [west: number, south: number, east: number, north: number]

/** The lines of a shape, and for an area its polygons as rings to lie inside of. */
function partsOf(shape: ClosureShape): { lines: Coordinate[][]; polygons: Coordinate[][][] } {
  if (shape.type === 'LineString') return { lines: [shape.coordinates], polygons: [] }
  if (shape.type === 'MultiLineString') return { lines: shape.coordinates, polygons: [] }
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  return { lines: polygons.flat(), polygons }
}

/** The box around a shape. */
export function boxOf(shape: ClosureShape): Box {
  const points = partsOf(shape).lines.flat()
  const [lons, lats] = [points.map(([lon]) => lon!), points.map(([, lat]) => lat!)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** Even-odd rule over all rings, so that holes are outside. */
function isInside(rings: Coordinate[][], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings)
    for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
      const [x1, y1] = ring[i] as [number, number]
      const [x2, y2] = ring[before] as [number, number]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  return inside
}

function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
}

/** Whether two segments meet; touching counts. */
function doMeet(a: Coordinate, b: Coordinate, cx: number, cy: number, dx: number, dy: number): boolean {
  const [ax, ay, bx, by] = [a[0]!, a[1]!, b[0]!, b[1]!]
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false
  return (
    turn(ax, ay, bx, by, cx, cy) * turn(ax, ay, bx, by, dx, dy) <= 0 &&
    turn(cx, cy, dx, dy, ax, ay) * turn(cx, cy, dx, dy, bx, by) <= 0
  )
}

/** Of the edges given (those in the shape's box), the ones that it closes. Cost: points of the edges times points drawn. */
export function edgesMeeting(edges: EdgeTable, candidates: Iterable<number>, shape: ClosureShape): number[] {
  const { lines, polygons } = partsOf(shape)
  const isMet = (edge: number) => {
    const road = shapeOf(edges, edge)
    if (polygons.some((rings) => isInside(rings, road[0]!, road[1]!))) return true
    for (let i = 2; i < road.length; i += 2)
      for (const line of lines)
        for (let at = 1; at < line.length; at++)
          if (doMeet(line[at - 1]!, line[at]!, road[i - 2]!, road[i - 1]!, road[i]!, road[i + 1]!)) return true
    return false
  }
  return [...new Set(candidates)].filter(isMet)
}
