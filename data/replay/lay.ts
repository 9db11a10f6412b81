// Lays a storm onto a network: each outage onto a device of about its size, at about its place, that nothing else of the storm
// holds at that time. Places are carried over axis by axis and rank by rank, so that a band stays a band whatever the region.
import { extentOf, namesOf, overlaps, type Extent, type GridModel } from '../../server/incidents/index.ts'
import { seededRandom, type Random } from '../../server/dispatch/index.ts'
import { DISCONNECTED, itemsOf } from '../../server/network/index.ts'
import type { StormOutage } from './given-storm.ts'

export type Place = { id: string; lon: number; lat: number }

/** An outage where it really is: what the service has to find out. */
export type LaidOutage = {
  id: string
  startedAt_ms: number
  cause: StormOutage['cause']
  onSite_s: number
  /** The device that lost supply, by the network's name for it. */
  device: string
  extent: Extent
  transformers: string[]
  points: string[] | null
  customers: number
  /** Telemetered switchgear tells of itself. */
  telemetered: boolean
}

/** How long an outage holds its ground, for laying only: the real end is the dispatcher's and the crews' doing. */
const hold_ms = 6 * 3_600_000
/** Times on site that a file does not tell: the storm's own median of 50 minutes, with half its spread. */
const onSite = { median_s: 50 * 60, sigma: 0.6 }
/** One size too large or small (a factor e) weighs as much as a fifth of the region's width. */
const sizeWeight = 0.2
/** So many of the best devices are tried before an outage is left out. */
const tries = 400

type Device = { name: string; extent: () => Extent; size: number; x: number; y: number; telemetered: boolean }

/**
 * What is in `ownSide` is a customer's own plant, whose damage is not the utility's to repair.
 * Outages in order of their beginning; those that find no device are counted in `leftOut`.
 */
export function layStorm(
  model: GridModel,
  places: Place[],
  ownSide: ReadonlySet<string>,
  outages: StormOutage[],
  seed: number,
): { laid: LaidOutage[]; leftOut: number } {
  const random = seededRandom(seed)
  const devices = devicesOf(model, places, ownSide)
  const placeAt = ranksTo(outages, places)
  const span = Math.max(1e-6, spanOf(places.map(({ lon }) => lon)), spanOf(places.map(({ lat }) => lat)))
  const laid: LaidOutage[] = []
  const inOrder = outages.toSorted((a, b) => a.startedAt_ms - b.startedAt_ms || (a.id < b.id ? -1 : 1))
  for (const outage of inOrder) {
    const at = placeAt(outage)
    const held = laid.filter(({ startedAt_ms }) => startedAt_ms > outage.startedAt_ms - hold_ms)
    const score = (device: Device) =>
      Math.abs(Math.log(device.size / outage.customers)) * sizeWeight +
      Math.hypot(device.x - at.x, device.y - at.y) / span
    const device = bestFree(devices, score, held)
    if (device) laid.push(laidOn(model, device, outage, random))
  }
  return { laid, leftOut: outages.length - laid.length }
}

/** The cheapest device that shares no customer with what is held. Cost: the devices, once or a few times. */
function bestFree(devices: Device[], score: (device: Device) => number, held: LaidOutage[]): Device | null {
  const costs = Float64Array.from(devices, score)
  for (let round = 0; round < tries; round++) {
    let best = 0
    for (let at = 1; at < costs.length; at++) if (costs[at]! < costs[best]!) best = at
    const device = devices[best]
    if (!device || costs[best] === Infinity) return null
    if (held.every(({ extent }) => !overlaps(extent, device.extent()))) return device
    costs[best] = Infinity
  }
  return null
}

function laidOn(model: GridModel, device: Device, outage: StormOutage, random: Random): LaidOutage {
  const extent = device.extent()
  const { transformers, points } = namesOf(model, extent)
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const drawn_s = Math.round(onSite.median_s * Math.exp(onSite.sigma * normal))
  return {
    id: outage.id,
    startedAt_ms: outage.startedAt_ms,
    cause: outage.cause,
    onSite_s: outage.onSite_s ?? drawn_s,
    device: device.name,
    extent,
    transformers,
    points,
    customers: device.size,
    telemetered: device.telemetered,
  }
}

/** Everything that can lose its supply: switchgear and lines, transformers, boxes and branches, single customers. */
function devicesOf(model: GridModel, places: Place[], ownSide: ReadonlySet<string>): Device[] {
  const { network } = model
  const placeOf = new Map(places.map((place) => [place.id, place]))
  const customersOf = (transformer: number) => itemsOf(network.servicePointsOf, transformer).length
  const devices: Device[] = []
  const add = (name: string, ref: Parameters<typeof extentOf>[1], telemetered: boolean, size?: number) => {
    let extent: Extent | null = null
    const ground = () => (extent ??= extentOf(model, ref))
    const [first] =
      ref.kind === 'service_point' ? [network.servicePoints.transformer[ref.item]!] : ground().transformers
    const place = first === undefined ? undefined : placeOf.get(network.transformers.ids.nameOf(first))
    if (!place) return
    const { points, transformers } = size === undefined ? ground() : { points: null, transformers: [] }
    const counted = size ?? points?.length ?? transformers.reduce((sum, each) => sum + customersOf(each), 0)
    if (counted > 0) devices.push({ name, extent: ground, size: counted, x: place.lon, y: place.lat, telemetered })
  }
  for (const [item, name] of network.transformers.ids.entries())
    if (!ownSide.has(name)) add(name, { kind: 'transformer', item }, false)
  for (const [item, name] of network.lvEquipment.ids.entries()) add(name, { kind: 'lv_equipment', item }, false)
  for (const [item, name] of network.servicePoints.ids.entries())
    if (!ownSide.has(name) && !(network.servicePoints.flags[item]! & DISCONNECTED))
      add(name, { kind: 'service_point', item }, false, 1)
  for (const [item, name] of network.equipment.ids.entries())
    if (!network.equipment.normallyOpen[item])
      add(name, { kind: 'line', item }, network.equipment.telemetered[item] === 1)
  return devices
}

const spanOf = (values: number[]) => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))

/** The place in the region with the same share of the region west and south of it as the outage has of the storm. */
function ranksTo(outages: StormOutage[], places: Place[]): (outage: StormOutage) => { x: number; y: number } {
  const carry = (from: number[], to: number[]) => {
    const [sorted, target] = [from.toSorted((a, b) => a - b), to.toSorted((a, b) => a - b)]
    return (value: number) => {
      let [low, high] = [0, sorted.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (sorted[middle]! < value) low = middle + 1
        else high = middle
      }
      return target[Math.round((low / Math.max(1, sorted.length - 1)) * (target.length - 1))] ?? target.at(-1)!
    }
  }
  const east = carry(
    outages.map(({ x }) => x),
    places.map(({ lon }) => lon),
  )
  const north = carry(
    outages.map(({ y }) => y),
    places.map(({ lat }) => lat),
  )
  return ({ x, y }) => ({ x: east(x), y: north(y) })
}
