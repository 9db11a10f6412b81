// The posterior by brute force: every set of opened devices and service points of a small unit is tried. Written without the
// engine's messages and likelihoods, so that it can contradict them. Cost 2^(devices + service points).
import type { DeviceTree, Evidence, InferenceParameters, FaultRates } from '../../server/incidents/index.ts'

export type Enumerated = {
  evidence: number
  outermost: number[]
  alone: Map<number, number>
}

/** Evidence at one instant, after the calling is over: who called, whose meter spoke, which telemetry was told. */
export function enumerate(
  tree: DeviceTree,
  rates: FaultRates,
  parameters: InferenceParameters,
  said: { called: Set<number>; off: Set<number>; on: Set<number>; words: Map<number, 'open' | 'closed'> },
): Enumerated {
  const points = tree.pointsAt.flatMap((list, device) => [...list].map((point) => ({ point, device })))
  const size = tree.kind.length - 1
  const result: Enumerated = { evidence: 0, outermost: tree.kind.map(() => 0), alone: new Map() }
  const total = parameters.callRates.reduce((sum, { weight }) => sum + weight, 0)
  for (let set = 0; set < 2 ** (size + points.length); set++) {
    const open = (bit: number) => (set >> bit) & 1
    const outermostAbove = (device: number): number => {
      let found = 0
      for (let at = device; at > 0; at = tree.parent[at]!) if (open(at - 1)) found = at
      return found
    }
    let prior = 1
    for (let device = 1; device <= size; device++) {
      const rate = rates[tree.kind[device]!]
      prior *= open(device - 1) ? rate : 1 - rate
      const word = said.words.get(device)
      if (word === 'closed' && open(device - 1)) prior = 0
      if (word === 'open' && !open(device - 1)) prior = 0
      if (word === undefined && tree.telemetered[device] && open(device - 1)) prior *= 1 - parameters.openingToldRate
    }
    points.forEach((_, at) => (prior *= open(size + at) ? rates.service_point : 1 - rates.service_point))
    if (prior === 0) continue
    let likelihood = 0
    for (const dead of [0, 1])
      for (const { rate, weight } of parameters.callRates) {
        let each = (weight / total) * (dead ? parameters.meterChannelDead : 1 - parameters.meterChannelDead)
        points.forEach(({ point, device }, at) => {
          const dark = open(size + at) === 1 || outermostAbove(device) > 0
          const own = parameters.ownSideRate
          const call = dark ? rate + own - rate * own : own
          const gasp = !dark
            ? parameters.spuriousGaspRate
            : dead
              ? parameters.spuriousGaspRate / 10
              : parameters.lastGaspRate
          if (said.on.has(point)) each *= dark ? parameters.falsePowerOnRate : 1
          else each *= said.called.has(point) ? call : 1 - call
          const metered = tree.leafMix[device * 4 + 2]! + tree.leafMix[device * 4 + 3]! > 0
          if (metered && !said.on.has(point)) each *= said.off.has(point) ? gasp : 1 - gasp
        })
        likelihood += each
      }
    const joint = prior * likelihood
    result.evidence += joint
    for (let device = 1; device <= size; device++)
      if (open(device - 1) && outermostAbove(device) === device) result.outermost[device]! += joint
    points.forEach(({ point, device }, at) => {
      if (open(size + at) && outermostAbove(device) === 0)
        result.alone.set(point, (result.alone.get(point) ?? 0) + joint)
    })
  }
  result.outermost = result.outermost.map((each) => each / result.evidence)
  for (const [point, each] of result.alone) result.alone.set(point, each / result.evidence)
  return result
}

/** What was said, as evidence at one instant. */
export function asEvidence(
  tree: DeviceTree,
  said: { called: Set<number>; off: Set<number>; on: Set<number>; words: Map<number, 'open' | 'closed'> },
  at: number,
): Evidence[] {
  const items: Evidence[] = []
  for (const servicePoint of said.called) items.push({ kind: 'report', servicePoint, at })
  for (const servicePoint of said.off) items.push({ kind: 'power_off', servicePoint, at })
  for (const servicePoint of said.on) items.push({ kind: 'power_on', servicePoint, at })
  for (const [device, state] of said.words)
    items.push({ kind: 'telemetry', equipment: tree.item[device]!, at, state, commanded: false })
  return items
}
