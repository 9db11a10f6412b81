// The receipts of an incident: each kind of evidence for and against it with its log-likelihood ratio, dark against lit, and
// the prior that it had to overcome. Natural logarithms: 2.3 makes the incident ten times as likely, -2.3 a tenth.
import type { DeviceTree } from './device-tree.ts'
import type { LeafState } from './evidence.ts'
import type { InferredIncident } from './incidents.ts'
import { calledByNow, darkLikelihood, litLikelihood, tallyLeaf, type Tally } from './likelihood.ts'
import type { Model, Heard, Posterior } from './propagate.ts'
import type { Circumstance } from './rates.ts'

export type ReceiptKind =
  | 'prior'
  | 'report'
  | 'no_report'
  | 'power_off'
  | 'no_power_off'
  | 'power_on'
  | 'ping'
  | 'telemetry_open'
  | 'telemetry_untold'

/** `count` service points (or devices) together weigh `logRatio`; positive speaks for the incident. */
export type Receipt = { kind: ReceiptKind; count: number; logRatio: number; servicePoints: number[] }

/** No dispatcher reads more names than this; the count stands beside them. */
const NAMED_AT_MOST = 50

export function writeReceipts(
  { tree, parameters, circumstances, prior, rates }: Model,
  heard: Heard,
  posterior: Posterior,
  incident: InferredIncident,
  now: number,
): Receipt[] {
  const device = incident.treeDevice
  const leaves = [...heard.leaves.values()].filter((leaf) =>
    device < 0 ? leaf.point === incident.device.item : isBelow(tree, leaf.device, device),
  )
  const called = calledByNow(parameters, incident.firstSignAt, now)
  const likeliest = average(circumstances, posterior.circumstanceWeights)
  const nothing: Tally = { callers: 0, silent: 0, gasps: 0, quiet: 0, fixed: 0 }
  const dark = (part: Partial<Tally>) => darkLikelihood({ ...nothing, ...part }, likeliest, called, parameters)
  const receipts: Receipt[] = []
  const write = (kind: ReceiptKind, named: LeafState[], logRatio: number, count = named.length) => {
    if (count > 0)
      receipts.push({ kind, count, logRatio, servicePoints: named.slice(0, NAMED_AT_MOST).map(({ point }) => point) })
  }
  const callers = leaves.filter((leaf) => leaf.calledAt > 0)
  const gasps = leaves.filter((leaf) => leaf.meter === 'off')
  const lit = leaves.filter((leaf) => leaf.meter === 'on')
  const pinged = leaves.filter((leaf) => leaf.ping !== 'none')
  write('report', callers, callers.length * (dark({ callers: 1 }) - Math.log(parameters.ownSideRate)))
  write('power_off', gasps, gasps.length * (dark({ gasps: 1 }) - Math.log(parameters.spuriousGaspRate)))
  write('power_on', lit, lit.length * Math.log(parameters.falsePowerOnRate))
  write('ping', pinged, sum(pinged.map((leaf) => pingRatio(leaf, parameters))))
  const tally = device < 0 ? tallyLeaf(leaves[0]!, parameters) : posterior.tallies.get(device)!
  const silence = dark({ silent: 1 }) - Math.log1p(-parameters.ownSideRate)
  write('no_report', [], tally.silent * silence, tally.silent)
  write('no_power_off', [], tally.quiet * (dark({ quiet: 1 }) - Math.log1p(-parameters.spuriousGaspRate)), tally.quiet)
  if (incident.told || incident.switched) write('telemetry_open', [], -Math.log(1e-9), 1)
  else if (device >= 0 && tree.telemetered[device] === 1) write('telemetry_untold', [], prior.untold[device]!, 1)
  const logPrior = device < 0 ? Math.log(rates.service_point) : prior.logRate[device]! - prior.logComplement[device]!
  write('prior', [], logPrior, 1)
  return receipts
}

function pingRatio(leaf: LeafState, parameters: Model['parameters']): number {
  const silentPing = { ...leaf, calledAt: 0, meter: 'silent' as const, mix: 0 }
  return tallyLeaf(silentPing, parameters).fixed - litLikelihood(silentPing, parameters)
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function average(circumstances: readonly Circumstance[], weights: number[]): Circumstance {
  const mean = (pick: (each: Circumstance) => number) => sum(circumstances.map((each, c) => pick(each) * weights[c]!))
  return { callRate: mean((each) => each.callRate), gaspRate: mean((each) => each.gaspRate), logWeight: 0 }
}

export function isBelow(tree: DeviceTree, device: number, upper: number): boolean {
  let at = device
  while (at > upper) at = tree.parent[at]!
  return at === upper
}
