// Loading the roads from the database: every network in one graph, shapes and one-ways kept, closures as they stand.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  atNode,
  closeRoad,
  drawRoute,
  keepRoads,
  liftClosure,
  loadClosures,
  loadRoadGraph,
  PlainSearch,
  readRoadVersion,
  Roads,
} from '../../server/roads/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

let open: TestDatabase
const run = (text: string) => open.database.pool.query(text)

beforeAll(async () => {
  open = await openTestDatabase()
  // network 1:  a --10-- b --20 one-way--> c (bent)      network 2, same node names:  a --1-- b
  await run("insert into network (name, timezone) values ('one', 'Asia/Shanghai'), ('two', 'Asia/Shanghai')")
  await run(`
    insert into road_node (network_id, node, geom)
    select network.id, drawn.node, st_setsrid(st_makepoint(drawn.lon + network.id, 0), 4326)
    from network
    cross join (values ('a', 0.0), ('b', 0.01), ('c', 0.02)) as drawn (node, lon)
    where network.name = 'one' or drawn.node <> 'c'`)
  await run(`
    insert into road_edge (network_id, ordinal, from_node, to_node, length_m, time_s, oneway, geom)
    select network.id, 0, drawn.from_node, drawn.to_node, drawn.time_s * 10, drawn.time_s, drawn.oneway,
      st_geomfromtext(drawn.line, 4326)
    from network
    join (values
      ('one', 'a', 'b', 10.0, false, 'LINESTRING(1 0, 1.01 0)'),
      ('one', 'b', 'c', 20.0, true, 'LINESTRING(1.01 0, 1.015 0.005, 1.02 0)'),
      ('two', 'a', 'b', 1.0, false, 'LINESTRING(2 0, 2.01 0)')
    ) as drawn (network, from_node, to_node, time_s, oneway, line) on drawn.network = network.name`)
})
afterAll(() => open.drop())

test('the roads of all networks become one graph in which equal names stay apart', async () => {
  const graph = await loadRoadGraph(open.database)
  expect([graph.nodes, graph.edges.from.length]).toEqual([5, 3])
  const node = (name: string) => atNode(graph.nodeIndex.get(name)!)
  const drive = (from: string, to: string) => new PlainSearch(graph).route(node(from), node(to))
  const [one, two] = [...new Set([...graph.nodeIndex.keys()].map((key) => key.split('/')[0]!))]
  expect(drive(`${one}/a`, `${one}/c`)).toMatchObject({ travel_ms: 30_000, distance_m: 300 })
  expect(drive(`${one}/c`, `${one}/a`)).toBeNull()
  expect(drive(`${one}/a`, `${two}/b`)).toBeNull()
  expect(drawRoute(graph.edges, drive(`${one}/b`, `${one}/c`)!.pieces)).toEqual([
    [1.01, 0],
    [1.015, 0.005],
    [1.02, 0],
  ])
})

test('a closure that stands closes the roads, one that was lifted does not', async () => {
  await run(`
    insert into road_closure (id, geom, reason, closed_by, lifted_at)
    values
      ('standing', st_geomfromtext('LINESTRING(1.005 -1, 1.005 1)', 4326), 'flood', 'desk', null),
      ('lifted', st_geomfromtext('LINESTRING(2.005 -1, 2.005 1)', 4326), 'flood', 'desk', now())`)
  const roads = new Roads(await loadRoadGraph(open.database))
  roads.closeExactly(await loadClosures(open.database))
  expect(roads.route({ lon: 1.02, lat: 0 }, { lon: 1.01, lat: 0 }).method).toBe('straight_line')
  expect(roads.route({ lon: 2, lat: 0 }, { lon: 2.01, lat: 0 })).toMatchObject({ method: 'road', travel_s: 1 })
  roads.stop()
})

test('the version of the roads differs after an import', async () => {
  const before = await readRoadVersion(open.database)
  expect(await readRoadVersion(open.database)).toBe(before)
  await run("update network set imported_at = now() + interval '1 second' where name = 'one'")
  expect(await readRoadVersion(open.database)).not.toBe(before)
})

test('a road closed and lifted through the database is followed, and lifting it twice is refused', async () => {
  const kept = await keepRoads(open.database)
  const there = () => kept.roads.route({ lon: 2, lat: 0 }, { lon: 2.01, lat: 0 }).method
  expect(there()).toBe('road')
  const shape = {
    type: 'LineString' as const,
    coordinates: [
      [2.005, -1],
      [2.005, 1],
    ] as [number, number][],
  }
  const { id } = await closeRoad(open.database, { shape, reason: 'flood' }, 'desk', new Date())
  await kept.look()
  expect(there()).toBe('straight_line')
  await liftClosure(open.database, id, 'desk', new Date())
  await kept.look()
  expect(there()).toBe('road')
  await expect(liftClosure(open.database, id, 'desk', new Date())).rejects.toThrow('No closure')
  const { rows } = await open.database.pool.query('select step from event_log where subject_id = $1 order by seq', [id])
  expect(rows.map(({ step }) => step)).toEqual(['road_closed', 'road_lifted'])
  await kept.stop()
})
