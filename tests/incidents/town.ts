// A town of three transformers to infer on, and what can be said in it. Instants are milliseconds.
import type { Network } from '../../server/network/index.ts'
import {
  createNetworkInference,
  hearEvidence,
  settleNetwork,
  type DeviceRef,
  type Evidence,
} from '../../server/incidents/index.ts'
import { customers, equipment, grid } from '../network/sketch.ts'

export const noon = Date.parse('2026-07-01T12:00:00+08:00')
export const later = noon + 4 * 3_600_000

//  s ─B1*─ a ─F1─ b (T1: 3)
//          ├─R2*─ c (T2: box x: 2, directly: 1)
//          └─L1─ d ─F3─ e (T3: 1)
export const town = (metered = false) =>
  grid({
    equipment: equipment('B1 s>a*', 'F1 a>b', 'R2 a>c*', 'L1 a>d', 'F3 d>e'),
    transformers: [
      { id: 'T1', node: 'b' },
      { id: 'T2', node: 'c' },
      { id: 'T3', node: 'e' },
    ],
    lvEquipment: [{ id: 'x', kind: 'lv_branch', transformer_id: 'T2' }],
    servicePoints: [
      ...customers(3, 'T1', null, metered),
      ...customers(2, 'T2', 'x', metered),
      ...customers(1, 'T2', null, metered),
      ...customers(1, 'T3', null, metered),
    ],
  })

export function nameOf(network: Network, { kind, item }: DeviceRef): string {
  if (kind === 'service_point') return network.servicePoints.ids.nameOf(item)
  if (kind === 'transformer') return network.transformers.ids.nameOf(item)
  return kind === 'lv_equipment' ? network.lvEquipment.ids.nameOf(item) : network.equipment.ids.nameOf(item)
}

/** Incidents by name after the evidence, on the whole network. */
export function inferred(network: Network, evidence: Evidence[], now = later) {
  const inference = createNetworkInference(network)
  for (const each of evidence) hearEvidence(inference, each)
  return [...settleNetwork(inference, now).values()]
    .flatMap(({ incidents }) => incidents)
    .map((each) => ({ ...each, name: nameOf(network, each.device) }))
}

export const report = (network: Network, id: string, at = noon): Evidence => ({
  kind: 'report',
  servicePoint: network.servicePoints.ids.find(id),
  at,
})
export const meter = (network: Network, id: string, kind: 'power_off' | 'power_on', at = noon): Evidence => ({
  kind,
  servicePoint: network.servicePoints.ids.find(id),
  at,
})
export const telemetry = (
  network: Network,
  id: string,
  state: 'open' | 'closed',
  commanded = false,
  at = noon,
): Evidence => ({
  kind: 'telemetry',
  equipment: network.equipment.ids.find(id),
  at,
  state,
  commanded,
})
