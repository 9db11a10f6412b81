// Seeded trouble on a network as the published benchmark defines it: one to three devices open at once, customers without
// supply call with a given rate, some call for trouble of their own, meters gasp, telemetry tells.
import { METERED, type Network } from '../../../server/network/index.ts'
import type { DeviceKind, DeviceTree, Evidence } from '../../../server/incidents/index.ts'

export type Random = () => number

/** A small fast generator with 32 bits of state (mulberry32, Tommy Ettinger). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export type Channel = 'calls' | 'meters' | 'telemetry'

/** A place that can open: a device of a unit's tree, or a service point (`point` ≥ 0) at that device. */
export type Place = { unit: number; device: number; point: number }

/** All places of a network by kind, to draw from. */
export type Places = { byKind: Map<DeviceKind, Place[]>; trees: Map<number, DeviceTree> }

export type Storm = {
  /** The outermost open places, and those of them that someone or something told of. */
  faults: Place[]
  told: Place[]
  /** Callers with supply, because of trouble on their own side. */
  ownSide: Place[]
  evidence: { unit: number; item: Evidence }[]
  callRate: number
}

export const shares: [DeviceKind, number][] = [
  ['service_point', 0.45],
  ['lv_equipment', 0.1],
  ['transformer', 0.2],
  ['fuse', 0.17],
  ['recloser', 0.04],
  ['breaker', 0.04],
]

export function listPlaces(trees: Map<number, DeviceTree>): Places {
  const byKind = new Map<DeviceKind, Place[]>()
  const add = (kind: DeviceKind, place: Place) => {
    const list = byKind.get(kind)
    if (list) list.push(place)
    else byKind.set(kind, [place])
  }
  for (const [unit, tree] of trees)
    tree.kind.forEach((kind, device) => {
      if (device > 0 && tree.points[device]! > 0) add(kind, { unit, device, point: -1 })
      for (const point of tree.pointsAt[device]!) add('service_point', { unit, device, point })
    })
  return { byKind, trees }
}

function drawPlace(places: Places, random: Random): Place {
  const present = shares.filter(([kind]) => places.byKind.has(kind))
  let mark = random() * present.reduce((sum, [, share]) => sum + share, 0)
  for (const [kind, share] of present) {
    mark -= share
    const list = places.byKind.get(kind)!
    if (mark <= 0) return list[Math.floor(random() * list.length)]!
  }
  const last = places.byKind.get(present.at(-1)![0])!
  return last[Math.floor(random() * last.length)]!
}

/** Every service point below a device. */
export function pointsBelow(tree: DeviceTree, device: number): number[] {
  const below = new Uint8Array(tree.kind.length)
  const points: number[] = []
  for (let each = device; each < tree.kind.length; each++) {
    below[each] = each === device || (each > 0 && below[tree.parent[each]!]) ? 1 : 0
    if (below[each]) for (const point of tree.pointsAt[each]!) points.push(point)
  }
  return points
}

/** Whether `upper` is the same place as `place` or stands above it. */
export function standsAbove(places: Places, upper: Place, place: Place): boolean {
  if (upper.unit !== place.unit) return false
  if (upper.point >= 0) return upper.point === place.point
  const tree = places.trees.get(place.unit)!
  for (let at = place.device; at > 0; at = tree.parent[at]!) if (at === upper.device) return true
  return false
}

export type StormOptions = { network: Network; places: Places; channel: Channel; callRate: number; random: Random }

/** One storm; all of it is told at the same instant, as the published benchmark has no clock. */
export function drawStorm({ network, places, channel, callRate, random }: StormOptions, at = 1_700_000_000_000): Storm {
  const opened: Place[] = []
  const count = 1 + Math.floor(random() * 3)
  while (opened.length < count) opened.push(drawPlace(places, random))
  const faults = opened.filter(
    (each, index) =>
      !opened.some(
        (other, at) => at !== index && standsAbove(places, other, each) && !(same(other, each) && at > index),
      ),
  )
  const evidence: Storm['evidence'] = []
  const ownSide: Place[] = []
  const darkUnit = new Map<number, number>()
  for (const fault of faults) {
    const below = fault.point >= 0 ? [fault.point] : pointsBelow(places.trees.get(fault.unit)!, fault.device)
    for (const point of below) darkUnit.set(point, fault.unit)
  }
  for (const [unit, tree] of places.trees)
    for (const [device, list] of tree.pointsAt.entries())
      for (const servicePoint of list) {
        const dark = darkUnit.has(servicePoint)
        if (random() < (dark ? callRate : 1e-4)) {
          evidence.push({ unit, item: { kind: 'report', servicePoint, at } })
          if (!dark) ownSide.push({ unit, device, point: servicePoint })
        }
        if (channel === 'meters' && network.servicePoints.flags[servicePoint]! & METERED)
          if (random() < (dark ? 0.8 : 1e-3)) evidence.push({ unit, item: { kind: 'power_off', servicePoint, at } })
      }
  const toldOpen = new Set<Place>()
  for (const place of opened) {
    const tree = places.trees.get(place.unit)!
    if (channel !== 'telemetry' || place.point >= 0 || !tree.telemetered[place.device] || random() >= 0.9) continue
    toldOpen.add(place)
    const equipment = tree.item[place.device]!
    evidence.push({ unit: place.unit, item: { kind: 'telemetry', equipment, at, state: 'open', commanded: false } })
  }
  const signs = new Set(evidence.flatMap(({ item }) => ('servicePoint' in item ? [item.servicePoint] : [])))
  const told = faults.filter((fault) => {
    if (toldOpen.has(fault)) return true
    const below = fault.point >= 0 ? [fault.point] : pointsBelow(places.trees.get(fault.unit)!, fault.device)
    return below.some((point) => signs.has(point))
  })
  return { faults, told, ownSide, evidence, callRate }
}

function same(a: Place, b: Place): boolean {
  return a.unit === b.unit && a.device === b.device && a.point === b.point
}
