// A typhoon's last gasps: whole feeders and single transformers go dark within the hour, four meters in five say so within
// seconds, and one word in a thousand comes from a meter that has supply.
import { DISCONNECTED, downstreamOf, itemsOf, METERED, type Network } from '../../../server/network/index.ts'
import type { GridModel } from '../../../server/incidents/index.ts'
import type { Random } from '../inference/draw-storm.ts'

const storm_ms = 20 * 60_000
const gaspWithin_ms = 20_000
const gaspShare = 0.8
const spuriousShare = 0.001
/** Half of those without supply are so by their feeder's head. */
const feederShare = 0.5

/** One device that failed: the transformers without supply by it. */
export type Failure = { id: string; transformers: number[] }
export type Gasp = { point: number; at: number }
export type Burst = { failures: Failure[]; gasps: Gasp[]; out: number }

const isMetered = ({ servicePoints }: Network, point: number): boolean =>
  (servicePoints.flags[point]! & (METERED | DISCONNECTED)) === METERED

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
  return order
}

function* drawFailures({ network, supply }: GridModel, random: Random, isEnough: (share: number) => boolean) {
  const dark = new Set<number>()
  const darken = (transformers: number[]): number[] => {
    for (const each of transformers) dark.add(each)
    return transformers
  }
  for (const tree of shuffled(supply.headOf.length, random)) {
    if (isEnough(feederShare)) break
    const head = supply.headOf[tree]!.equipment
    const { transformers } = downstreamOf(network, supply, head)
    if (transformers.length > 0) yield { id: network.equipment.ids.nameOf(head), transformers: darken(transformers) }
  }
  for (const transformer of shuffled(network.transformers.ids.size, random)) {
    if (isEnough(1)) return
    if (!dark.has(transformer)) yield { id: network.transformers.ids.nameOf(transformer), transformers: [transformer] }
  }
}

/** Draws until `wanted` meters have spoken; the gasps come in the order of their instants, the last one at `now`. */
export function drawBurst(model: GridModel, wanted: number, now: number, random: Random): Burst {
  const { network } = model
  const failures: Failure[] = []
  const gasps: Gasp[] = []
  const dark = new Set<number>()
  for (const failure of drawFailures(model, random, (share) => gasps.length >= wanted * share)) {
    failures.push(failure)
    const failedAt = now - storm_ms + Math.floor(random() * (storm_ms - gaspWithin_ms))
    for (const point of failure.transformers.flatMap((each) => [...itemsOf(network.servicePointsOf, each)])) {
      dark.add(point)
      if (isMetered(network, point) && random() < gaspShare)
        gasps.push({ point, at: failedAt + Math.floor(random() * gaspWithin_ms) })
    }
  }
  for (let left = Math.floor(wanted * spuriousShare); left > 0;) {
    const point = Math.floor(random() * network.servicePoints.ids.size)
    if (dark.has(point) || !isMetered(network, point)) continue
    gasps.push({ point, at: now - Math.floor(random() * storm_ms) })
    left--
  }
  gasps.sort((one, other) => one.at - other.at)
  return { failures, gasps, out: dark.size }
}
