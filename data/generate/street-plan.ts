// Lays the lattice out as a plan: coarse squares in the country, split into blocks of 100 or 200 m inside settlements, and
// every line cut where it meets water.
import type { Districts } from './districts.ts'
import { countryUnits, placeKey, type Lattice } from './lattice.ts'
import type { Point } from './plane.ts'
import { addNode, addStretch, axisOf, createPlan, gap, type Axis, type RoadPlan } from './road-plan.ts'
import { hashUnit } from './random.ts'
import type { Rivers } from './rivers.ts'
import { bank_m, type BankNode } from './banks.ts'
import type { SettlementKind, Settlements } from './settlements.ts'

export type Ground = {
  lattice: Lattice
  districts: Districts
  rivers: Rivers
  settlements: Settlements
  seed: number
}

/** A corner of the lattice: its node in the plan, or none where it is wet or outside the districts. */
type Corner = Point & { node: number; wet: boolean; outside: boolean }

type Leaf = { i: number; j: number; size: number; settlement: number }

/** Squares of the country with, inside settlements, their blocks: whole 200 m ones where houses are few. */
function layLeaves(ground: Ground): Leaf[] {
  const { settlements, lattice, seed } = ground
  const leaves: Leaf[] = []
  const found = { settlement: -1, depth: 0 }
  const depthAt = (i: number, j: number, size: number) => {
    const { x, y } = lattice.position(i + size / 2, j + size / 2)
    settlements.at(x, y, found)
    return found
  }
  const split = (i: number, j: number, size: number) => {
    const here = { ...depthAt(i, j, size) }
    if (size === 1) return leaves.push({ i, j, size, settlement: here.settlement })
    const half = size / 2
    const touched =
      here.settlement >= 0 ||
      [0, 1, 2, 3].some((quarter) => {
        return depthAt(i + (quarter & 1) * half, j + (quarter >> 1) * half, half).settlement >= 0
      })
    const whole = size === 2 && hashUnit(i, j, seed + 31) < (here.depth > 0.5 ? 0.08 : 0.2)
    if (!touched || whole) return leaves.push({ i, j, size, settlement: size === 2 ? here.settlement : -1 })
    for (let quarter = 0; quarter < 4; quarter++) split(i + (quarter & 1) * half, j + (quarter >> 1) * half, half)
    return 0
  }
  const reach = Math.ceil((settlements.window_m * 1.12 + 900) / 100 / countryUnits) * countryUnits
  const limit = Math.min(reach, 2000)
  for (let i = -limit; i < limit; i += countryUnits)
    for (let j = -limit; j < limit; j += countryUnits) {
      const middle = lattice.position(i + countryUnits / 2, j + countryUnits / 2)
      if (Math.hypot(middle.x, middle.y) < settlements.window_m && ground.districts.at(middle.x, middle.y) >= 0)
        split(i, j, countryUnits)
    }
  return leaves
}

/** Rank of a street by its line: arterials every 800 m, secondary streets every 400 m; a village has no arterials. */
function rankOf(line: number, kind: SettlementKind | undefined): 0 | 1 | 2 {
  if (kind === 'village') return line % 8 === 0 ? 1 : 2
  return line % 8 === 0 ? 0 : line % 4 === 0 ? 1 : 2
}

export function planStreets(ground: Ground): { plan: RoadPlan; banks: BankNode[] } {
  const plan = createPlan()
  const banks: BankNode[] = []
  const corners = new Map<number, Corner>()
  const leaves = layLeaves(ground)
  for (const { i, j, size } of leaves)
    for (const [a, b] of [
      [i, j],
      [i + size, j],
      [i, j + size],
      [i + size, j + size],
    ] as const)
      if (!corners.has(placeKey(a, b))) corners.set(placeKey(a, b), createCorner(ground, plan, a, b))
  const drawn = new Set<number>()
  const draw = (i: number, j: number, di: number, dj: number, size: number, settlement: number) => {
    let from = corners.get(placeKey(i, j))!
    let fromKey = placeKey(i, j)
    for (let step = 1; step <= size; step++) {
      const key = placeKey(i + di * step, j + dj * step)
      const to = corners.get(key)
      if (!to) continue
      const direction = di === 1 && dj === 1 ? 2 : dj === -1 ? 3 : di
      const edgeKey = fromKey * 4 + direction
      if (!drawn.has(edgeKey)) {
        drawn.add(edgeKey)
        const axis: Axis = di === dj || dj === -1 ? axisOf.diagonal : dj === 1 ? axisOf.column : axisOf.row
        const line = axis === axisOf.column ? i : axis === axisOf.row ? j : 0
        const rank = rankOf(line, settlement < 0 ? undefined : ground.settlements.all[settlement]!.kind)
        cutAtWater(ground, plan, banks, from, to, { axis, line, settlement, rank })
      }
      from = to
      fromKey = key
    }
  }
  // Settlements first: a border shared with the country is the settlement's street.
  leaves.sort((a, b) => Number(a.settlement < 0) - Number(b.settlement < 0))
  for (const { i, j, size, settlement } of leaves) {
    draw(i, j, 1, 0, size, settlement)
    draw(i, j + size, 1, 0, size, settlement)
    draw(i, j, 0, 1, size, settlement)
    draw(i + size, j, 0, 1, size, settlement)
    if (size === countryUnits)
      if (hashUnit(i, j, ground.seed + 37) < 0.5) draw(i, j, 1, 1, size, -1)
      else draw(i, j + size, 1, -1, size, -1)
  }
  return { plan, banks }
}

function createCorner(ground: Ground, plan: RoadPlan, i: number, j: number): Corner {
  const { x, y } = ground.lattice.position(i, j)
  const outside = ground.districts.at(x, y) < 0
  const wet = ground.rivers.clearance_m(x, y) < bank_m
  const found = { settlement: -1, depth: 0 }
  ground.settlements.at(x, y, found)
  return { x, y, outside, wet, node: outside || wet ? -1 : addNode(plan, { x, y }, found.settlement) }
}

type Street = { axis: Axis; line: number; settlement: number; rank: 0 | 1 | 2 }

/** Adds the dry parts of one lattice edge, with a node on the bank wherever it goes into the water. */
function cutAtWater(ground: Ground, plan: RoadPlan, banks: BankNode[], from: Corner, to: Corner, street: Street): void {
  if (from.outside || to.outside) return
  const { rivers } = ground
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const at = (t: number) => ({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t })
  const kept = street.settlement >= 0 && isBuilt(ground.seed, street, from)
  if (!from.wet && rivers.clearance_m(from.x, from.y) > length + bank_m) {
    addStretch(plan, { from: from.node, to: to.node, ...street, kept })
    return
  }
  const isWet = (t: number) => rivers.clearance_m(at(t).x, at(t).y) < bank_m
  const steps = Math.ceil(length / 14)
  let start = from.node
  let dry = !from.wet
  for (let step = 1; step <= steps; step++) {
    const wet = isWet(step / steps)
    if (wet !== dry) continue
    let [low, high] = [(step - 1) / steps, step / steps]
    for (let half = 0; half < 12; half++) {
      const middle = (low + high) / 2
      if (isWet(middle) === dry) high = middle
      else low = middle
    }
    const edge = at(dry ? low : high)
    const end = addBank(ground, plan, banks, edge, street, [dry ? start : -1, step === steps ? to.node : -1])
    if (dry) addStretch(plan, { from: start, to: end, ...street, kept })
    start = end
    dry = !dry
  }
  if (dry) addStretch(plan, { from: start, to: to.node, ...street, kept })
}

/** Corners this near to the bank serve as its node, or streets of no length would come about. */
const merge_m = 12

function addBank(
  ground: Ground,
  plan: RoadPlan,
  banks: BankNode[],
  point: Point,
  street: Street,
  corners: number[],
): number {
  const { river, side, chainage_m } = ground.rivers.shoreAt(point.x, point.y)!
  const near = corners.find((corner) => corner >= 0 && gap(plan.nodes[corner]!, point) < merge_m)
  const node = near ?? addNode(plan, point, street.settlement)
  banks.push({ node, river, side, chainage_m, axis: street.axis, line: street.line, rank: street.rank })
  return node
}

/** Some lanes of a block are left out, so that blocks differ; through roads never are. */
function isBuilt(seed: number, street: Street, from: Point): boolean {
  return street.rank < 2 || hashUnit(Math.round(from.x), Math.round(from.y), seed + 43 + street.axis) > 0.08
}
