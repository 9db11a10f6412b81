// What a device feeds as switched now: the ground an incident covers, in the network's own numbers.
import { downstreamOf, itemsOf, type Network } from '../network/index.ts'
import type { EquipmentKind } from '../contract/incidents.ts'
import { equipmentKinds, lvEquipmentKinds } from '../network/index.ts'
import type { DeviceRef } from './inference/index.ts'
import type { GridModel } from './grid-model.ts'

/** `points` is null where whole transformers are covered; otherwise all lie below the one transformer. */
export type Extent = { transformers: number[]; points: number[] | null }

/** A device by the identifier and kind that the contract knows it by. */
export type Device = { id: string; kind: EquipmentKind }

/** The device that an inference points at, as the contract names it. */
export function deviceOf({ network }: GridModel, { kind, item }: DeviceRef): Device {
  if (kind === 'service_point') return { id: network.servicePoints.ids.nameOf(item), kind }
  if (kind === 'transformer') return { id: network.transformers.ids.nameOf(item), kind }
  if (kind === 'lv_equipment')
    return { id: network.lvEquipment.ids.nameOf(item), kind: lvEquipmentKinds[network.lvEquipment.kind[item]!]! }
  return { id: network.equipment.ids.nameOf(item), kind: equipmentKinds[network.equipment.kind[item]!]! }
}

/** The device with this identifier, or null; equipment first, since it is what people mean where names collide. */
export function findDevice({ network }: GridModel, id: string): DeviceRef | null {
  const equipment = network.equipment.ids.find(id)
  if (equipment >= 0) return { kind: equipmentKinds[network.equipment.kind[equipment]!]!, item: equipment }
  const transformer = network.transformers.ids.find(id)
  if (transformer >= 0) return { kind: 'transformer', item: transformer }
  const box = network.lvEquipment.ids.find(id)
  if (box >= 0) return { kind: 'lv_equipment', item: box }
  const point = network.servicePoints.ids.find(id)
  return point >= 0 ? { kind: 'service_point', item: point } : null
}

/** Everything below `device`. Cost: linear in what is below it. */
export function extentOf(model: GridModel, device: DeviceRef): Extent {
  const { network, supply } = model
  if (device.kind === 'transformer') return { transformers: [device.item], points: null }
  if (device.kind === 'service_point')
    return { transformers: [network.servicePoints.transformer[device.item]!], points: [device.item] }
  if (device.kind === 'lv_equipment')
    return { transformers: [network.lvEquipment.transformer[device.item]!], points: pointsBelow(network, device.item) }
  return { transformers: downstreamOf(network, supply, device.item).transformers, points: null }
}

/** The service points that hang below one piece of low-voltage equipment. */
function pointsBelow(network: Network, box: number): number[] {
  const transformer = network.lvEquipment.transformer[box]!
  const isBelow = (candidate: number) => {
    for (let at = candidate; at >= 0; at = network.lvEquipment.parent[at]!) if (at === box) return true
    return false
  }
  return [...itemsOf(network.servicePointsOf, transformer)].filter((point) =>
    isBelow(network.servicePoints.lvEquipment[point]!),
  )
}

/** Whether two extents share a customer. */
export function overlaps(one: Extent, other: Extent): boolean {
  const transformers = new Set(one.transformers)
  if (!other.transformers.some((transformer) => transformers.has(transformer))) return false
  if (one.points === null || other.points === null) return true
  const points = new Set(one.points)
  return other.points.some((point) => points.has(point))
}

/** The extent in identifiers, as SQL takes it: `points` null means all of the transformers. */
export function namesOf({ network }: GridModel, extent: Extent): { transformers: string[]; points: string[] | null } {
  return {
    transformers: extent.transformers.map((each) => network.transformers.ids.nameOf(each)),
    points: extent.points?.map((each) => network.servicePoints.ids.nameOf(each)) ?? null,
  }
}
