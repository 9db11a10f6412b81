// Puts a point on the nearest stretch of road: an R-tree (flatbush) over the single segments of every edge's drawn line.
import Flatbush from 'flatbush'
import { type RoadGraph, shapeOf } from './graph.ts'
import { degree_m, type LonLat, lengthOf, narrowing, step_m } from './ground.ts'
import { type Position, onEdge } from './position.ts'

/** Farther off any road than this the map does not cover the place, and a straight line is as good. */
const farthestSnap_m = 20_000
/** Boxes looked at for a first bound; more than one because a long diagonal's box is near where its line is not. */
const firstGuesses = 4

/** The foot of a perpendicular on one segment: its share of the segment, and how far off, on the flat map around `point`. */
type Foot = { segment: number; share: number; distance_m: number; side: Position['side'] }

/** Finds the place on the roads nearest to a point. Build: n log n over segments; a search touches a few dozen. */
export class RoadSnapper {
  private graph: RoadGraph
  private readonly tree: Flatbush | null
  /** Segment → its edge and its first point in the shape array. */
  private readonly edgeOf: Int32Array
  private readonly pointOf: Int32Array

  constructor(graph: RoadGraph) {
    this.graph = graph
    const { shapeFirst, shape } = graph.edges
    const edges = graph.edges.from.length
    const segments = shape.length / 2 - edges
    this.edgeOf = new Int32Array(segments)
    this.pointOf = new Int32Array(segments)
    this.tree = segments > 0 ? new Flatbush(segments) : null
    let segment = 0
    for (let edge = 0; edge < edges; edge++) {
      for (let point = shapeFirst[edge]!; point < shapeFirst[edge + 1]! - 1; point++) {
        this.edgeOf[segment] = edge
        this.pointOf[segment++] = point
        const [x, y, x2, y2] = [shape[point * 2]!, shape[point * 2 + 1]!, shape[point * 2 + 2]!, shape[point * 2 + 3]!]
        this.tree!.add(Math.min(x, x2), Math.min(y, y2), Math.max(x, x2), Math.max(y, y2))
      }
    }
    this.tree?.finish()
  }

  /** Takes over which edges are closed from a graph of the same edges. */
  follow(graph: RoadGraph): void {
    this.graph = graph
  }

  /** The edges, closed ones too, with a segment in or near a box of degrees; an edge may come more than once. */
  edgesIn([west, south, east, north]: [number, number, number, number]): number[] {
    return this.tree?.search(west, south, east, north).map((segment) => this.edgeOf[segment]!) ?? []
  }

  /** The nearest place on an open road, or null where none lies within 20 km. Of equally near edges the first given. */
  snap(point: LonLat): Position | null {
    if (this.tree === null) return null
    const isOpen = (segment: number) => this.graph.closed[this.edgeOf[segment]!] === 0
    let nearest = this.nearestFoot(this.tree.neighbors(point.lon, point.lat, firstGuesses, Infinity, isOpen), point)
    if (nearest === null) return null
    // Whatever is nearer than that first guess has its box within the guess's distance; the margin covers rounding.
    const reach = Math.min(nearest.distance_m, farthestSnap_m) / degree_m + 1e-9
    const reachLon = reach / narrowing(Math.min(89, Math.abs(point.lat) + reach))
    const within = this.tree.search(
      point.lon - reachLon,
      point.lat - reach,
      point.lon + reachLon,
      point.lat + reach,
      isOpen,
    )
    nearest = this.nearestFoot(within, point) ?? nearest
    return nearest.distance_m <= farthestSnap_m ? this.place(nearest) : null
  }

  private nearestFoot(segments: number[], point: LonLat): Foot | null {
    let nearest: Foot | null = null
    for (const segment of segments) {
      const foot = this.footOn(segment, point)
      if (
        nearest === null ||
        foot.distance_m < nearest.distance_m ||
        (foot.distance_m === nearest.distance_m && segment < nearest.segment)
      )
        nearest = foot
    }
    return nearest
  }

  private footOn(segment: number, point: LonLat): Foot {
    const { shape } = this.graph.edges
    const at = this.pointOf[segment]! * 2
    const squeeze = narrowing(point.lat)
    const alongX = (shape[at + 2]! - shape[at]!) * squeeze
    const alongY = shape[at + 3]! - shape[at + 1]!
    const toX = (point.lon - shape[at]!) * squeeze
    const toY = point.lat - shape[at + 1]!
    const square = alongX * alongX + alongY * alongY
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, (toX * alongX + toY * alongY) / square))
    const distance_m = Math.hypot(toX - share * alongX, toY - share * alongY) * degree_m
    const turn = alongX * toY - alongY * toX
    return { segment, share, distance_m, side: turn > 0 ? 'left' : turn < 0 ? 'right' : 'on' }
  }

  /** Turns a share of one segment into a share of its whole edge. */
  private place(foot: Foot): Position {
    const { edges } = this.graph
    const edge = this.edgeOf[foot.segment]!
    const point = this.pointOf[foot.segment]!
    const shape = shapeOf(edges, edge)
    const before = shape.subarray(0, (point - edges.shapeFirst[edge]! + 1) * 2)
    const [x, y, x2, y2] = edges.shape.subarray(point * 2, point * 2 + 4) as unknown as [number, number, number, number]
    const whole_m = lengthOf(shape)
    const isLast = point + 2 === edges.shapeFirst[edge + 1]!
    const along_m = lengthOf(before) + foot.share * step_m(x2 - x, y2 - y, (y + y2) / 2)
    const offset = isLast && foot.share === 1 ? 1 : whole_m === 0 ? 0 : Math.min(1, along_m / whole_m)
    return onEdge(this.graph, edge, offset, foot.side, foot.distance_m)
  }
}
