// Where the distribution transformers stand and how many customers each has: 20 to 250, exactly as many in all as asked.
import type { Layout } from './layout.ts'
import { createRandom, hash, hashUnit } from './random.ts'
import { estateName } from './place-names.ts'
import type { SettlementKind } from './settlements.ts'

export type SiteKind = SettlementKind | 'ribbon'

export type Site = {
  id: string
  node: number
  kind: SiteKind
  /** Nearest settlement, also along a country road. */
  settlement: number
  district: number
  customers: number
  name: string
  /** The place that its name and its customers' addresses carry: an estate or a village. */
  place: string
  owner: 'utility' | 'customer'
}

export const fewestCustomers = 20
export const mostCustomers = 250

const meanOf: Record<SiteKind, number> = { core: 84, seat: 76, town: 60, village: 42, ribbon: 28 }

/** Nodes no two of which are nearer than `spacing_m`, taken in the order given: a greedy Poisson disk. */
function spread(layout: Layout, candidates: number[], spacingOf: (node: number) => number, limit: number): number[] {
  const { x, y } = layout.roads
  const cell_m = 400
  const cells = new Map<number, number[]>()
  const keyOf = (column: number, row: number) => (column + 4096) * 8192 + row + 4096
  const chosen: number[] = []
  for (const node of candidates) {
    if (chosen.length >= limit) break
    const [column, row] = [Math.floor(x[node]! / cell_m), Math.floor(y[node]! / cell_m)]
    const spacing = spacingOf(node)
    let free = true
    for (let c = column - 1; free && c <= column + 1; c++)
      for (let r = row - 1; free && r <= row + 1; r++)
        free = (cells.get(keyOf(c, r)) ?? []).every((o) => Math.hypot(x[o]! - x[node]!, y[o]! - y[node]!) >= spacing)
    if (!free) continue
    chosen.push(node)
    const cell = cells.get(keyOf(column, row))
    if (cell) cell.push(node)
    else cells.set(keyOf(column, row), [node])
  }
  return chosen
}

/** Picks the nodes: tighter spacing until there are enough, then the ragged outskirts are left off. */
function chooseNodes(layout: Layout): number[] {
  const { roads, settlements, transformers, seed } = layout
  const order = Array.from(roads.x, (_, node) => node).sort((a, b) => hash(a, seed, 71) - hash(b, seed, 71))
  const town = order.filter((node) => roads.settlement[node]! >= 0)
  const country = order.filter((node) => roads.settlement[node]! < 0 && isRibbon(layout, node))
  const ribbonLimit = Math.round(transformers * 0.06)
  let chosen: number[] = []
  for (let spacing = 205; spacing > 70; spacing *= 0.93) {
    chosen = spread(layout, town, () => spacing, Infinity)
    if (chosen.length >= transformers - ribbonLimit) break
  }
  const found = { settlement: -1, depth: 0 }
  const depth = new Map(
    chosen.map((node) => {
      settlements.at(roads.x[node]!, roads.y[node]!, found)
      return [node, found.depth]
    }),
  )
  chosen.sort((a, b) => depth.get(b)! - depth.get(a)! || a - b)
  const kept = chosen.slice(0, transformers - ribbonLimit)
  const spacing = (node: number) => (roads.settlement[node]! < 0 ? 330 : 0)
  return spread(layout, [...kept, ...country], spacing, transformers).sort((a, b) => a - b)
}

/** Houses line the larger country roads, and some lanes. */
function isRibbon({ roads, seed }: Layout, node: number): boolean {
  const ranks = Array.from(
    roads.edgesAt.subarray(roads.start[node], roads.start[node + 1]),
    (edge) => roads.rank[edge]!,
  )
  return hashUnit(node, seed, 73) < (Math.min(...ranks) < 2 ? 0.6 : 0.16)
}

/** Scales the drawn sizes to the total and then moves single customers until it is met exactly. */
function shareCustomers(sizes: number[], total: number): number[] {
  let scale = total / sizes.reduce((sum, size) => sum + size, 0)
  const clamp = (size: number) => Math.min(mostCustomers, Math.max(fewestCustomers, Math.round(size)))
  let counts: number[] = []
  for (let round = 0; round < 8; round++) {
    counts = sizes.map((size) => clamp(size * scale))
    scale *= total / counts.reduce((sum, count) => sum + count, 0)
  }
  let missing = total - counts.reduce((sum, count) => sum + count, 0)
  for (let index = 0; missing !== 0; index = (index + 1) % counts.length) {
    const step = Math.sign(missing)
    const next = counts[index]! + step
    if (next < fewestCustomers || next > mostCustomers) continue
    counts[index] = next
    missing -= step
  }
  return counts
}

function nearestSettlement({ settlements }: Layout, x: number, y: number): number {
  let best = 0
  let distance = Infinity
  settlements.all.forEach((settlement, index) => {
    const here = Math.hypot(settlement.x - x, settlement.y - y) - settlement.radius_m
    if (here < distance) [best, distance] = [index, here]
  })
  return best
}

export function placeSites(layout: Layout, customers: number): Site[] {
  const { roads, settlements, districts, seed } = layout
  const random = createRandom(seed, 'sites')
  // Where the ground holds fewer sites than wished, each takes more customers, within its limit.
  const nodes = chooseNodes(layout).slice(0, Math.floor(customers / fewestCustomers))
  if (nodes.length * mostCustomers < customers) throw new Error('the ground is too small for its customers')
  const kinds = nodes.map((node): SiteKind => {
    const settlement = roads.settlement[node]!
    return settlement < 0 ? 'ribbon' : settlements.all[settlement]!.kind
  })
  const sizes = kinds.map((kind) => meanOf[kind] * Math.exp(0.42 * random.normal()))
  const counts = shareCustomers(sizes, customers)
  const numbers = new Map<string, number>()
  return nodes.map((node, index) => {
    const [x, y] = [roads.x[node]!, roads.y[node]!]
    const settlement = roads.settlement[node]! >= 0 ? roads.settlement[node]! : nearestSettlement(layout, x, y)
    const district = districts.at(x, y)
    const kind = kinds[index]!
    const owner = kind !== 'village' && kind !== 'ribbon' && random.chance(0.03) ? 'customer' : 'utility'
    const place = placeOf(layout, kind, settlement, x, y, owner)
    const title = `${districts.features[district]!.properties.name}·${place}`
    const number = (numbers.get(title) ?? 0) + 1
    numbers.set(title, number)
    const name = `${title}#${number}${owner === 'customer' ? '专变' : '配变'}`
    const id = `T${String(index + 1).padStart(5, '0')}`
    return { id, node, kind, settlement, district, customers: counts[index]!, name, place, owner }
  })
}

/** Estates are about 450 m across, so two or four transformers share a name; a village is one place. */
function placeOf(
  { settlements, seed }: Layout,
  kind: SiteKind,
  settlement: number,
  x: number,
  y: number,
  owner: string,
) {
  const { name } = settlements.all[settlement]!
  if (owner === 'customer') return `${estateName(seed, settlement, Math.round(x), Math.round(y), 'plant')}`
  if (kind === 'village') return name
  if (kind === 'ribbon') return `${name}公路旁`
  return estateName(seed, settlement, Math.floor(x / 450), Math.floor(y / 450), 'estate')
}
