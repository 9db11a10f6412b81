// The percentage roll-up that outage systems on the market use, as the baseline: the outermost device behind which enough
// customers have spoken, in enough of its branches, is taken to be open. Both shares are tuned on the same networks.
import type { DeviceTree, Evidence } from '../../../server/incidents/index.ts'
import type { Place, Places } from './draw-storm.ts'

/** Least share of the customers behind a device, and of its branches, that must have spoken. */
export type RollUpRule = { customers: number; branches: number }

export const rollUpRules: RollUpRule[] = [0, 0.004, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5].flatMap((customers) =>
  [0.1, 0.25, 0.4, 0.6, 0.8].map((branches) => ({ customers, branches })),
)

export function rollUp(places: Places, evidence: { unit: number; item: Evidence }[], rule: RollUpRule): Place[] {
  const byUnit = new Map<number, Evidence[]>()
  for (const { unit, item } of evidence) byUnit.set(unit, [...(byUnit.get(unit) ?? []), item])
  return [...byUnit].flatMap(([unit, items]) => rollUpUnit(places.trees.get(unit)!, unit, items, rule))
}

function rollUpUnit(tree: DeviceTree, unit: number, items: Evidence[], rule: RollUpRule): Place[] {
  const { deviceOf, told, signs } = gather(tree, items)
  const [count, branches] = [new Map<number, number>(), new Map<number, number>()]
  const add = (map: Map<number, number>, key: number, value: number) => map.set(key, (map.get(key) ?? 0) + value)
  for (const point of signs) {
    add(count, deviceOf.get(point)!, 1)
    add(branches, deviceOf.get(point)!, 1)
  }
  for (let device = tree.kind.length - 1; device > 0; device--) {
    if (!count.has(device)) continue
    add(count, tree.parent[device]!, count.get(device)!)
    add(branches, tree.parent[device]!, 1)
  }
  const width = childCounts(tree)
  const out = new Set(told)
  for (const [device, spoken] of count)
    if (
      device > 0 &&
      spoken >= 2 &&
      branches.get(device)! >= Math.min(2, width[device]!) &&
      spoken >= rule.customers * tree.points[device]! &&
      branches.get(device)! >= rule.branches * width[device]!
    )
      out.add(device)
  const answers = new Map<string, Place>()
  const outermost = (from: number) => {
    let found = 0
    for (let at = from; at > 0; at = tree.parent[at]!) if (out.has(at)) found = at
    return found
  }
  for (const point of signs) {
    const device = outermost(deviceOf.get(point)!)
    if (device > 0) answers.set(`d${device}`, { unit, device, point: -1 })
    else answers.set(`p${point}`, { unit, device: deviceOf.get(point)!, point })
  }
  for (const device of told) answers.set(`d${outermost(device)}`, { unit, device: outermost(device), point: -1 })
  return [...answers.values()]
}

function gather(tree: DeviceTree, items: Evidence[]) {
  const [deviceOf, told, signs] = [new Map<number, number>(), new Set<number>(), new Set<number>()]
  tree.pointsAt.forEach((list, device) => list.forEach((point) => deviceOf.set(point, device)))
  for (const item of items)
    if (item.kind === 'telemetry') told.add(tree.deviceOfEquipment.get(item.equipment)!)
    else if ('servicePoint' in item) signs.add(item.servicePoint)
  return { deviceOf, told, signs }
}

/** How many branches with customers and service points hang directly at each device. */
function childCounts(tree: DeviceTree): Int32Array {
  const counts = Int32Array.from(tree.pointsAt, (list) => list.length)
  for (let device = 1; device < tree.kind.length; device++)
    if (tree.points[device]! > 0) counts[tree.parent[device]!]!++
  return counts
}
