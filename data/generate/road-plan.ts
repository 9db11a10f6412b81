// The plan that roads are chosen from: every stretch of street or country road that could be built, cut at the rivers.
import type { Point } from './plane.ts'

/** What a stretch belongs to: a lattice line of either direction, a field diagonal, a river bank, or a bridge. */
export type Axis = 0 | 1 | 2 | 3 | 4
export const axisOf = { column: 0, row: 1, diagonal: 2, bank: 3, bridge: 4 } as const

export type PlanNode = Point & { settlement: number }

export type Stretch = {
  from: number
  to: number
  axis: Axis
  /** The lattice line's number, the river's for banks and bridges, or the country road's. */
  line: number
  /** Whose street it is; -1 in the country. */
  settlement: number
  /** 0 arterial, 1 secondary, 2 residential. */
  rank: 0 | 1 | 2
  length_m: number
  kept: boolean
}

export type RoadPlan = {
  nodes: PlanNode[]
  stretches: Stretch[]
  /** Names of the country roads, by the `line` of their stretches. */
  countryNames: string[]
}

export function createPlan(): RoadPlan {
  return { nodes: [], stretches: [], countryNames: [] }
}

export function addNode(plan: RoadPlan, point: Point, settlement: number): number {
  return plan.nodes.push({ x: point.x, y: point.y, settlement }) - 1
}

export function addStretch(plan: RoadPlan, stretch: Omit<Stretch, 'length_m'>): void {
  if (stretch.from === stretch.to) return
  plan.stretches.push({ ...stretch, length_m: gap(plan.nodes[stretch.from]!, plan.nodes[stretch.to]!) })
}

export const gap = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y)

/** Stretches of the plan by node, for walking it. */
export function adjacencyOf(
  plan: Pick<RoadPlan, 'nodes' | 'stretches'>,
  chosen: (stretch: Stretch) => boolean,
): { start: Int32Array; at: Int32Array } {
  const start = new Int32Array(plan.nodes.length + 1)
  const { stretches } = plan
  for (const stretch of stretches)
    if (chosen(stretch)) {
      start[stretch.from + 1]!++
      start[stretch.to + 1]!++
    }
  for (let node = 0; node < plan.nodes.length; node++) start[node + 1]! += start[node]!
  const at = new Int32Array(start[plan.nodes.length]!)
  const next = start.slice()
  stretches.forEach((stretch, index) => {
    if (!chosen(stretch)) return
    at[next[stretch.from]!++] = index
    at[next[stretch.to]!++] = index
  })
  return { start, at }
}
