// The roads in service: the same answers before and after the hierarchy is built, closures, islands and no roads at all.
import { expect, test } from 'vitest'
import { Roads } from '../../server/roads/index.ts'
import { sketch } from './sketch.ts'

//        river
//  A --10-- B --10-- C        E --1-- F (an island)
//  |                 |
//  +------100--------+
const nodes: Record<string, [number, number]> = { A: [0, 0], B: [1, 0], C: [2, 0], D: [1, -5], E: [9, 0], F: [10, 0] }
const edges = ['A-B 10', 'B-C 10', 'A-D 50', 'D-C 50', 'E-F 1']
const at = (x: number, y: number) => ({ lon: x / 100, lat: y / 100 })
const crews = [
  { id: 'west', point: at(0, 0) },
  { id: 'island', point: at(10, 0) },
]
const overBridge = {
  type: 'LineString' as const,
  coordinates: [
    [0.015, -0.001],
    [0.015, 0.001],
  ],
}

async function eachWay(
  check: (roads: Roads) => void,
  prepare: (roads: Roads) => void = () => undefined,
): Promise<void> {
  const roads = new Roads(sketch(nodes, edges))
  prepare(roads)
  expect(roads.method).toBe('plain')
  check(roads)
  await roads.ready
  expect(roads.method).toBe('hierarchy')
  check(roads)
}

test('crews come by road first, and one on an island by a straight line that says so', () =>
  eachWay((roads) => {
    const answer = roads.nearest(at(2, 0), crews, 5)
    expect(answer[0]).toEqual({ id: 'west', travel_s: 20, distance_m: 200, method: 'road' })
    expect(answer[1]).toMatchObject({ id: 'island', method: 'straight_line' })
  }))

test('a crew that moves, and one asked about no longer, change the next answer only', () =>
  eachWay((roads) => {
    expect(roads.nearest(at(2, 0), [{ id: 'west', point: at(1, 0) }], 5)).toMatchObject([{ travel_s: 10 }])
    expect(roads.nearest(at(2, 0), [{ id: 'other', point: at(0, 0) }], 5)).toMatchObject([
      { id: 'other', travel_s: 20 },
    ])
    expect(roads.nearest(at(2, 0), crews, 1)).toMatchObject([{ id: 'west', travel_s: 20 }])
  }))

test('over a closed bridge nobody drives, and once it is lifted they do again', async () => {
  const roads = new Roads(sketch(nodes, edges))
  await roads.ready
  roads.close('flood', overBridge)
  const closed = () => expect(roads.nearest(at(2, 0), crews, 1)).toMatchObject([{ travel_s: 100, method: 'road' }])
  closed()
  await roads.ready
  expect(roads.method).toBe('hierarchy')
  closed()
  roads.lift('flood')
  expect(roads.nearest(at(2, 0), crews, 1)).toMatchObject([{ travel_s: 20 }])
  await roads.ready
  expect(roads.nearest(at(2, 0), crews, 1)).toMatchObject([{ travel_s: 20 }])
})

test('a closed area takes every road that touches it, and a hole in it none', () =>
  eachWay(
    (roads) => expect(roads.route(at(0, 0), at(2, 0))).toMatchObject({ travel_s: 20, method: 'road' }),
    (roads) =>
      roads.close('flood', {
        type: 'Polygon',
        coordinates: [
          [
            [-0.01, -0.1],
            [0.03, -0.1],
            [0.03, 0.01],
            [-0.01, 0.01],
            [-0.01, -0.1],
          ],
          [
            [-0.005, -0.005],
            [0.025, -0.005],
            [0.025, 0.005],
            [-0.005, 0.005],
            [-0.005, -0.005],
          ],
        ],
      }),
  ))

test('the same closures read again change nothing', async () => {
  const roads = new Roads(sketch(nodes, edges))
  roads.closeExactly(new Map([['flood', overBridge]]))
  await roads.ready
  roads.closeExactly(new Map([['flood', structuredClone(overBridge)]]))
  expect(roads.method).toBe('hierarchy')
  roads.closeExactly(new Map())
  expect(roads.method).toBe('plain')
  roads.stop()
})

test('a route is drawn along the road, or straight to an island', () =>
  eachWay((roads) => {
    expect(roads.route(at(0.5, 0.1), at(2, 0)).line.coordinates[0]![0]).toBeCloseTo(0.005, 9)
    expect(roads.route(at(0, 0), at(9, 0))).toMatchObject({
      method: 'straight_line',
      line: {
        coordinates: [
          [0, 0],
          [0.09, 0],
        ],
      },
    })
  }))

test('a matrix gives each start its row and each end its column, straight lines where no road leads', () =>
  eachWay((roads) => {
    const seconds = roads.travelMatrix([at(0, 0), at(9, 0)], [at(1, 0), at(2, 0), at(10, 0)])
    expect([...seconds.slice(0, 2), seconds[5]]).toEqual([10, 20, 1])
    expect(seconds[2]).toBeGreaterThan(1000)
  }))

test('with no roads at all every answer is a straight line', () => {
  const roads = new Roads()
  expect(roads.method).toBe('straight_line')
  expect(roads.nearest(at(2, 0), crews, 1)).toMatchObject([{ id: 'west', method: 'straight_line' }])
  expect(roads.route(at(0, 0), at(1, 0)).method).toBe('straight_line')
})
