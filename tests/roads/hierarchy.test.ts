// The hierarchy with crew buckets gives the plain search's answers, to the millisecond and in the same order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  atNode,
  buildHierarchy,
  CrewBuckets,
  PlainSearch,
  RoadGraphBuilder,
  withClosed,
} from '../../server/roads/index.ts'
import { floorOf } from '../../server/roads/summit.ts'
import { anyGraph, anyPlace, placeOn } from './sketch.ts'

/** Where the summit begins: all of the hierarchy, some of it, none. */
const anyShare = fc.constantFrom(0, 0.5, 1)

const times = (arrivals: { crew: number; travel_ms: number }[]) =>
  arrivals.map(({ crew, travel_ms }) => `${crew} ${travel_ms}`)

test('on any graph with one-ways, islands and parallel edges, ranks and times equal the plain search', () => {
  fc.assert(
    fc.property(
      anyGraph,
      fc.array(anyPlace, { maxLength: 8 }),
      anyPlace,
      fc.integer({ min: 1, max: 9 }),
      anyShare,
      (graph, places, target, k, share) => {
        const crews = places.map((place, i) => ({ id: `crew ${i}`, position: placeOn(graph, place) }))
        const buckets = new CrewBuckets(graph, buildHierarchy(graph), Math.round(share * graph.nodes))
        for (const { id, position } of crews) buckets.place(id, position)
        const incident = placeOn(graph, target)
        expect(times(buckets.nearest(incident, k))).toEqual(times(new PlainSearch(graph).nearest(incident, crews, k)))
      },
    ),
    { numRuns: 500 },
  )
})

test('a crew that moves is found where it is and no longer where it was', () => {
  fc.assert(
    fc.property(
      anyGraph,
      fc.array(anyPlace, { minLength: 3, maxLength: 12 }),
      anyPlace,
      anyShare,
      (graph, places, target, share) => {
        const moving = new CrewBuckets(graph, buildHierarchy(graph), Math.round(share * graph.nodes))
        places.forEach((place, i) => moving.place(`crew ${i % 3}`, placeOn(graph, place)))
        const last = [0, 1, 2].map((crew) => places[places.length - 1 - ((places.length - 1 - crew) % 3)]!)
        const crews = last.map((place, i) => ({ id: `crew ${i}`, position: placeOn(graph, place) }))
        const incident = placeOn(graph, target)
        expect(times(moving.nearest(incident, 3))).toEqual(times(new PlainSearch(graph).nearest(incident, crews, 3)))
      },
    ),
    { numRuns: 200 },
  )
})

test('rebuilt in the order of an earlier hierarchy after roads were closed, it is still exact', () => {
  fc.assert(
    fc.property(anyGraph, fc.array(fc.nat(3)), anyPlace, anyPlace, (graph, draws, start, target) => {
      const closed = graph.closed.map((_, edge) => (draws[edge] === 0 ? 1 : 0))
      const changed = withClosed(graph, closed)
      const buckets = new CrewBuckets(changed, buildHierarchy(changed, buildHierarchy(graph).rankOf))
      const crews = [{ id: 'one', position: placeOn(graph, start) }]
      buckets.place('one', crews[0]!.position)
      const incident = placeOn(graph, target)
      expect(times(buckets.nearest(incident, 1))).toEqual(times(new PlainSearch(changed).nearest(incident, crews, 1)))
    }),
    { numRuns: 200 },
  )
})

test('a crew taken off the roads is found no more, and its number serves the next', () => {
  fc.assert(
    fc.property(anyGraph, anyPlace, anyPlace, anyPlace, anyShare, (graph, gone, stays, target, share) => {
      const buckets = new CrewBuckets(graph, buildHierarchy(graph), Math.round(share * graph.nodes))
      buckets.place('gone', placeOn(graph, gone))
      buckets.remove('gone')
      const crews = [{ id: 'stays', position: placeOn(graph, stays) }]
      buckets.place('stays', crews[0]!.position)
      const incident = placeOn(graph, target)
      expect(times(buckets.nearest(incident, 2))).toEqual(times(new PlainSearch(graph).nearest(incident, crews, 2)))
    }),
    { numRuns: 100 },
  )
})

test('where arcs lie densely there is a summit, along a valley there is none', () => {
  const dense = new RoadGraphBuilder()
  for (let n = 0; n < 60; n++) dense.addNode(`${n}`, 113 + n / 1000, 22)
  for (let n = 0; n < 60; n++)
    for (let to = 0; to < n; to++)
      dense.addEdge({
        from: `${n}`,
        to: `${to}`,
        length_m: 100,
        time_s: 100 + ((n * 31 + to * 17) % 97),
        oneway: false,
      })
  expect(floorOf(buildHierarchy(dense.finish()))).toBeLessThan(60)
  const valley = new RoadGraphBuilder()
  for (let n = 0; n < 100; n++) valley.addNode(`${n}`, 113 + n / 1000, 22)
  for (let n = 1; n < 100; n++)
    valley.addEdge({ from: `${n - 1}`, to: `${n}`, length_m: 100, time_s: 10 + (n % 7), oneway: false })
  expect(floorOf(buildHierarchy(valley.finish()))).toBe(100)
})

test('ways longer than costs can say lead nowhere, by either search', () => {
  const builder = new RoadGraphBuilder()
  for (let n = 0; n < 40; n++) builder.addNode(`${n}`, 113 + n / 1000, 22)
  for (let n = 1; n < 40; n++)
    builder.addEdge({ from: `${n - 1}`, to: `${n}`, length_m: 1, time_s: 86_400, oneway: false })
  const graph = builder.finish()
  const crews = [0, 20, 39].map((node) => ({ id: `${node}`, position: atNode(node) }))
  const buckets = new CrewBuckets(graph, buildHierarchy(graph))
  for (const { id, position } of crews) buckets.place(id, position)
  for (const node of [0, 10, 30, 39])
    expect(times(buckets.nearest(atNode(node), 3))).toEqual(
      times(new PlainSearch(graph).nearest(atNode(node), crews, 3)),
    )
})
