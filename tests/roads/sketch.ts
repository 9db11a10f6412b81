// Small road graphs for tests: drawn by hand as a list of edges, or drawn by lot with islands, one-ways and parallels.
import fc from 'fast-check'
import { atNode, onEdge, type Position, type RoadGraph, RoadGraphBuilder } from '../../server/roads/index.ts'

/** Metres in a degree at the equator, where the sketches lie: 0.01 degrees are 1,112 m. */
export const hundredth_m = 1111.95

/** Nodes as name → [x, y] in hundredths of a degree; edges as `A>B 5` (one-way) or `A-B 5`, the number in seconds. */
export function sketch(nodes: Record<string, [number, number]>, edges: string[]): RoadGraph {
  const builder = new RoadGraphBuilder()
  for (const [id, [x, y]] of Object.entries(nodes)) builder.addNode(id, x / 100, y / 100)
  for (const edge of edges) {
    const [, from, way, to, time_s] = /^(\w+)([->])(\w+) ([\d.]+)$/.exec(edge)!
    builder.addEdge({
      from: from!,
      to: to!,
      length_m: Number(time_s) * 10,
      time_s: Number(time_s),
      oneway: way === '>',
    })
  }
  return builder.finish()
}

/** Graphs of 2 to 40 nodes, sparse enough to have islands, with one-ways, self loops, parallel edges and edges of no time. */
export const anyGraph: fc.Arbitrary<RoadGraph> = fc.integer({ min: 2, max: 40 }).chain((nodes) =>
  fc
    .array(
      fc.record({
        from: fc.nat(nodes - 1),
        to: fc.nat(nodes - 1),
        time_ms: fc.nat(20),
        oneway: fc.boolean(),
      }),
      { minLength: 1, maxLength: nodes * 2 },
    )
    .map((edges) => {
      const builder = new RoadGraphBuilder()
      for (let node = 0; node < nodes; node++)
        builder.addNode(String(node), (node % 7) / 100, Math.floor(node / 7) / 100)
      for (const { from, to, time_ms, oneway } of edges)
        builder.addEdge({ from: String(from), to: String(to), length_m: time_ms, time_s: time_ms / 1000, oneway })
      return builder.finish()
    }),
)

/** A place on a graph for numbers drawn by lot: a node, or a share of an edge. */
export const anyPlace = fc.record({
  pick: fc.nat(1000),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  isNode: fc.boolean(),
})

export function placeOn(
  graph: RoadGraph,
  { pick, share, isNode }: { pick: number; share: number; isNode: boolean },
): Position {
  return isNode ? atNode(pick % graph.nodes) : onEdge(graph, pick % graph.edges.from.length, share)
}
