// The roads between settlements: each is joined to its natural neighbours by the cheapest way over the plan, and ways
// like to share what is already built, which is how main roads and junctions come about.
import FlatQueue from 'flatqueue'
import { adjacencyOf, axisOf, gap, type RoadPlan } from './road-plan.ts'
import { noise } from './random.ts'
import type { Settlement } from './settlements.ts'

type Link = { from: number; to: number; length_m: number }

/**
 * A beta skeleton (Kirkpatrick and Radke, 1985), close to the relative neighbourhood graph: joined unless a third
 * settlement is clearly nearer to both. A little below 1 leaves some second ways to go round by.
 */
const nearer = 0.88

function linksOf(settlements: Settlement[]): Link[] {
  const links: Link[] = []
  const byX = settlements.map((_, index) => index).sort((a, b) => settlements[a]!.x - settlements[b]!.x)
  const nearOf = (index: number) => nearest(settlements, byX, index, 14)
  settlements.forEach((settlement, from) => {
    const near = nearOf(from)
    for (const to of near) {
      if (to < from && nearOf(to).includes(from)) continue
      const length_m = gap(settlement, settlements[to]!)
      const isBetween = (k: number) =>
        k !== to &&
        Math.max(gap(settlements[k]!, settlement), gap(settlements[k]!, settlements[to]!)) < length_m * nearer
      if (!near.some(isBetween)) links.push({ from, to, length_m })
    }
  })
  return links.sort((a, b) => a.length_m - b.length_m || a.from - b.from)
}

/** The `count` nearest by walking outwards in order of x until x alone is too far. */
function nearest(settlements: Settlement[], byX: number[], index: number, count: number): number[] {
  const here = settlements[index]!
  const found: { other: number; distance: number }[] = []
  const consider = (other: number) => {
    found.push({ other, distance: gap(here, settlements[other]!) })
    found.sort((a, b) => a.distance - b.distance)
    if (found.length > count) found.pop()
  }
  const isFar = (other: number) =>
    found.length === count && Math.abs(settlements[other]!.x - here.x) > found.at(-1)!.distance
  let [low, high] = [0, byX.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (settlements[byX[middle]!]!.x < here.x) low = middle + 1
    else high = middle
  }
  for (let k = low; k < byX.length && !isFar(byX[k]!); k++) if (byX[k] !== index) consider(byX[k]!)
  for (let k = low - 1; k >= 0 && !isFar(byX[k]!); k--) if (byX[k] !== index) consider(byX[k]!)
  return found.map((each) => each.other)
}

const sizeOf: Record<Settlement['kind'], number> = { core: 0, seat: 0, town: 1, village: 2 }

/** The node of the plan nearest to the middle of each settlement, or -1 where it has none. */
function middlesOf(plan: RoadPlan, settlements: Settlement[]): Int32Array {
  const middles = new Int32Array(settlements.length).fill(-1)
  const best = new Float64Array(settlements.length).fill(Infinity)
  plan.nodes.forEach((node, index) => {
    if (node.settlement < 0) return
    const distance = gap(node, settlements[node.settlement]!)
    if (distance < best[node.settlement]!) {
      best[node.settlement] = distance
      middles[node.settlement] = index
    }
  })
  return middles
}

/** As real ones are called: a character of either end. */
const countryName = (from: Settlement, to: Settlement) => `${from.name[0]}${to.name[0]}公路`

/** Built roads cost half, so that ways join them; fields cost a little more or less, so that ways bend. */
export function chooseCountryRoads(plan: RoadPlan, settlements: Settlement[], seed: number): void {
  const { start, at } = adjacencyOf(plan, () => true)
  const field = plan.stretches.map((stretch) => {
    const { x, y } = plan.nodes[stretch.from]!
    return stretch.length_m * (stretch.axis === axisOf.bridge ? 1.5 : 1.1 + 0.45 * noise(seed + 51, x / 900, y / 900))
  })
  const cost = new Float64Array(plan.nodes.length).fill(Infinity)
  const via = new Int32Array(plan.nodes.length)
  const middles = middlesOf(plan, settlements)
  const queue = new FlatQueue<number>()
  // The large places come first in the list, so their numbers are the same in both; their roads are laid first.
  const large = settlements.filter((settlement) => settlement.kind !== 'village')

  const search = (from: number, to: number, limit_m: number): number[] => {
    const target = plan.nodes[to]!
    const touched = [from]
    queue.clear()
    cost[from] = 0
    via[from] = -1
    queue.push(from, gap(plan.nodes[from]!, target) * 0.5)
    let node = -1
    for (let least = queue.peekValue(); least !== undefined; least = queue.peekValue()) {
      node = queue.pop()!
      if (node === to) break
      // An entry that a cheaper way has overtaken.
      if (least > cost[node]! + gap(plan.nodes[node]!, target) * 0.5 + 0.001) continue
      for (let k = start[node]!; k < start[node + 1]!; k++) {
        const stretch = plan.stretches[at[k]!]!
        const other = stretch.from === node ? stretch.to : stretch.from
        const total = cost[node]! + (stretch.kept ? stretch.length_m * 0.5 : field[at[k]!]!)
        if (total >= cost[other]! || total > limit_m) continue
        if (cost[other] === Infinity) touched.push(other)
        cost[other] = total
        via[other] = at[k]!
        queue.push(other, total + gap(plan.nodes[other]!, target) * 0.5)
      }
    }
    const way: number[] = []
    for (let back = node; back >= 0 && via[back]! >= 0;) {
      const stretch = plan.stretches[via[back]!]!
      way.push(via[back]!)
      back = stretch.from === back ? stretch.to : stretch.from
    }
    for (const each of touched) cost[each] = Infinity
    return way
  }

  for (const { from, to, length_m } of [...linksOf(large), ...linksOf(settlements)]) {
    if (middles[from]! < 0 || middles[to]! < 0) continue
    const sizes = sizeOf[settlements[from]!.kind] + sizeOf[settlements[to]!.kind]
    const rank = sizes <= 2 ? 0 : sizes === 3 ? 1 : 2
    const road = plan.countryNames.push(countryName(settlements[from]!, settlements[to]!)) - 1
    for (const index of search(middles[from]!, middles[to]!, length_m * 4 + 3000)) {
      const stretch = plan.stretches[index]!
      if (stretch.kept) {
        if (stretch.settlement < 0 && rank < stretch.rank) stretch.rank = rank
        continue
      }
      stretch.kept = true
      stretch.rank = rank
      if (stretch.settlement < 0 && stretch.axis <= axisOf.diagonal) stretch.line = road
    }
  }
}
