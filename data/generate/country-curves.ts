// Takes the corners out of the country roads: their bends are smoothed, then each long stretch gets a middle node on the
// curve, without ever moving a road into the water or out of the districts.
import { bank_m } from './banks.ts'
import type { Districts } from './districts.ts'
import type { Point } from './plane.ts'
import { addNode, addStretch, adjacencyOf, axisOf, gap, type RoadPlan, type Stretch } from './road-plan.ts'
import type { Rivers } from './rivers.ts'

const rounds = 4

/** Stretches longer than this get a node in the middle. */
const longStretch_m = 150

const isCountry = (stretch: Stretch) => stretch.settlement < 0 && stretch.axis !== axisOf.bridge

/** For each node in the middle of a country road its two neighbours; -1 for crossings, ends and streets. */
function neighboursOf(plan: RoadPlan): Int32Array {
  const { start, at } = adjacencyOf(plan, (stretch) => stretch.kept)
  const neighbours = new Int32Array(plan.nodes.length * 2).fill(-1)
  plan.nodes.forEach((_, node) => {
    if (start[node + 1]! - start[node]! !== 2) return
    const [a, b] = [plan.stretches[at[start[node]!]!]!, plan.stretches[at[start[node]! + 1]!]!]
    if (!isCountry(a) || !isCountry(b)) return
    neighbours[node * 2] = a.from === node ? a.to : a.from
    neighbours[node * 2 + 1] = b.from === node ? b.to : b.from
  })
  return neighbours
}

function isDryBetween(from: Point, to: Point, rivers: Rivers): boolean {
  const length = gap(from, to)
  if (rivers.clearance_m(from.x, from.y) > length + bank_m) return true
  const steps = Math.ceil(length / 20)
  for (let step = 0; step <= steps; step++) {
    const t = step / steps
    if (rivers.clearance_m(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t) < bank_m / 2) return false
  }
  return true
}

function smooth(plan: RoadPlan, neighbours: Int32Array, rivers: Rivers, districts: Districts): void {
  for (let round = 0; round < rounds; round++)
    plan.nodes.forEach((node, index) => {
      if (neighbours[index * 2]! < 0) return
      const [a, b] = [plan.nodes[neighbours[index * 2]!]!, plan.nodes[neighbours[index * 2 + 1]!]!]
      const moved = { x: node.x / 2 + (a.x + b.x) / 4, y: node.y / 2 + (a.y + b.y) / 4 }
      if (districts.at(moved.x, moved.y) < 0) return
      if (!isDryBetween(moved, a, rivers) || !isDryBetween(moved, b, rivers)) return
      node.x = moved.x
      node.y = moved.y
    })
}

/** The four-point scheme of Dyn, Levin and Gregory (1987): the new node lies on a smooth curve through the old ones. */
function middleOf(plan: RoadPlan, neighbours: Int32Array, from: number, to: number): Point {
  const beyond = (node: number, back: number) => {
    const [a, b] = [neighbours[node * 2]!, neighbours[node * 2 + 1]!]
    return plan.nodes[a < 0 ? node : a === back ? b : a]!
  }
  const [a, b] = [plan.nodes[from]!, plan.nodes[to]!]
  const [before, after] = [beyond(from, to), beyond(to, from)]
  return {
    x: (a.x + b.x) * 0.5625 - (before.x + after.x) * 0.0625,
    y: (a.y + b.y) * 0.5625 - (before.y + after.y) * 0.0625,
  }
}

export function curveCountryRoads(plan: RoadPlan, rivers: Rivers, districts: Districts): void {
  plan.stretches = plan.stretches.filter((stretch) => stretch.kept)
  const neighbours = neighboursOf(plan)
  smooth(plan, neighbours, rivers, districts)
  const old = plan.stretches
  plan.stretches = []
  for (const stretch of old) {
    const [from, to] = [plan.nodes[stretch.from]!, plan.nodes[stretch.to]!]
    if (!isCountry(stretch) || gap(from, to) < longStretch_m) {
      addStretch(plan, stretch)
      continue
    }
    let middle = middleOf(plan, neighbours, stretch.from, stretch.to)
    const isUsable =
      districts.at(middle.x, middle.y) >= 0 && isDryBetween(middle, from, rivers) && isDryBetween(middle, to, rivers)
    if (!isUsable) middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    const node = addNode(plan, middle, -1)
    addStretch(plan, { ...stretch, to: node })
    addStretch(plan, { ...stretch, from: node })
  }
}
