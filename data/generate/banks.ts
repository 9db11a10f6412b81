// The river banks: a road along each, and the few bridges, which are the only stretches that touch water.
import { addStretch, axisOf, gap, type Axis, type RoadPlan } from './road-plan.ts'
import type { Rivers } from './rivers.ts'

/** Roads keep this far from the water. */
export const bank_m = 20

/** Where a road of the plan ends at the water. */
export type BankNode = {
  node: number
  river: number
  side: -1 | 1
  chainage_m: number
  axis: Axis
  line: number
  rank: 0 | 1 | 2
}

/** Bridges over one river stand this far apart at least. */
const townSpacing_m = 1300
const countrySpacing_m = 4800

/** Joins neighbours along each bank where the straight line between them stays dry. */
export function planBankRoads(plan: RoadPlan, banks: BankNode[], rivers: Rivers): void {
  const groups = groupBanks(banks, (bank) => bank.river * 2 + (bank.side > 0 ? 1 : 0))
  for (const group of groups.values()) {
    group.sort((a, b) => a.chainage_m - b.chainage_m)
    for (let k = 0; k + 1 < group.length; k++) {
      const [from, to] = [group[k]!, group[k + 1]!]
      if (to.chainage_m - from.chainage_m > 900 || !isDry(plan, from.node, to.node, rivers)) continue
      const town = Math.min(plan.nodes[from.node]!.settlement, plan.nodes[to.node]!.settlement)
      addStretch(plan, {
        from: from.node,
        to: to.node,
        axis: axisOf.bank,
        line: from.river * 2 + (from.side > 0 ? 1 : 0),
        settlement: town,
        rank: 1,
        kept: town >= 0,
      })
    }
  }
}

function groupBanks(banks: BankNode[], keyOf: (bank: BankNode) => number): Map<number, BankNode[]> {
  const groups = new Map<number, BankNode[]>()
  for (const bank of banks) {
    const group = groups.get(keyOf(bank))
    if (group) group.push(bank)
    else groups.set(keyOf(bank), [bank])
  }
  return groups
}

function isDry(plan: RoadPlan, from: number, to: number, rivers: Rivers): boolean {
  const [a, b] = [plan.nodes[from]!, plan.nodes[to]!]
  const steps = Math.ceil(gap(a, b) / 14)
  for (let step = 1; step < steps; step++)
    if (rivers.clearance_m(a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps) < bank_m / 2)
      return false
  return true
}

type Crossing = { from: BankNode; to: BankNode; cost: number; town: boolean }

/** Picks bridges greedily: straight ones that carry a through road on, first; then only where none is near. */
export function planBridges(plan: RoadPlan, banks: BankNode[], rivers: Rivers): void {
  for (const [river, group] of groupBanks(banks, (bank) => bank.river)) {
    const crossings = crossingsOf(plan, group, rivers)
    const taken: number[] = []
    for (const { from, to, town } of crossings) {
      const middle = (from.chainage_m + to.chainage_m) / 2
      const spacing = town ? townSpacing_m : countrySpacing_m
      if (taken.some((other) => Math.abs(other - middle) < spacing)) continue
      taken.push(middle)
      addStretch(plan, {
        from: from.node,
        to: to.node,
        axis: axisOf.bridge,
        line: river * 4096 + taken.length,
        settlement: plan.nodes[from.node]!.settlement,
        rank: 0,
        kept: town,
      })
    }
  }
}

function crossingsOf(plan: RoadPlan, group: BankNode[], rivers: Rivers): Crossing[] {
  const left = group.filter((bank) => bank.side > 0).sort((a, b) => a.chainage_m - b.chainage_m)
  const right = group.filter((bank) => bank.side < 0).sort((a, b) => a.chainage_m - b.chainage_m)
  const crossings: Crossing[] = []
  let first = 0
  for (const from of left) {
    const width = gapToFarBank(rivers, from)
    const slack = 60 + width * 0.35
    while (first < right.length && right[first]!.chainage_m < from.chainage_m - slack) first++
    for (let k = first; k < right.length && right[k]!.chainage_m <= from.chainage_m + slack; k++) {
      const to = right[k]!
      const length = gap(plan.nodes[from.node]!, plan.nodes[to.node]!)
      if (length > width * 1.5 + 60) continue
      const sameRoad = from.axis === to.axis && from.line === to.line
      const cost = length - width + (sameRoad ? 0 : 90) + from.rank * 70 + to.rank * 70
      const town = plan.nodes[from.node]!.settlement >= 0 && plan.nodes[to.node]!.settlement >= 0
      crossings.push({ from, to, cost, town })
    }
  }
  return crossings.sort((a, b) => Number(b.town) - Number(a.town) || a.cost - b.cost || a.from.node - b.from.node)
}

/** Width from bank road to bank road at a place on the river. */
function gapToFarBank(rivers: Rivers, bank: BankNode): number {
  const { chainage_m, half_m } = rivers.all[bank.river]!
  let low = 0
  let high = chainage_m.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (chainage_m[middle]! < bank.chainage_m) low = middle + 1
    else high = middle
  }
  return 2 * (half_m[low]! + bank_m)
}
