// The finished road graph: what is kept of the plan and can be reached, with one-way streets, classes, seconds and names.
import { adjacencyOf, axisOf, type RoadPlan, type Stretch } from './road-plan.ts'
import { hash, hashUnit } from './random.ts'
import { streetName } from './place-names.ts'
import type { Plane } from './plane.ts'
import type { Rivers } from './rivers.ts'
import type { Settlement } from './settlements.ts'

export type Roads = {
  x: Float64Array
  y: Float64Array
  /** Settlement around each node, -1 in the country. */
  settlement: Int32Array
  from: Int32Array
  to: Int32Array
  length_m: Float64Array
  /** 0 arterial, 1 secondary, 2 residential. */
  rank: Uint8Array
  oneway: Uint8Array
  bridge: Uint8Array
  /** Index into `names`. */
  name: Int32Array
  names: string[]
  /** First house number on each edge, so that numbers rise along a road. */
  house: Int32Array
  /** Edges by node: those of node n are `edgesAt[start[n]]` up to `start[n + 1]`. */
  start: Int32Array
  edgesAt: Int32Array
}

export const rankNames = ['arterial', 'secondary', 'residential'] as const

const townSpeeds_m_s = [11.5, 8.5, 5.5]
const countrySpeeds_m_s = [18, 12.5, 8.5]

export function travelSeconds(roads: Roads, edge: number): number {
  const inTown = roads.settlement[roads.from[edge]!]! >= 0
  return roads.length_m[edge]! / (inTown ? townSpeeds_m_s : countrySpeeds_m_s)[roads.rank[edge]!]!
}

/** Marks the nodes of the largest strongly connected part (Tarjan, 1972, without recursion); linear. */
function mainPart(count: number, stretches: Stretch[], oneway: Uint8Array, plan: RoadPlan): Uint8Array {
  const { start, at } = adjacencyOf({ nodes: plan.nodes, stretches }, () => true)
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const part = new Int32Array(count).fill(-1)
  const next = start.slice(0, count)
  const open: number[] = []
  const sizes: number[] = []
  let clock = 0
  for (let root = 0; root < count; root++) {
    if (order[root]! >= 0) continue
    const path = [root]
    order[root] = low[root] = clock++
    open.push(root)
    while (path.length > 0) {
      const node = path.at(-1)!
      if (next[node]! < start[node + 1]!) {
        const index = at[next[node]!++]!
        const { from, to } = stretches[index]!
        if (oneway[index] === 1 && to === node) continue
        const other = from === node ? to : from
        if (order[other]! < 0) {
          order[other] = low[other] = clock++
          open.push(other)
          path.push(other)
        } else if (part[other]! < 0) low[node] = Math.min(low[node]!, order[other]!)
        continue
      }
      path.pop()
      if (path.length > 0) low[path.at(-1)!] = Math.min(low[path.at(-1)!]!, low[node]!)
      if (low[node] !== order[node]) continue
      let size = 0
      for (let member = -1; member !== node; size++) {
        member = open.pop()!
        part[member] = sizes.length
      }
      sizes.push(size)
    }
  }
  const largest = sizes.reduce((best, size, index) => (size > sizes[best]! ? index : best), 0)
  return Uint8Array.from(part, (each) => (each === largest ? 1 : 0))
}

/** Nearly every third town lane runs one way, a hashed half of them against the lattice; never where that cuts somebody off. */
function chooseOneWays(plan: RoadPlan, stretches: Stretch[], settlements: Settlement[], seed: number): Uint8Array {
  const oneway = new Uint8Array(stretches.length)
  stretches.forEach((stretch, index) => {
    const isLane = stretch.rank === 2 && stretch.axis <= axisOf.row && stretch.settlement >= 0
    if (!isLane || settlements[stretch.settlement]!.kind === 'village') return
    if (hashUnit(stretch.line, stretch.axis, seed + 61) >= 0.3) return
    oneway[index] = 1
    const { from, to } = stretch
    if (hash(stretch.line, stretch.axis, seed + 67) % 2 === 1) stretches[index] = { ...stretch, from: to, to: from }
  })
  const main = mainPart(plan.nodes.length, stretches, oneway, plan)
  stretches.forEach(({ from, to }, index) => {
    if (main[from] === 0 || main[to] === 0) oneway[index] = 0
  })
  return oneway
}

export function finishRoads(
  plan: RoadPlan,
  settlements: Settlement[],
  rivers: Rivers,
  plane: Plane,
  seed: number,
): Roads {
  const kept = [...plan.stretches]
  const everyOneway = chooseOneWays(plan, kept, settlements, seed)
  const main = mainPart(plan.nodes.length, kept, everyOneway, plan)
  const number = new Int32Array(plan.nodes.length).fill(-1)
  let count = 0
  plan.nodes.forEach((_, node) => {
    if (main[node] === 1) number[node] = count++
  })
  const chosen = kept.flatMap((stretch, index) => (main[stretch.from] && main[stretch.to] ? [index] : []))
  const stretches = chosen.map((index) => {
    const stretch = kept[index]!
    return { ...stretch, from: number[stretch.from]!, to: number[stretch.to]! }
  })
  const nodes = plan.nodes.filter((_, node) => main[node] === 1)
  const { start, at } = adjacencyOf({ nodes, stretches }, () => true)
  const naming = nameRoads(stretches, (stretch) => roadName(stretch, plan, settlements, rivers, seed))
  return {
    x: Float64Array.from(nodes, (node) => node.x),
    y: Float64Array.from(nodes, (node) => node.y),
    settlement: Int32Array.from(nodes, (node) => node.settlement),
    from: Int32Array.from(stretches, (stretch) => stretch.from),
    to: Int32Array.from(stretches, (stretch) => stretch.to),
    length_m: Float64Array.from(stretches, ({ from, to }) => plane.distance_m(nodes[from]!, nodes[to]!)),
    rank: Uint8Array.from(stretches, (stretch) => stretch.rank),
    oneway: Uint8Array.from(chosen, (index) => everyOneway[index]!),
    bridge: Uint8Array.from(stretches, (stretch) => (stretch.axis === axisOf.bridge ? 1 : 0)),
    ...naming,
    start,
    edgesAt: at,
  }
}

const bridgeStems = [...'东西南北中新龙凤金银白建胜外礼潮']

/** Metres of frontage that one house number takes on one side of the road. */
const frontage_m = 14

function nameRoads(stretches: Stretch[], nameOf: (stretch: Stretch) => string) {
  const names: string[] = []
  const byName = new Map<string, number>()
  const used: number[] = []
  const house = new Int32Array(stretches.length)
  const name = Int32Array.from(stretches, (stretch, index) => {
    const key = `${stretch.settlement}/${nameOf(stretch)}`
    let road = byName.get(key)
    if (road === undefined) {
      road = names.push(key.slice(key.indexOf('/') + 1)) - 1
      byName.set(key, road)
      used.push(1)
    }
    house[index] = used[road]!
    used[road]! += 2 * Math.max(1, Math.round(stretch.length_m / frontage_m))
    return road
  })
  return { name, names, house }
}

function roadName(stretch: Stretch, plan: RoadPlan, settlements: Settlement[], rivers: Rivers, seed: number): string {
  const { axis, line, settlement, rank } = stretch
  if (axis === axisOf.bridge) {
    const river = rivers.all[Math.floor(line / 4096)]!.name
    return `${river}${bridgeStems[hash(line, seed) % bridgeStems.length]!}${stretch.length_m > 250 ? '大桥' : '桥'}`
  }
  if (axis === axisOf.bank) return `${rivers.all[line >> 1]!.name}${line % 2 === 0 ? '南' : '北'}堤路`
  if (settlement < 0) return plan.countryNames[line] ?? '环村路'
  const stem = settlements[settlement]!.kind === 'village' ? 2 : rank
  return streetName(seed, settlement, axis, line, stem)
}
