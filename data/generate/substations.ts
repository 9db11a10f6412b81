// The substations, each in the middle of its load, and the ways from every road node to the one that feeds it.
import FlatQueue from 'flatqueue'
import type { Layout } from './layout.ts'
import { hash } from './random.ts'
import type { Site } from './sites.ts'

export type Substation = { id: string; name: string; node: number }

/** The shortest ways as a forest: each node's edge and node towards its substation. */
export type Forest = { substation: Int32Array; parent: Int32Array; parentEdge: Int32Array }

const transformersPerSubstation = 110

/** Lloyd's k-means (1982) on the transformers, five rounds; sites times substations a round. */
export function placeSubstations(layout: Layout, sites: Site[]): Substation[] {
  const { roads, settlements, seed } = layout
  const count = Math.max(sites.length >= 40 ? 2 : 1, Math.round(sites.length / transformersPerSubstation))
  const order = sites.map((_, index) => index).sort((a, b) => hash(a, seed, 81) - hash(b, seed, 81))
  let middles = order.slice(0, count).map((index) => at(sites[index]!.node))
  function at(node: number) {
    return { x: roads.x[node]!, y: roads.y[node]! }
  }
  for (let round = 0; round < 5; round++) {
    const sums = middles.map(() => ({ x: 0, y: 0, weight: 0 }))
    for (const site of sites) {
      const { x, y } = at(site.node)
      const sum = sums[nearestOf(middles, x, y)]!
      sum.x += x * site.customers
      sum.y += y * site.customers
      sum.weight += site.customers
    }
    middles = sums.map(({ x, y, weight }, k) => (weight > 0 ? { x: x / weight, y: y / weight } : middles[k]!))
  }
  const taken = new Set(sites.map((site) => site.node))
  const names = new Map<string, number>()
  return middles.map(({ x, y }, index) => {
    let node = -1
    let best = Infinity
    for (let other = 0; other < roads.x.length; other++) {
      const distance = Math.hypot(roads.x[other]! - x, roads.y[other]! - y)
      if (distance < best && !taken.has(other)) [node, best] = [other, distance]
    }
    taken.add(node)
    const home = settlements.all[nearestOf(settlements.all, x, y)]!.name.replace(/[镇村]$|街道$/, '')
    const number = (names.get(home) ?? 0) + 1
    names.set(home, number)
    const name = number === 1 ? `110kV${home}站` : `110kV${home}${'一二三四五六七八九十'[number - 1] ?? number}站`
    return { id: `S${String(index + 1).padStart(3, '0')}`, name, node }
  })
}

function nearestOf(points: { x: number; y: number }[], x: number, y: number): number {
  let best = 0
  let distance = Infinity
  for (let k = 0; k < points.length; k++) {
    const here = (points[k]!.x - x) ** 2 + (points[k]!.y - y) ** 2
    if (here < distance) [best, distance] = [k, here]
  }
  return best
}

/** Lines keep to the larger roads and cross water unwillingly. */
const rankCost = [1, 1.05, 1.3]

/** Dijkstra from all substations at once. */
export function growForest({ roads }: Layout, substations: Substation[]): Forest {
  const count = roads.x.length
  const cost = new Float64Array(count).fill(Infinity)
  const forest: Forest = {
    substation: new Int32Array(count).fill(-1),
    parent: new Int32Array(count).fill(-1),
    parentEdge: new Int32Array(count).fill(-1),
  }
  const queue = new FlatQueue<number>()
  substations.forEach(({ node }, index) => {
    cost[node] = 0
    forest.substation[node] = index
    queue.push(node, 0)
  })
  for (let reached_m = queue.peekValue(); reached_m !== undefined; reached_m = queue.peekValue()) {
    const node = queue.pop()!
    if (reached_m > cost[node]!) continue
    for (let k = roads.start[node]!; k < roads.start[node + 1]!; k++) {
      const edge = roads.edgesAt[k]!
      const other = roads.from[edge] === node ? roads.to[edge]! : roads.from[edge]!
      const total = cost[node]! + roads.length_m[edge]! * rankCost[roads.rank[edge]!]! * (roads.bridge[edge] ? 4 : 1)
      if (total >= cost[other]!) continue
      cost[other] = total
      forest.parent[other] = node
      forest.parentEdge[other] = edge
      forest.substation[other] = forest.substation[node]!
      queue.push(other, total)
    }
  }
  return forest
}
