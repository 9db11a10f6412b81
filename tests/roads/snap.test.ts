// Putting points on roads: which edge, how far along, on which side, how far off.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RoadGraphBuilder, RoadSnapper, withClosed } from '../../server/roads/index.ts'
import { hundredth_m, sketch } from './sketch.ts'

//  C
//  |        x (0.25, 0.1)
//  A -------+--------- B
const corner = sketch({ A: [0, 0], B: [1, 0], C: [0, 1] }, ['A-B 10', 'A-C 10'])

test('a point beside an edge lies at its share along, on its side, at its distance', () => {
  const place = new RoadSnapper(corner).snap({ lon: 0.0025, lat: 0.001 })!
  expect(place).toMatchObject({ edge: 0, node: -1, side: 'left' })
  expect(place.offset).toBeCloseTo(0.25, 6)
  expect(place.distance_m).toBeCloseTo(hundredth_m / 10, 1)
})

test('below the same edge is its right side', () => {
  expect(new RoadSnapper(corner).snap({ lon: 0.0025, lat: -0.001 })!.side).toBe('right')
})

test('a point at the very node is the node, whichever of its edges is met', () => {
  expect(new RoadSnapper(corner).snap({ lon: 0, lat: 0 })!.node).toBe(0)
  expect(new RoadSnapper(corner).snap({ lon: 0.01, lat: 0 })!.node).toBe(1)
})

test('the nearest line wins over a nearer box: a long diagonal is not where its box is', () => {
  //        / B     the point p stands in the diagonal's box, but the short road s is nearer
  //      /   p
  //    /     s-
  //  A
  const graph = sketch({ A: [0, 0], B: [10, 10], S: [8, 2], T: [8.1, 2] }, ['A-B 10', 'S-T 1'])
  expect(new RoadSnapper(graph).snap({ lon: 0.08, lat: 0.03 })!.edge).toBe(1)
})

test('a bend is followed: the share is of the drawn line, not of the straight one', () => {
  const builder = new RoadGraphBuilder()
  builder.addNode('A', 0, 0)
  builder.addNode('B', 0.02, 0.01)
  builder.addEdge({ from: 'A', to: 'B', length_m: 1, time_s: 1, oneway: false, shape: [0, 0, 0.02, 0, 0.02, 0.01] })
  expect(new RoadSnapper(builder.finish()).snap({ lon: 0.02, lat: 0 })!.offset).toBeCloseTo(2 / 3, 4)
})

test('a closed road is passed over for the next open one', () => {
  const snapper = new RoadSnapper(corner)
  snapper.follow(withClosed(corner, Uint8Array.of(1, 0)))
  expect(snapper.snap({ lon: 0.0025, lat: 0.001 })!.edge).toBe(1)
})

test('farther than 20 km from any road, and with no roads at all, there is no place', () => {
  expect(new RoadSnapper(corner).snap({ lon: 0.3, lat: 0 })).toBeNull()
  expect(new RoadSnapper(new RoadGraphBuilder().finish()).snap({ lon: 0, lat: 0 })).toBeNull()
})

test('the place found is as near as the nearest found by looking at every edge', () => {
  const coordinate = fc.double({ min: -5, max: 5, noNaN: true })
  const pair = fc.tuple(coordinate, coordinate)
  fc.assert(
    fc.property(fc.array(fc.tuple(pair, pair), { minLength: 1, maxLength: 12 }), pair, (lines, [x, y]) => {
      const names = Object.fromEntries(
        lines.flatMap(([from, to], i) => [
          [`f${i}`, from],
          [`t${i}`, to],
        ]),
      )
      const point = { lon: x / 100, lat: y / 100 }
      const all = new RoadSnapper(
        sketch(
          names,
          lines.map((_, i) => `f${i}-t${i} 1`),
        ),
      )
      const each = lines.map((_, i) => new RoadSnapper(sketch(names, [`f${i}-t${i} 1`])).snap(point)!.distance_m)
      expect(all.snap(point)!.distance_m).toBeCloseTo(Math.min(...each), 6)
    }),
    { numRuns: 60 },
  )
})
