// Routes: the pieces driven, drawn from where a drive starts to where it ends, the same by either search.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildHierarchy,
  type Drive,
  drawRoute,
  HierarchyRouter,
  onEdge,
  PlainSearch,
  type RoadGraph,
  RoadGraphBuilder,
} from '../../server/roads/index.ts'
import { anyGraph, anyPlace, placeOn, sketch } from './sketch.ts'

//  A --10-- B --10-- C
//  ^________one-way__|  (C to A, 5)
const graph = sketch({ A: [0, 0], B: [1, 0], C: [2, 0] }, ['A-B 10', 'B-C 10', 'C>A 5'])

function lineOf(drive: Drive | null, on: RoadGraph = graph): number[][] {
  return drawRoute(on.edges, drive!.pieces).map((point) => point.map((degrees) => Number((degrees * 100).toFixed(6))))
}

test('a route begins and ends inside its first and last edge', () => {
  const drive = new PlainSearch(graph).route(onEdge(graph, 0, 0.25), onEdge(graph, 1, 0.5))
  expect(drive).toMatchObject({ travel_ms: 12_500, distance_m: 125 })
  expect(lineOf(drive)).toEqual([
    [0.25, 0],
    [1, 0],
    [1.5, 0],
  ])
})

test('a route on one edge may be driven backwards', () => {
  const drive = new PlainSearch(graph).route(onEdge(graph, 0, 0.75), onEdge(graph, 0, 0.25))
  expect(lineOf(drive)).toEqual([
    [0.75, 0],
    [0.25, 0],
  ])
})

test('bends between the cuts are kept, those outside them left out', () => {
  // A (0,0) → (1,0) → (1,1) → B (2,1), 3 long
  const builder = new RoadGraphBuilder()
  builder.addNode('A', 0, 0)
  builder.addNode('B', 0.02, 0.01)
  const shape = [0, 0, 0.01, 0, 0.01, 0.01, 0.02, 0.01]
  builder.addEdge({ from: 'A', to: 'B', length_m: 300, time_s: 3, oneway: false, shape })
  const bent = builder.finish()
  const drive = new PlainSearch(bent).route(onEdge(bent, 0, 0.5), onEdge(bent, 0, 1))
  expect(lineOf(drive, bent).map((point) => point.map((x) => Math.round(x * 100) / 100))).toEqual([
    [1, 0.5],
    [1, 1],
    [2, 1],
  ])
})

test('there is no route to another island', () => {
  const islands = sketch({ A: [0, 0], B: [1, 0], C: [2, 0], D: [3, 0] }, ['A-B 1', 'C-D 1'])
  expect(new PlainSearch(islands).route(onEdge(islands, 0, 0.5), onEdge(islands, 1, 0.5))).toBeNull()
  expect(
    new HierarchyRouter(islands, buildHierarchy(islands)).route(onEdge(islands, 0, 0.5), onEdge(islands, 1, 0.5)),
  ).toBeNull()
})

/** What driving the pieces takes, each one-way held and each piece beginning where the one before ended. */
function driven(on: RoadGraph, { pieces }: Drive): { travel_ms: number; connected: boolean } {
  const { edges } = on
  const nodeAt = (edge: number, offset: number) =>
    offset === 0 ? edges.from[edge] : offset === 1 ? edges.to[edge] : undefined
  const parts = pieces.map(({ edge, start, end }) => {
    const [low, high] = [start, end].map((offset) => Math.round(edges.cost_ms[edge]! * offset))
    return Math.abs(high! - low!)
  })
  const joins = pieces
    .slice(1)
    .map((piece, i) => nodeAt(pieces[i]!.edge, pieces[i]!.end) === nodeAt(piece.edge, piece.start))
  const lawful = pieces.every(({ edge, start, end }) => edges.oneway[edge] === 0 || start <= end)
  return { travel_ms: parts.reduce((sum, part) => sum + part, 0), connected: lawful && joins.every(Boolean) }
}

test('on any graph both searches give a drive that can be driven and takes the time it says', () => {
  fc.assert(
    fc.property(anyGraph, anyPlace, anyPlace, (any, start, end) => {
      const [from, to] = [placeOn(any, start), placeOn(any, end)]
      const plain = new PlainSearch(any).route(from, to)
      const fast = new HierarchyRouter(any, buildHierarchy(any)).route(from, to)
      expect(fast?.travel_ms).toBe(plain?.travel_ms)
      for (const drive of [plain, fast])
        if (drive !== null) expect(driven(any, drive)).toEqual({ travel_ms: drive.travel_ms, connected: true })
    }),
    { numRuns: 500 },
  )
})
