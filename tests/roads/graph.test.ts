// The road graph: what is refused with which reason, and how edges become arcs.
import { describe, expect, test } from 'vitest'
import { RoadGraphBuilder, withClosed } from '../../server/roads/index.ts'
import { sketch } from './sketch.ts'

const edge = { from: 'A', to: 'B', length_m: 10, time_s: 1, oneway: false }

function twoNodes(): RoadGraphBuilder {
  const builder = new RoadGraphBuilder()
  builder.addNode('A', 0, 0)
  builder.addNode('B', 0.01, 0)
  return builder
}

describe('what cannot be used is refused with its reason', () => {
  test('an edge to a node that is not there', () => {
    expect(() => twoNodes().addEdge({ ...edge, to: 'C' })).toThrow('to names node C, which is not among the nodes')
  })
  test('a node given twice', () => {
    expect(() => twoNodes().addNode('A', 1, 1)).toThrow('node A is there twice')
  })
  test('a point off the planet', () => {
    expect(() => twoNodes().addNode('C', 0, 91)).toThrow('lat is 91')
  })
  test.each([-1, NaN, Infinity, 86_401])('an edge that takes %s seconds', (time_s) => {
    expect(() => twoNodes().addEdge({ ...edge, time_s })).toThrow('time_s is')
  })
})

test('a two-way edge is an arc each way, a one-way edge one arc, a self loop none, and parallel edges are all kept', () => {
  // A ===two edges=== B ---> C (loop)
  const graph = sketch({ A: [0, 0], B: [1, 0], C: [2, 0] }, ['A-B 5', 'A-B 7', 'B>C 1', 'C-C 9'])
  expect([...graph.forward.first]).toEqual([0, 2, 5, 5])
  expect([...graph.reverse.first]).toEqual([0, 2, 4, 5])
  expect([...graph.forward.cost_ms]).toEqual([5000, 7000, 5000, 7000, 1000])
})

test('a closed edge leaves the arcs and keeps its place in the table', () => {
  const graph = sketch({ A: [0, 0], B: [1, 0], C: [2, 0] }, ['A-B 5', 'B-C 7'])
  const closed = withClosed(graph, Uint8Array.of(1, 0))
  expect([...closed.forward.cost_ms]).toEqual([7000, 7000])
  expect(closed.edges).toBe(graph.edges)
})

test('no nodes and no edges make a graph that leads nowhere', () => {
  expect(new RoadGraphBuilder().finish().nodes).toBe(0)
})
