// The model at work on one unit of the network: takes evidence as it comes and, when asked, settles into incidents. Holds no
// clock: the instant is an argument. One more report costs one pass over what is above evidence in its own unit.
import type { Network, Supply, Units } from '../../network/index.ts'
import { buildDeviceTree, deviceAbove, findDevice, leafMixOf, type DeviceTree } from './device-tree.ts'
import { forgetUntil, hear, newLeaf, switchedDevices, type DeviceRef, type Evidence } from './evidence.ts'
import { listIncidents, type InferredIncident, type Listed } from './incidents.ts'
import { chooseNextChecks } from './next-check.ts'
import { defaultParameters, type InferenceParameters } from './parameters.ts'
import { computePriorMessages } from './prior-messages.ts'
import { propagate, type Heard, type Model, type Posterior } from './propagate.ts'
import { listCircumstances, type FaultRates } from './rates.ts'
import { writeReceipts } from './receipts.ts'
import { markBack } from './restoration.ts'

export type FeederInference = {
  unit: number
  model: Model
  heard: Heard
  touched: Set<number>
  /** Devices that were open and were closed again, with the instant. */
  reclosedAt: Map<number, number>
}

export type Settled = Listed & { posterior: Posterior }

/** The network with its supply and units as switched now, and the failure rates of its devices. */
export type Grid = { network: Network; supply: Supply; units: Units; rates: FaultRates }

export function createFeederInference(
  grid: Grid,
  unit: number,
  parameters: InferenceParameters = defaultParameters,
  circumstanceWeights?: readonly number[],
): FeederInference {
  const { network, supply, units, rates } = grid
  const tree = buildDeviceTree(network, supply, units, unit)
  const feeder: FeederInference = {
    unit,
    model: modelOf(tree, rates, parameters, circumstanceWeights),
    heard: {
      leaves: new Map(),
      words: switchedDevices(network.equipment.normallyOpen, supply, tree),
      touched: [0],
    },
    touched: new Set([0]),
    reclosedAt: new Map(),
  }
  for (const device of feeder.heard.words.keys()) touch(feeder, device)
  return feeder
}

function modelOf(
  tree: DeviceTree,
  rates: FaultRates,
  parameters: InferenceParameters,
  weights?: readonly number[],
): Model {
  const circumstances = listCircumstances(parameters, weights)
  const prior = computePriorMessages(tree, rates, circumstances, parameters)
  return { tree, parameters, rates, circumstances, prior }
}

/** The same unit under other weights of the circumstances; what was heard stays. */
export function reweigh(feeder: FeederInference, weights: readonly number[]): void {
  const { model } = feeder
  feeder.model = { ...model, circumstances: listCircumstances(model.parameters, weights) }
}

/** Forgets all evidence, as before the first of it. */
export function clearEvidence(feeder: FeederInference): void {
  feeder.heard = { leaves: new Map(), words: new Map(), touched: [0] }
  feeder.touched = new Set([0])
  feeder.reclosedAt.clear()
}

/** Takes one piece of evidence in; answers whether it changed anything (a repeat or a stale word does not). */
export function addEvidence(feeder: FeederInference, network: Network, evidence: Evidence): boolean {
  if (evidence.kind === 'telemetry' || evidence.kind === 'sighting') return addWord(feeder, evidence)
  const { heard, model, reclosedAt } = feeder
  const point = evidence.servicePoint
  const known = heard.leaves.get(point)
  const device = known?.device ?? deviceAbove(network, model.tree, point)
  if (reclosedAt.size > 0 && evidence.kind !== 'ping')
    for (let at = device; at > 0; at = model.tree.parent[at]!)
      if (evidence.at <= (reclosedAt.get(at) ?? -Infinity)) return false
  const leaf = known ?? newLeaf(point, device, leafMixOf(network.servicePoints.flags[point]!))
  if (!hear(leaf, evidence)) return false
  if (known === undefined) {
    heard.leaves.set(point, leaf)
    touch(feeder, device)
  }
  return true
}

function addWord(feeder: FeederInference, evidence: Extract<Evidence, { kind: 'telemetry' | 'sighting' }>): boolean {
  const { heard, model } = feeder
  const ref: DeviceRef = evidence.kind === 'sighting' ? evidence.device : { kind: 'line', item: evidence.equipment }
  const device = findDevice(model.tree, ref)
  if (device === undefined) return false
  const known = heard.words.get(device)
  if (known !== undefined && evidence.at < known.at) return false
  const opened = evidence.kind === 'telemetry' && evidence.commanded ? 'switched' : 'opened'
  const word = evidence.state === 'closed' ? 'closed' : opened
  heard.words.set(device, { word, at: evidence.at })
  if (word === 'closed' && known !== undefined && known.word !== 'closed') forgetBelow(feeder, device, evidence.at)
  touch(feeder, device)
  return true
}

/** A device closed again has explained what was said below it until then; who is still without supply will say so again. */
function forgetBelow({ heard, model, reclosedAt }: FeederInference, device: number, at: number): void {
  reclosedAt.set(device, at)
  for (const [point, leaf] of heard.leaves) {
    let above = leaf.device
    while (above > 0 && above !== device) above = model.tree.parent[above]!
    if (above === device && !forgetUntil(leaf, at)) heard.leaves.delete(point)
  }
}

function touch(feeder: FeederInference, device: number): void {
  const { touched, heard, model } = feeder
  for (let at = device; !touched.has(at); at = model.tree.parent[at]!) {
    touched.add(at)
    heard.touched.push(at)
  }
}

/** What the evidence comes to at `now`, an instant in milliseconds: silence until then counts. */
export function settle(feeder: FeederInference, now: number): Settled {
  feeder.heard.touched.sort((a, b) => a - b)
  markBack(feeder.model.tree, feeder.heard)
  const posterior = propagate(feeder.model, feeder.heard, now)
  return { posterior, ...listIncidents(feeder.model.tree, feeder.heard, posterior) }
}

/** An incident's receipts and the checks that would best tell it from its rivals; asked for when somebody looks at it. */
export function explain(
  feeder: FeederInference,
  network: Network,
  settled: Settled,
  incident: InferredIncident,
  now: number,
) {
  return {
    receipts: writeReceipts(feeder.model, feeder.heard, settled.posterior, incident, now),
    nextChecks: chooseNextChecks(feeder.model, feeder.heard, network, incident),
  }
}
