// The plain search: crews drive towards the incident, one-ways hold, and ties go by crew id.
import { expect, test } from 'vitest'
import { atNode, onEdge, PlainSearch, type PlacedCrew, type RoadGraph } from '../../server/roads/index.ts'
import { sketch } from './sketch.ts'

function answer(graph: RoadGraph, incident: PlacedCrew['position'], crews: PlacedCrew[], k = 9): string[] {
  return new PlainSearch(graph)
    .nearest(incident, crews, k)
    .map(({ crew, travel_ms }) => `${crews[crew]!.id} ${travel_ms}`)
}

//  A --10-- B --10-- C       D --1-- E (an island)
//  ^________one-way__|
//         (C to A, 5)
const graph = sketch({ A: [0, 0], B: [1, 0], C: [2, 0], D: [5, 0], E: [6, 0] }, ['A-B 10', 'B-C 10', 'C>A 5', 'D-E 1'])
const crewAt = (id: string, name: string) => ({ id, position: atNode(graph.nodeIndex.get(name)!) })
const place = (name: string) => atNode(graph.nodeIndex.get(name)!)

test('a crew drives with the one-way street to the incident, and round it the other way', () => {
  expect(answer(graph, place('A'), [crewAt('one', 'C')])).toEqual(['one 5000'])
  expect(answer(graph, place('C'), [crewAt('one', 'A')])).toEqual(['one 20000'])
})

test('a crew on another island is not among those that can come by road', () => {
  expect(answer(graph, place('A'), [crewAt('far', 'D'), crewAt('near', 'B')])).toEqual(['near 10000'])
})

test('equal times are ranked by crew id, also where the limit cuts between them', () => {
  const crews = [crewAt('z', 'A'), crewAt('b', 'C'), crewAt('a', 'A')]
  expect(answer(graph, place('B'), crews, 1)).toEqual(['a 10000'])
  expect(answer(graph, place('B'), crews, 2)).toEqual(['a 10000', 'b 10000'])
})

test('on one edge a crew drives straight on or, two-way, straight back', () => {
  const at = (offset: number) => [{ id: 'one', position: onEdge(graph, 0, offset) }]
  expect(answer(graph, onEdge(graph, 0, 0.75), at(0.25))).toEqual(['one 5000'])
  expect(answer(graph, onEdge(graph, 0, 0.25), at(0.75))).toEqual(['one 5000'])
})

test('on a one-way street a crew past the incident drives all the way round', () => {
  // C>A is 5 s; the crew stands at its end, the incident at its start: 1 s to A, 20 s to C, 1 s to the incident.
  expect(answer(graph, onEdge(graph, 2, 0.2), [{ id: 'one', position: onEdge(graph, 2, 0.8) }])).toEqual(['one 22000'])
  expect(answer(graph, onEdge(graph, 2, 0.8), [{ id: 'one', position: onEdge(graph, 2, 0.2) }])).toEqual(['one 3000'])
})

test('from one end of a slow edge to the other the way round may be quicker', () => {
  const slow = sketch({ A: [0, 0], B: [1, 0] }, ['A-B 100', 'A-B 2'])
  expect(answer(slow, onEdge(slow, 0, 0.99), [{ id: 'one', position: onEdge(slow, 0, 0.01) }])).toEqual(['one 4000'])
})

test('the distance counts the part of the first and of the last edge', () => {
  const [arrival] = new PlainSearch(graph).nearest(
    onEdge(graph, 1, 0.5),
    [{ id: 'one', position: onEdge(graph, 0, 0.5) }],
    1,
  )
  expect(arrival).toMatchObject({ travel_ms: 10_000, distance_m: 100 })
})

test('a search leaves no trace in the next one', () => {
  const search = new PlainSearch(graph)
  const crews = [crewAt('one', 'A')]
  const first = search.nearest(place('C'), crews, 1)
  search.nearest(place('A'), crews, 1)
  expect(search.nearest(place('C'), crews, 1)).toEqual(first)
})

test('no crews, no answer', () => {
  expect(answer(graph, place('A'), [])).toEqual([])
})
