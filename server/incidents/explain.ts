// Why the model says what it says, in the names of the contract: receipts by kind of evidence, and the next meter to ping or
// place to look at.
import type { IncidentReceipt, NextCheck } from '../contract/incidents.ts'
import { deviceOf } from './extent.ts'
import type { Engine, GridModel } from './grid-model.ts'
import type { Settled } from './inference/feeder-inference.ts'
import type { InferredIncident } from './inference/incidents.ts'
import { chooseNextChecks } from './inference/next-check.ts'
import { writeReceipts } from './inference/receipts.ts'

/** `receipts` costs what was heard in the unit; `nextCheck` also the customers below the widest rival: asked for only in doubt. */
export type Explainer = {
  receipts(incident: InferredIncident): IncidentReceipt[]
  nextCheck(incident: InferredIncident): NextCheck | null
}

/** Above this there is nothing left to tell apart. */
const noDoubt = 0.99

export function explainerOf(model: GridModel, { feeder }: Engine, settled: Settled, now: Date): Explainer {
  const { network } = model
  return {
    receipts: (incident) =>
      writeReceipts(feeder.model, feeder.heard, settled.posterior, incident, now.getTime()).map((each) => ({
        kind: each.kind,
        count: each.count,
        log_ratio: rounded(each.logRatio),
        service_point_ids: each.servicePoints.map((point) => network.servicePoints.ids.nameOf(point)),
      })),
    nextCheck: (incident) => {
      if (incident.told || incident.probability >= noDoubt) return null
      const [best] = chooseNextChecks(feeder.model, feeder.heard, network, incident)
      if (!best) return null
      return best.kind === 'ping'
        ? {
            kind: 'ping_meter',
            subject_id: network.servicePoints.ids.nameOf(best.servicePoint),
            gain_bits: rounded(best.gain_bits),
          }
        : { kind: 'look_at', subject_id: deviceOf(model, best.device).id, gain_bits: rounded(best.gain_bits) }
    },
  }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
