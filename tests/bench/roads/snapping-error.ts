// How wrong a travel time becomes by putting a point on the nearest edge, and by putting it on the nearest node instead.
import Flatbush from 'flatbush'
import { atNode, onEdge, type Position, PlainSearch, type RoadGraph, RoadSnapper } from '../../../server/roads/index.ts'

/** How far off the middle of the road a report or a vehicle's receiver says it is, at most. */
const noise_m = 15
const degree_m = 111_195

/** A place by lot, what is known of it (a point near the road), and where it truly is. */
function drawPlace(graph: RoadGraph, draw: () => number): { truth: Position; point: { lon: number; lat: number } } {
  const { edges } = graph
  const edge = Math.floor(draw() * edges.from.length)
  const offset = draw()
  const at = edges.shapeFirst[edge]! * 2
  const [lon, lat, lon2, lat2] = [...edges.shape.subarray(at, at + 4)] as [number, number, number, number]
  const shift = () => ((draw() * 2 - 1) * noise_m) / degree_m
  const point = { lon: lon + (lon2 - lon) * offset + shift(), lat: lat + (lat2 - lat) * offset + shift() }
  return { truth: onEdge(graph, edge, offset), point }
}

/**
 * Mean absolute error in seconds over `pairs` drives of a graph of straight edges, by edge and by node, against the drive
 * between the exact places.
 */
export function measureSnapping(
  graph: RoadGraph,
  pairs: number,
  draw: () => number,
): { edge_s: number; node_s: number } {
  const snapper = new RoadSnapper(graph)
  const search = new PlainSearch(graph)
  const nearestNode = nodeFinder(graph)
  const errors = { edge_s: 0, node_s: 0 }
  let counted = 0
  while (counted < pairs) {
    const [from, to] = [drawPlace(graph, draw), drawPlace(graph, draw)]
    const truth = search.route(from.truth, to.truth)
    const byEdge = search.route(snapper.snap(from.point)!, snapper.snap(to.point)!)
    const byNode = search.route(nearestNode(from.point), nearestNode(to.point))
    if (truth === null || byEdge === null || byNode === null) continue
    counted++
    errors.edge_s += Math.abs(byEdge.travel_ms - truth.travel_ms) / 1000 / pairs
    errors.node_s += Math.abs(byNode.travel_ms - truth.travel_ms) / 1000 / pairs
  }
  return errors
}

function nodeFinder({ nodes, edges }: RoadGraph): (point: { lon: number; lat: number }) => Position {
  const tree = new Flatbush(nodes)
  const place = new Float64Array(nodes * 2)
  for (let edge = 0; edge < edges.from.length; edge++) {
    const [first, last] = [edges.shapeFirst[edge]!, edges.shapeFirst[edge + 1]! - 1]
    place.set(edges.shape.subarray(first * 2, first * 2 + 2), edges.from[edge]! * 2)
    place.set(edges.shape.subarray(last * 2, last * 2 + 2), edges.to[edge]! * 2)
  }
  for (let node = 0; node < nodes; node++) tree.add(place[node * 2]!, place[node * 2 + 1]!)
  tree.finish()
  return ({ lon, lat }) => atNode(tree.neighbors(lon, lat, 1)[0]!)
}
