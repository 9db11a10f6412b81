// `npm run bench -- roads [--nodes N] [--seed S] [--kind city|maze] [--shared FOLDER]`: the hierarchy against the plain search and pgRouting,
// in answers and in time, and edge snapping against node snapping.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readRoads } from '../../data/lab/read-roads.ts'
import {
  atNode,
  buildHierarchy,
  CrewBuckets,
  type PlacedCrew,
  PlainSearch,
  type Position,
  type RoadGraph,
  RoadSnapper,
} from '../../server/roads/index.ts'
import { type CityKind, drawCity, drawFrom } from './roads/drawn-city.ts'
import { PgRouting } from './roads/pgrouting.ts'
import { measureSnapping } from './roads/snapping-error.ts'
import { describe, summarise, timeEach } from './roads/timing.ts'

const crewCount = 150
/** 150 crews × 300 incidents: the 45,000 times compared on every graph. */
const comparedIncidents = 300
const timedIncidents = 500

type Question = { crews: PlacedCrew[]; incidents: Position[] }

function drawQuestion({ nodes }: RoadGraph, incidents: number, draw: () => number): Question {
  const place = () => atNode(Math.floor(draw() * nodes))
  return {
    crews: Array.from({ length: crewCount }, (_, i) => ({
      id: `crew-${String(i).padStart(3, '0')}`,
      position: place(),
    })),
    incidents: Array.from({ length: incidents }, place),
  }
}

function fill(graph: RoadGraph, crews: readonly PlacedCrew[]): CrewBuckets {
  const buckets = new CrewBuckets(graph, buildHierarchy(graph))
  for (const { id, position } of crews) buckets.place(id, position)
  return buckets
}

/** Compares all crews' times to all incidents; a time that only one of two finds is a difference. */
async function compare(name: string, graph: RoadGraph, draw: () => number, pgRouting: PgRouting | null): Promise<void> {
  const { crews, incidents } = drawQuestion(graph, comparedIncidents, draw)
  const buckets = fill(graph, crews)
  const plain = new PlainSearch(graph)
  await pgRouting?.load(graph)
  const nodesOf = (places: Position[]) => places.map(({ node }) => node)
  const theirs = await pgRouting?.costs(nodesOf(crews.map(({ position }) => position)), nodesOf(incidents))
  const differences = { plain: 0, pgRouting: 0 }
  for (const incident of incidents) {
    const times = new Map(buckets.nearest(incident, crewCount).map(({ crew, travel_ms }) => [crew, travel_ms]))
    const oracle = new Map(plain.nearest(incident, crews, crewCount).map(({ crew, travel_ms }) => [crew, travel_ms]))
    crews.forEach(({ position }, crew) => {
      if (times.get(crew) !== oracle.get(crew)) differences.plain++
      const cost_ms = position.node === incident.node ? 0 : theirs?.get(`${position.node} ${incident.node}`)
      if (theirs && times.get(crew) !== cost_ms) differences.pgRouting++
    })
  }
  const pairs = crewCount * comparedIncidents
  const withPgRouting = theirs ? `, ${differences.pgRouting} from pgRouting` : ''
  console.log(`${name.padEnd(44)} ${pairs} times: ${differences.plain} differ from Dijkstra${withPgRouting}`)
}

async function time(graph: RoadGraph, draw: () => number, pgRouting: PgRouting | null): Promise<void> {
  const { crews, incidents } = drawQuestion(graph, timedIncidents, draw)
  const before = { wall: performance.now(), cpu: process.cpuUsage() }
  const hierarchy = buildHierarchy(graph)
  const cpu = process.cpuUsage(before.cpu)
  const [wall_s, cpu_s] = [(performance.now() - before.wall) / 1000, (cpu.user + cpu.system) / 1e6]
  console.log(
    `${graph.nodes} nodes, ${graph.edges.from.length} edges: built in ${wall_s.toFixed(1)} s (${cpu_s.toFixed(1)} s of processor)`,
  )
  const again = performance.now()
  buildHierarchy(graph, hierarchy.rankOf)
  console.log(`built again in the same order (after a closure) in ${((performance.now() - again) / 1000).toFixed(1)} s`)

  const buckets = new CrewBuckets(graph, hierarchy)
  const plain = new PlainSearch(graph)
  const snapper = new RoadSnapper(graph)
  const moves = timeEach(crews, ({ id, position }) => buckets.place(id, position))
  const all = timeEach(incidents, (incident) => buckets.times(incident))
  const tenth = timeEach(incidents, (incident) => plain.nearest(incident, crews, 10))
  const points = incidents.map(() => {
    const at = Math.floor((draw() * graph.edges.shape.length) / 2) * 2
    return { lon: graph.edges.shape[at]! + 0.0002, lat: graph.edges.shape[at + 1]! + 0.0001 }
  })
  const ten = timeEach(points, (point) => buckets.nearest(snapper.snap(point)!, 10))
  console.log(describe('one crew moves', moves))
  console.log(describe(`all ${crewCount} crews, hierarchy`, all))
  console.log(describe('nearest 10 of them from a point, hierarchy', ten))
  console.log(describe('nearest 10 of them, plain search', tenth))
  console.log(`hierarchy (all) against the plain search (10): ${(tenth.median / all.median).toFixed(0)} times faster`)
  if (pgRouting === null) return
  await pgRouting.load(graph)
  const took_ms: number[] = []
  for (const incident of incidents.slice(0, 5))
    took_ms.push(
      await pgRouting.timeFromIncident(
        incident.node,
        crews.map(({ position }) => position.node),
      ),
    )
  const reference = summarise(took_ms)
  console.log(describe('all of them, pgr_dijkstraCost', reference))
  console.log(`hierarchy against pgr_dijkstraCost: ${(reference.median / all.median).toFixed(0)} times faster`)
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { nodes: text, seed: text, kind: text, shared: text } })
  const [nodes, seed] = [Number(values.nodes ?? 200_000), Number(values.seed ?? 1)]
  const kind: CityKind = values.kind === 'maze' ? 'maze' : 'city'
  const draw = drawFrom(seed)
  const pgRouting = await PgRouting.open()
  try {
    for (const each of ['city', 'maze'] as const)
      await compare(`drawn ${each}, 5,000 nodes`, drawCity(5_000, seed, each), draw, pgRouting)
    const shared = values.shared ?? path.join(import.meta.dirname, '../../../shared/data/roads')
    for (const place of ['liechtenstein', 'zhuhai_xiangzhou'])
      if (existsSync(path.join(shared, place)))
        await compare(place, await readRoads(path.join(shared, place)), draw, pgRouting)
      else console.log(`${place}: not here, not compared`)
    const { edge_s, node_s } = measureSnapping(drawCity(5_000, seed), 1000, draw)
    console.log(
      `snapping, 1,000 drives: mean error by edge ${edge_s.toFixed(2)} s, by node ${node_s.toFixed(2)} s, ratio ${(edge_s / node_s).toFixed(3)}`,
    )
    await time(drawCity(nodes, seed, kind), draw, pgRouting)
  } finally {
    await pgRouting?.close()
  }
}
