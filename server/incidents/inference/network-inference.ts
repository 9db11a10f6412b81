// The whole network's inference: routes evidence to its unit, follows switching by tracing again only what it concerns, and
// settles all units together so that they share what they know of the storm. Units come into being with their first evidence.
import {
  groupIntoUnits,
  switchEquipment,
  traceSupply,
  type Network,
  type Supply,
  type Units,
} from '../../network/index.ts'
import { countDevices } from './device-tree.ts'
import type { Evidence } from './evidence.ts'
import {
  addEvidence,
  createFeederInference,
  reweigh,
  settle,
  type FeederInference,
  type Settled,
} from './feeder-inference.ts'
import { defaultParameters, type InferenceParameters } from './parameters.ts'
import { spreadFaultRates, type FaultRates } from './rates.ts'
import { weighCircumstances } from './storm.ts'

export type NetworkInference = {
  network: Network
  supply: Supply
  units: Units
  rates: FaultRates
  parameters: InferenceParameters
  feeders: Map<number, FeederInference>
  /** All evidence in order of arrival, to be heard again by the units that switching rebuilds. */
  said: Evidence[]
}

export function createNetworkInference(
  network: Network,
  parameters: InferenceParameters = defaultParameters,
): NetworkInference {
  const supply = traceSupply(network)
  return {
    network,
    supply,
    units: groupIntoUnits(network, supply),
    rates: spreadFaultRates(parameters, countDevices(network, supply)),
    parameters,
    feeders: new Map(),
    said: [],
  }
}

/** The unit that a piece of evidence belongs to, or -1 for equipment that no source reaches. */
function unitOf({ network, supply, units }: NetworkInference, evidence: Evidence): number {
  const { servicePoints, lvEquipment, equipment } = network
  if (evidence.kind === 'sighting' && evidence.device.kind === 'service_point') return -1
  if (evidence.kind === 'sighting' && evidence.device.kind === 'lv_equipment')
    return units.unitOf[lvEquipment.transformer[evidence.device.item]!]!
  if (evidence.kind === 'sighting' && evidence.device.kind === 'transformer') return units.unitOf[evidence.device.item]!
  if (evidence.kind !== 'telemetry' && evidence.kind !== 'sighting')
    return units.unitOf[servicePoints.transformer[evidence.servicePoint]!]!
  const item = evidence.kind === 'telemetry' ? evidence.equipment : evidence.device.item
  const below = [equipment.from[item]!, equipment.to[item]!].find((node) => supply.fedBy[node] === item)
  return below === undefined ? -1 : supply.treeOf[below]!
}

/** The engine of a unit, made on first use. */
export function feederOf(inference: NetworkInference, unit: number): FeederInference {
  const known = inference.feeders.get(unit)
  if (known) return known
  const feeder = createFeederInference(inference, unit, inference.parameters)
  inference.feeders.set(unit, feeder)
  return feeder
}

/** Takes one piece of evidence in; answers with the unit that it concerns, or -1 where it changes nothing. */
export function hearEvidence(inference: NetworkInference, evidence: Evidence): number {
  inference.said.push(evidence)
  if (evidence.kind === 'telemetry') followSwitch(inference, evidence.equipment, evidence.state === 'open')
  const unit = unitOf(inference, evidence)
  if (unit < 0) return -1
  return addEvidence(feederOf(inference, unit), inference.network, evidence) ? unit : -1
}

/** Traces again what a switched device concerns; units whose ways of supply moved are rebuilt and hear their evidence again. */
function followSwitch(inference: NetworkInference, equipment: number, open: boolean): void {
  const { network, supply, feeders } = inference
  if ((supply.open[equipment] === 1) === open) return
  const before = supply.fedBy.slice()
  const trees = switchEquipment(network, supply, [{ equipment, open }])
  if (before.every((fedBy, node) => fedBy === supply.fedBy[node])) return
  inference.units = groupIntoUnits(network, supply)
  const moved = new Set(trees)
  for (const unit of feeders.keys()) if (inference.units.treeOf[unit] === -1) moved.add(unit)
  for (const unit of moved) feeders.delete(unit)
  for (const evidence of inference.said) {
    const unit = unitOf(inference, evidence)
    if (unit >= 0 && moved.has(unit)) addEvidence(feederOf(inference, unit), network, evidence)
  }
}

/** Settles every unit that has evidence; two rounds, the second with what the first taught about the storm. */
export function settleNetwork(inference: NetworkInference, now: number): Map<number, Settled> {
  const units = [...inference.feeders.keys()]
  let settled = new Map(units.map((unit) => [unit, settle(inference.feeders.get(unit)!, now)]))
  if (units.length < 2) return settled
  const logs = units.map((unit) => settled.get(unit)!.posterior.logEvidence)
  const weights = weighCircumstances(inference.parameters, logs)
  units.forEach((unit, at) => reweigh(inference.feeders.get(unit)!, weights[at]!))
  settled = new Map(units.map((unit) => [unit, settle(inference.feeders.get(unit)!, now)]))
  return settled
}
