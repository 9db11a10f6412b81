// The tree of devices that can lose supply for someone, for one unit of the network as switched now: breaker, recloser, fuse
// and switch, transformer, low-voltage plant; service points are its leaves. Lines are left out unless telemetered: what
// clears a fault on a line is the protective device above it, and that is the answer. Linear in the unit.
import {
  DISCONNECTED,
  equipmentKinds,
  itemsOf,
  METERED,
  otherEnd,
  type Network,
  type Supply,
  type Units,
} from '../../network/index.ts'
import type { DeviceKind } from './parameters.ts'

/** Index 0 is the supply itself, which never fails; a device stands behind its parent. */
export type DeviceTree = {
  parent: Int32Array
  kind: DeviceKind[]
  /** Number within its kind of the network: equipment, transformer or low-voltage equipment. */
  item: Int32Array
  telemetered: Uint8Array
  /** Service points below: all, those who can call, those whose meter speaks. */
  points: Int32Array
  callable: Int32Array
  metered: Int32Array
  /** Service points (network numbers) directly at a device, and how many of them can call only, speak only, do both. */
  pointsAt: Int32Array[]
  leafMix: Int32Array
  deviceOfEquipment: Map<number, number>
  deviceOfTransformer: Map<number, number>
  deviceOfLv: Map<number, number>
}

/** Where a leaf stands in `leafMix`: 0 neither calls nor speaks, 1 calls, 2 speaks, 3 both. */
export function leafMixOf(flags: number): number {
  return ((flags & DISCONNECTED) === 0 ? 1 : 0) + (hasSpeakingMeter(flags) ? 2 : 0)
}

/** A disconnected household's meter stays dark whatever happens, so it tells nothing. */
function hasSpeakingMeter(flags: number): boolean {
  return (flags & METERED) !== 0 && (flags & DISCONNECTED) === 0
}

class Growing {
  parent = [-1]
  kind: DeviceKind[] = ['line']
  item = [-1]
  telemetered = [0]
  add(parent: number, kind: DeviceKind, item: number, telemetered = 0): number {
    this.parent.push(parent)
    this.kind.push(kind)
    this.telemetered.push(telemetered)
    return this.item.push(item) - 1
  }
}

export function buildDeviceTree(network: Network, supply: Supply, units: Units, unit: number): DeviceTree {
  const growing = new Growing()
  const [deviceOfEquipment, deviceOfTransformer, deviceOfLv] = [new Map(), new Map(), new Map()] as Map<
    number,
    number
  >[]
  const tree = units.treeOf[unit]!
  const deviceAtNode = new Map<number, number>()
  const hung: { transformer: number; device: number }[] = []
  for (const node of tree >= 0 ? supply.trees[tree]! : []) {
    const equipment = supply.fedBy[node]!
    const above = deviceAtNode.get(otherEnd(network, equipment, node)) ?? 0
    const kind = equipmentKinds[network.equipment.kind[equipment]!]!
    const telemetered = network.equipment.telemetered[equipment]!
    const device = kind === 'line' && !telemetered ? above : growing.add(above, kind, equipment, telemetered)
    if (device !== above) deviceOfEquipment!.set(equipment, device)
    deviceAtNode.set(node, device)
    for (const transformer of itemsOf(network.transformersAt, node)) hung.push({ transformer, device })
  }
  const head = tree >= 0 ? (deviceOfEquipment!.get(supply.headOf[tree]!.equipment) ?? 0) : 0
  for (const transformer of units.loose[unit]!) hung.push({ transformer, device: head })
  for (const { transformer, device } of hung)
    deviceOfTransformer!.set(transformer, growing.add(device, 'transformer', transformer))
  for (const { transformer } of hung) addLvEquipment(network, transformer, growing, deviceOfTransformer!, deviceOfLv!)
  return attachServicePoints(network, hung, growing, {
    deviceOfEquipment: deviceOfEquipment!,
    deviceOfTransformer: deviceOfTransformer!,
    deviceOfLv: deviceOfLv!,
  })
}

/** Low-voltage plant of one transformer, parents before children. */
function addLvEquipment(
  network: Network,
  transformer: number,
  growing: Growing,
  deviceOfTransformer: Map<number, number>,
  deviceOfLv: Map<number, number>,
): void {
  const add = (lv: number): number => {
    const known = deviceOfLv.get(lv)
    if (known !== undefined) return known
    const parent = network.lvEquipment.parent[lv]!
    const device = growing.add(parent < 0 ? deviceOfTransformer.get(transformer)! : add(parent), 'lv_equipment', lv)
    deviceOfLv.set(lv, device)
    return device
  }
  for (const lv of itemsOf(network.lvEquipmentOf, transformer)) add(lv)
}

function attachServicePoints(
  network: Network,
  hung: { transformer: number }[],
  growing: Growing,
  maps: Pick<DeviceTree, 'deviceOfEquipment' | 'deviceOfTransformer' | 'deviceOfLv'>,
): DeviceTree {
  const size = growing.item.length
  const lists: number[][] = Array.from({ length: size }, () => [])
  for (const { transformer } of hung)
    for (const point of itemsOf(network.servicePointsOf, transformer)) {
      const lv = network.servicePoints.lvEquipment[point]!
      lists[lv >= 0 ? maps.deviceOfLv.get(lv)! : maps.deviceOfTransformer.get(transformer)!]!.push(point)
    }
  const parent = Int32Array.from(growing.parent)
  const [points, callable, metered] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  const leafMix = new Int32Array(size * 4)
  for (let device = size - 1; device >= 0; device--) {
    for (const point of lists[device]!) {
      const mix = leafMixOf(network.servicePoints.flags[point]!)
      leafMix[device * 4 + mix]!++
      points[device]!++
      callable[device]! += mix & 1
      metered[device]! += mix >> 1
    }
    if (device === 0) break
    for (const sum of [points, callable, metered]) sum[parent[device]!]! += sum[device]!
  }
  return {
    parent,
    kind: growing.kind,
    item: Int32Array.from(growing.item),
    telemetered: Uint8Array.from(growing.telemetered),
    points,
    callable,
    metered,
    pointsAt: lists.map((list) => Int32Array.from(list)),
    leafMix,
    ...maps,
  }
}

/** The device that a service point hangs on directly. */
export function deviceAbove(network: Network, tree: DeviceTree, point: number): number {
  const lv = network.servicePoints.lvEquipment[point]!
  const device =
    lv >= 0 ? tree.deviceOfLv.get(lv) : tree.deviceOfTransformer.get(network.servicePoints.transformer[point]!)
  if (device === undefined) throw new RangeError(`service point ${point} is not in this unit`)
  return device
}

/** The place of a device in the tree, or undefined where it stands in another unit; equipment of any kind is found alike. */
export function findDevice(tree: DeviceTree, ref: { kind: DeviceKind; item: number }): number | undefined {
  if (ref.kind === 'transformer') return tree.deviceOfTransformer.get(ref.item)
  return ref.kind === 'lv_equipment' ? tree.deviceOfLv.get(ref.item) : tree.deviceOfEquipment.get(ref.item)
}

/**
 * How many devices of each kind feed somebody: what a kind's share of failures is spread over. A device that feeds nobody can
 * fail unnoticed; counting it would take likelihood from those that matter (7 points of accuracy on one real feeder).
 */
export function countDevices(network: Network, supply: Supply): Record<DeviceKind, number> {
  const counts: Record<DeviceKind, number> = {
    service_point: network.servicePoints.ids.size,
    lv_equipment: network.lvEquipment.ids.size,
    transformer: 0,
    fuse: 0,
    recloser: 0,
    breaker: 0,
    switch: 0,
    line: 0,
  }
  const feeds = new Uint8Array(network.nodes.size)
  for (let transformer = 0; transformer < network.transformers.ids.size; transformer++) {
    if (itemsOf(network.servicePointsOf, transformer).length === 0) continue
    counts.transformer++
    const node = network.transformers.node[transformer]!
    if (node >= 0) feeds[node] = 1
  }
  for (const nodes of supply.trees)
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at]!
      if (feeds[node] === 0) continue
      const equipment = supply.fedBy[node]!
      counts[equipmentKinds[network.equipment.kind[equipment]!]!]++
      feeds[otherEnd(network, equipment, node)] = 1
    }
  return counts
}
