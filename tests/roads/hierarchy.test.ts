// The hierarchy with crew buckets gives the plain search's answers, to the millisecond and in the same order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildHierarchy, CrewBuckets, PlainSearch, withClosed } from '../../server/roads/index.ts'
import { anyGraph, anyPlace, placeOn } from './sketch.ts'

const times = (arrivals: { crew: number; travel_ms: number }[]) =>
  arrivals.map(({ crew, travel_ms }) => `${crew} ${travel_ms}`)

test('on any graph with one-ways, islands and parallel edges, ranks and times equal the plain search', () => {
  fc.assert(
    fc.property(
      anyGraph,
      fc.array(anyPlace, { maxLength: 8 }),
      anyPlace,
      fc.integer({ min: 1, max: 9 }),
      (graph, places, target, k) => {
        const crews = places.map((place, i) => ({ id: `crew ${i}`, position: placeOn(graph, place) }))
        const buckets = new CrewBuckets(graph, buildHierarchy(graph))
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
    fc.property(anyGraph, fc.array(anyPlace, { minLength: 3, maxLength: 12 }), anyPlace, (graph, places, target) => {
      const moving = new CrewBuckets(graph, buildHierarchy(graph))
      places.forEach((place, i) => moving.place(`crew ${i % 3}`, placeOn(graph, place)))
      const last = [0, 1, 2].map((crew) => places[places.length - 1 - ((places.length - 1 - crew) % 3)]!)
      const crews = last.map((place, i) => ({ id: `crew ${i}`, position: placeOn(graph, place) }))
      const incident = placeOn(graph, target)
      expect(times(moving.nearest(incident, 3))).toEqual(times(new PlainSearch(graph).nearest(incident, crews, 3)))
    }),
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
