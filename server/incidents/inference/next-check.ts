// The next meter to ping or place to look at: the question whose answer is expected to tell an incident and its rivals apart
// best, by largest expected loss of entropy (mutual information; Lindley 1956). Few hypotheses, one question for each kind of
// answer they give: cost O(hypotheses² + service points of the unit).
import { METERED, type Network } from '../../network/index.ts'
import type { DeviceTree } from './device-tree.ts'
import { deviceAbove, findDevice } from './device-tree.ts'
import type { DeviceRef } from './evidence.ts'
import type { InferredIncident } from './incidents.ts'
import type { InferenceParameters } from './parameters.ts'
import type { Heard, Model } from './propagate.ts'
import { isBelow } from './receipts.ts'

/** `gain_bits` is what the answer is expected to take from the doubt between the incident and its rivals. */
export type NextCheck =
  { kind: 'ping'; servicePoint: number; gain_bits: number } | { kind: 'look'; device: DeviceRef; gain_bits: number }

type Hypothesis = { ref: DeviceRef | null; device: number; point: number; chance: number }

/** The best ping and the best look, the better one first; nothing where there is no doubt. */
export function chooseNextChecks(
  { tree, parameters }: Pick<Model, 'tree' | 'parameters'>,
  heard: Heard,
  network: Network,
  incident: InferredIncident,
): NextCheck[] {
  const hypotheses = hypothesesOf(tree, network, incident)
  const checks: NextCheck[] = []
  const ping = bestPing(tree, heard, network, hypotheses, parameters)
  if (ping !== null) checks.push(ping)
  const look = bestLook(hypotheses)
  if (look !== null) checks.push(look)
  return checks.sort((a, b) => b.gain_bits - a.gain_bits)
}

function hypothesesOf(tree: DeviceTree, network: Network, incident: InferredIncident): Hypothesis[] {
  const place = (ref: DeviceRef, chance: number): Hypothesis => {
    if (ref.kind === 'service_point')
      return { ref, device: deviceAbove(network, tree, ref.item), point: ref.item, chance }
    return { ref, device: findDevice(tree, ref)!, point: -1, chance }
  }
  const listed = [
    place(incident.device, incident.probability),
    ...incident.rivals.map(({ device, probability }) => place(device, probability)),
  ]
  const known = listed.reduce((sum, { chance }) => sum + chance, 0)
  const none: Hypothesis = { ref: null, device: -1, point: -1, chance: Math.max(0, 1 - known) }
  const all = [...listed, none]
  const total = Math.max(1, known)
  return all.map((each) => ({ ...each, chance: each.chance / total }))
}

function entropy(chances: number[]): number {
  return chances.reduce((sum, chance) => (chance > 0 ? sum - chance * Math.log2(chance) : sum), 0)
}

/** Expected loss of entropy by a yes-or-no answer that comes out yes with `yes[h]` under each hypothesis. */
export function gainOf(chances: number[], yes: number[]): number {
  const sure = chances.reduce((sum, chance, h) => sum + chance * yes[h]!, 0)
  const after = (weight: number, of: (h: number) => number) =>
    weight > 0 ? weight * entropy(chances.map((chance, h) => (chance * of(h)) / weight)) : 0
  return entropy(chances) - after(sure, (h) => yes[h]!) - after(1 - sure, (h) => 1 - yes[h]!)
}

const LEAST_GAIN_BITS = 0.01

/** One meter for each set of hypotheses that would leave it dark; a meter that has spoken already would say nothing new. */
function bestPing(
  tree: DeviceTree,
  heard: Heard,
  network: Network,
  hypotheses: Hypothesis[],
  parameters: InferenceParameters,
): NextCheck | null {
  const chances = hypotheses.map(({ chance }) => chance)
  const tried = new Set<string>()
  let best: NextCheck | null = null
  for (const point of pointsNear(tree, hypotheses)) {
    const leaf = heard.leaves.get(point)
    if ((network.servicePoints.flags[point]! & METERED) === 0) continue
    if (leaf !== undefined && (leaf.meter !== 'silent' || leaf.ping !== 'none')) continue
    const device = deviceAbove(network, tree, point)
    const dark = hypotheses.map(
      (each) => each.ref !== null && (each.point >= 0 ? each.point === point : isBelow(tree, device, each.device)),
    )
    const key = dark.map(Number).join('')
    if (tried.has(key)) continue
    tried.add(key)
    const answered = dark.map((isDark) => (isDark ? parameters.falsePowerOnRate : 1 - parameters.unansweredPingRate))
    const gain_bits = gainOf(chances, answered)
    if (gain_bits > (best?.gain_bits ?? LEAST_GAIN_BITS)) best = { kind: 'ping', servicePoint: point, gain_bits }
  }
  return best
}

/** Service points below the outermost hypothesis, those of the narrower ones with them. */
function* pointsNear(tree: DeviceTree, hypotheses: Hypothesis[]): Generator<number> {
  const outermost = Math.min(...hypotheses.filter(({ ref }) => ref !== null).map(({ device }) => device))
  const inside = new Uint8Array(tree.kind.length)
  for (let device = outermost; device < tree.kind.length; device++) {
    inside[device] = device === outermost || inside[tree.parent[device]!] === 1 ? 1 : 0
    if (inside[device] === 1) yield* tree.pointsAt[device]!
  }
}

function bestLook(hypotheses: Hypothesis[]): NextCheck | null {
  const chances = hypotheses.map(({ chance }) => chance)
  let best: NextCheck | null = null
  hypotheses.forEach(({ ref }, which) => {
    if (ref === null) return
    const gain_bits = gainOf(
      chances,
      chances.map((_, h) => (h === which ? 1 : 0)),
    )
    if (gain_bits > (best?.gain_bits ?? LEAST_GAIN_BITS)) best = { kind: 'look', device: ref, gain_bits }
  })
  return best
}
