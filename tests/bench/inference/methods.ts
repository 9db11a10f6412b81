// The ways of judging that the benchmark sets side by side, each from a storm's evidence to places with probabilities.
import {
  addEvidence,
  clearEvidence,
  createFeederInference,
  createNetworkInference,
  defaultParameters,
  reweigh,
  settleNetwork,
  type DeviceTree,
  type FeederInference,
  type InferenceParameters,
  type InferredIncident,
  type NetworkInference,
} from '../../../server/incidents/index.ts'
import { listIncidents } from '../../../server/incidents/inference/incidents.ts'
import { listCircumstances } from '../../../server/incidents/inference/rates.ts'
import type { Network } from '../../../server/network/index.ts'
import type { Place, Places, Storm } from './draw-storm.ts'
import type { Exact } from './exact.ts'

export type Answer = { place: Place; probability: number }

/** The service's engine; the units' engines are built once and cleared between storms. */
export class Ours {
  private readonly base: NetworkInference
  private readonly feeders = new Map<number, FeederInference>()
  private readonly weights: number[]

  private readonly places: Places

  constructor(network: Network, places: Places, parameters: InferenceParameters = defaultParameters) {
    this.places = places
    this.base = createNetworkInference(network, parameters)
    this.weights = listCircumstances(parameters).map(({ logWeight }) => Math.exp(logWeight))
  }

  judge(evidence: Storm['evidence'], now: number): Answer[] {
    const feeders = new Map<number, FeederInference>()
    for (const { unit } of evidence) if (!feeders.has(unit)) feeders.set(unit, this.cleared(unit))
    for (const { unit, item } of evidence) addEvidence(feeders.get(unit)!, this.base.network, item)
    const settled = settleNetwork({ ...this.base, feeders }, now)
    return [...settled].flatMap(([unit, { incidents }]) => answersOf(this.places.trees.get(unit)!, unit, incidents))
  }

  /** What a unit's engine has heard last; the exact posterior is read by the same signs. */
  heardFor(unit: number): FeederInference['heard'] {
    return this.feeders.get(unit)!.heard
  }

  private cleared(unit: number): FeederInference {
    const known = this.feeders.get(unit) ?? createFeederInference(this.base, unit, this.base.parameters)
    this.feeders.set(unit, known)
    clearEvidence(known)
    reweigh(known, this.weights)
    return known
  }
}

function answersOf(tree: DeviceTree, unit: number, incidents: InferredIncident[]): Answer[] {
  return incidents.map(({ device, probability, treeDevice }) => {
    if (treeDevice >= 0) return { probability, place: { unit, device: treeDevice, point: -1 } }
    const above = tree.pointsAt.findIndex((list) => list.includes(device.item))
    return { probability, place: { unit, device: above, point: device.item } }
  })
}

/** The exact posterior read by the same rule as ours: the likeliest outermost device above each sign. */
export function judgeExactly(exact: Exact, ours: Ours, places: Places, storm: Storm): Answer[] {
  const posterior = exact(storm.evidence)
  const units = [...new Set(storm.evidence.map(({ unit }) => unit))]
  return units.flatMap((unit) => {
    const tree = places.trees.get(unit)!
    const heard = ours.heardFor(unit)
    const chances = posterior.devices.get(unit)!
    const { incidents } = listIncidents(tree, heard, {
      outermost: new Map(heard.touched.filter((each) => each > 0).map((device) => [device, chances[device]!])),
      leaves: [...heard.leaves.values()].map((leaf) => {
        const { opened, lit } = posterior.points.get(leaf.point)!
        return { leaf, opened, lit, dark: Math.max(0, 1 - opened - lit) }
      }),
      tallies: new Map(),
      firstSigns: new Map(),
      logEvidence: [],
      circumstanceWeights: [],
      noticedFaults: 0,
    })
    return answersOf(tree, unit, incidents)
  })
}
