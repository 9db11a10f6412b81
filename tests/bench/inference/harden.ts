// The published benchmark made harder, one trouble at a time: the same storms with evidence as it really comes.
import { METERED, type Network } from '../../../server/network/index.ts'
import type { Evidence } from '../../../server/incidents/index.ts'
import { pointsBelow, type Place, type Places, type Random, type Storm } from './draw-storm.ts'

const minute = 60_000

/** A storm as it is judged: its evidence in order of arrival, the faults still open, and when it is judged. */
export type HardStorm = { storm: Storm; now: number }
export type Hardening = {
  name: string
  harden: (storm: Storm, network: Network, places: Places, random: Random) => HardStorm
}

function inOrder(evidence: Storm['evidence']): Storm['evidence'] {
  return [...evidence].sort((a, b) => a.item.at - b.item.at)
}

/** Each call comes later, ten minutes on average; judged `waited` minutes after the outage began, on what has come by then. */
function delayed(waited: number): Hardening['harden'] {
  return (storm, _network, places, random) => {
    const evidence = storm.evidence.map(({ unit, item }) => {
      const delay = item.kind === 'report' ? -Math.log(1 - random()) * 10 * minute : 0
      return { unit, item: { ...item, at: item.at + delay } }
    })
    const now = Math.min(...storm.evidence.map(({ item }) => item.at)) + waited * minute
    const heard = inOrder(evidence.filter(({ item }) => item.at <= now))
    return { storm: { ...storm, evidence: heard, told: noticed(storm.faults, heard, places) }, now }
  }
}

function covers(places: Places, fault: Place): Set<number> {
  return new Set(fault.point >= 0 ? [fault.point] : pointsBelow(places.trees.get(fault.unit)!, fault.device))
}

function noticed(faults: Place[], evidence: Storm['evidence'], places: Places): Place[] {
  return faults.filter((fault) => {
    const below = covers(places, fault)
    return evidence.some(({ item }) => 'servicePoint' in item && below.has(item.servicePoint))
  })
}

function lastAt(storm: Storm): number {
  return storm.evidence.reduce((last, { item }) => Math.max(last, item.at), 0)
}

/** Everybody who called calls twice more. */
function repeated(storm: Storm): HardStorm {
  const again = (by: number) =>
    storm.evidence
      .filter(({ item }) => item.kind === 'report')
      .map(({ unit, item }) => ({ unit, item: { ...item, at: item.at + by * minute } }))
  const evidence = [...storm.evidence, ...again(7), ...again(19)]
  return { storm: { ...storm, evidence }, now: lastAt(storm) + 24 * 60 * minute }
}

/** One telemetered device in twenty says that it has opened, although it has not; `momentary` closes again after 30 s. */
function falseTelemetry(momentary: boolean): Hardening['harden'] {
  return (storm, network, places, random) => {
    const at = lastAt(storm)
    const evidence = [...storm.evidence]
    for (const [unit, tree] of places.trees)
      for (const [equipment, device] of tree.deviceOfEquipment) {
        if (network.equipment.telemetered[equipment] === 0 || random() >= 0.05) continue
        if (storm.faults.some((fault) => fault.unit === unit && fault.device === device)) continue
        const say = (state: 'open' | 'closed', after: number): Evidence => {
          return { kind: 'telemetry', equipment, at: at + after, state, commanded: false }
        }
        // Before the storm, as a line that touches a branch does; a false one at its height stays.
        if (momentary)
          evidence.unshift({ unit, item: say('open', -minute) }, { unit, item: say('closed', -minute / 2) })
        else evidence.push({ unit, item: say('open', 1) })
      }
    return { storm: { ...storm, evidence }, now: at + 24 * 60 * minute }
  }
}

/** The faults begin two hours apart; what is judged is all of it together, after the last. */
function staggered(storm: Storm, _network: Network, places: Places): HardStorm {
  const startOf = new Map<number, number>()
  storm.faults.forEach((fault, order) =>
    covers(places, fault).forEach((point) => startOf.set(point, order * 120 * minute)),
  )
  const evidence = storm.evidence.map(({ unit, item }) => {
    const later = 'servicePoint' in item ? (startOf.get(item.servicePoint) ?? 0) : 0
    return { unit, item: { ...item, at: item.at + later } }
  })
  const shifted = { ...storm, evidence: inOrder(evidence) }
  return { storm: shifted, now: lastAt(shifted) + 20 * minute }
}

/** The first fault is repaired after an hour: four in five of its meters say so, its callers do not. */
function restored(storm: Storm, network: Network, places: Places, random: Random): HardStorm {
  const [first, ...others] = storm.faults
  const evidence = [...storm.evidence]
  const at = lastAt(storm) + 60 * minute
  for (const servicePoint of first === undefined ? [] : covers(places, first))
    if (network.servicePoints.flags[servicePoint]! & METERED && random() < 0.8)
      evidence.push({ unit: first!.unit, item: { kind: 'power_on', servicePoint, at } })
  const told = storm.told.filter((fault) => others.includes(fault))
  return { storm: { ...storm, evidence, faults: others, told }, now: at + 20 * minute }
}

export const hardenings: Hardening[] = [
  { name: 'as published', harden: (storm) => ({ storm, now: lastAt(storm) + 24 * 60 * minute }) },
  { name: 'everyone calls three times', harden: repeated },
  { name: 'calls delayed, judged after 5 min', harden: delayed(5) },
  { name: 'calls delayed, judged after 15 min', harden: delayed(15) },
  { name: 'calls delayed, judged after 60 min', harden: delayed(60) },
  { name: '5 % false telemetry', harden: falseTelemetry(false) },
  { name: '5 % momentary telemetry', harden: falseTelemetry(true) },
  { name: 'faults two hours apart', harden: staggered },
  { name: 'the first fault restored', harden: restored },
]
