// What speaks for or against a loss of supply at one place, and what is left of it when it is put together by service point
// and by device: repeat callers count once, the latest word of a meter stands, a power-on clears what came before it.
import type { Supply } from '../../network/index.ts'
import type { DeviceTree } from './device-tree.ts'
import type { DeviceKind } from './parameters.ts'

/**
 * Instants are milliseconds since 1970; service points and equipment are the network's own numbers. A sighting is what a crew
 * or dispatcher says for certain; closed after open restores what is behind the device.
 */
export type Evidence =
  | { kind: 'report'; servicePoint: number; at: number; symptom?: Symptom }
  | { kind: 'power_off' | 'power_on'; servicePoint: number; at: number }
  | { kind: 'ping'; servicePoint: number; at: number; answered: boolean }
  | { kind: 'telemetry'; equipment: number; at: number; state: 'open' | 'closed'; commanded: boolean }
  | { kind: 'sighting'; device: DeviceRef; at: number; state: 'open' | 'closed' }

/** A device of the network by kind and number within its kind. */
export type DeviceRef = { kind: DeviceKind; item: number }

export type Symptom = 'no_power' | 'part_power' | 'dim' | 'hazard'

/** What one service point has said so far; instants are 0 where it has not. */
export type LeafState = {
  point: number
  device: number
  /** As in `leafMix`: 1 can call, 2 has a meter that speaks. */
  mix: number
  calledAt: number
  /** When it said last that it is without supply, by call or meter: a repeat changes nothing but this. */
  saidAt: number
  /** A caller with some supply left; weaker evidence. */
  partial: boolean
  meter: 'silent' | 'off' | 'on'
  meterAt: number
  /** When its meter went dark last, and when it said so last. */
  darkFrom: number
  offSaidAt: number
  ping: 'none' | 'answered' | 'unanswered'
  pingAt: number
  /** When its neighbours came back, where they are known to have since it spoke last, so that it may well be back too. */
  backAt: number
}

/** What is known of a device for certain: opened by itself, opened on purpose, or closed. */
export type DeviceWord = { word: 'opened' | 'switched' | 'closed'; at: number }

export function newLeaf(point: number, device: number, mix: number): LeafState {
  return {
    point,
    device,
    mix,
    calledAt: 0,
    saidAt: 0,
    partial: false,
    meter: 'silent',
    meterAt: 0,
    darkFrom: 0,
    offSaidAt: 0,
    ping: 'none',
    pingAt: 0,
    backAt: 0,
  }
}

/**
 * Takes one word of a service point into account; answers whether anything changed. Stale words change nothing, and repeats only
 * where the place was taken to be back with its neighbours: that it says so again tells that it is not.
 */
export function hear(leaf: LeafState, evidence: Exclude<Evidence, { kind: 'telemetry' | 'sighting' }>): boolean {
  const { at } = evidence
  switch (evidence.kind) {
    case 'report': {
      const partial = evidence.symptom === 'part_power' || evidence.symptom === 'dim'
      if (evidence.symptom === 'hazard' || (leaf.meter === 'on' && at <= leaf.meterAt)) return false
      leaf.saidAt = Math.max(leaf.saidAt, at)
      if (leaf.calledAt > 0 && (!leaf.partial || partial)) return leaf.backAt > 0
      leaf.calledAt = leaf.calledAt > 0 ? Math.min(leaf.calledAt, at) : at
      leaf.partial = partial
      return true
    }
    case 'ping':
      if (at < leaf.pingAt) return false
      leaf.pingAt = at
      leaf.ping = evidence.answered ? 'answered' : 'unanswered'
      return true
    case 'power_off':
      if (at < leaf.meterAt) return false
      leaf.saidAt = Math.max(leaf.saidAt, at)
      leaf.offSaidAt = Math.max(leaf.offSaidAt, at)
      if (leaf.meter === 'off') return leaf.backAt > 0
      leaf.meter = 'off'
      leaf.meterAt = at
      leaf.darkFrom = at
      return true
    case 'power_on':
      if (at < leaf.meterAt) return false
      leaf.meter = 'on'
      leaf.meterAt = at
      forgetCall(leaf, at)
      return true
  }
}

/** What a place has said until `at` is settled: of its calls only those since then count. */
function forgetCall(leaf: LeafState, at: number): void {
  if (leaf.calledAt > 0 && leaf.calledAt <= at) leaf.calledAt = leaf.saidAt > at ? leaf.saidAt : 0
}

/** Forgets what the place has said until `at`; answers whether it has said anything since. */
export function forgetUntil(leaf: LeafState, at: number): boolean {
  if (Math.max(leaf.saidAt, leaf.meterAt, leaf.pingAt) <= at) return false
  forgetCall(leaf, at)
  // As though it had been heard of since then only, whatever came first.
  if (leaf.pingAt <= at) [leaf.ping, leaf.pingAt] = ['none', 0]
  if (leaf.meterAt <= at) {
    const isDark = leaf.meter === 'off' && leaf.offSaidAt > at
    leaf.meter = isDark ? 'off' : 'silent'
    leaf.meterAt = isDark ? leaf.offSaidAt : 0
    leaf.darkFrom = leaf.meterAt
  }
  return true
}

/** The earliest sign of trouble at a service point, or 0 where there is none. */
export function firstSignAt(leaf: LeafState): number {
  const offAt = leaf.meter === 'off' ? leaf.meterAt : 0
  return leaf.calledAt > 0 && offAt > 0 ? Math.min(leaf.calledAt, offAt) : Math.max(leaf.calledAt, offAt)
}

/** Devices that stand open although they should be closed, taken as opened on purpose until telemetry says otherwise. */
export function switchedDevices(normallyOpen: Uint8Array, supply: Supply, tree: DeviceTree): Map<number, DeviceWord> {
  const words = new Map<number, DeviceWord>()
  for (const [equipment, device] of tree.deviceOfEquipment)
    if (supply.open[equipment] && !normallyOpen[equipment]) words.set(device, { word: 'switched', at: 0 })
  return words
}
