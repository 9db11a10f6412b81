// Holds what the model infers now against the incidents that stand: which one goes on as which, what is new, what has been
// swallowed by a wider one, what has nothing left to stand on. Pure.
import { overlaps, type Device, type Extent } from './extent.ts'
import type { InferredIncident } from './inference/incidents.ts'

/** An incident of the section that the model may still move. */
export type Standing = { id: string; device: Device; extent: Extent; startedAt: Date; hasCrew: boolean }
export type Inferred = { device: Device; extent: Extent; incident: InferredIncident }

export type Reconciliation = {
  goesOn: { standing: Standing; inferred: Inferred }[]
  opens: Inferred[]
  swallowed: { standing: Standing; by: Standing }[]
  unfounded: Standing[]
}

/**
 * Each inferred incident takes over the standing one on the same device, else the oldest that shares customers with it (one
 * with a crew before one without, so that nobody's job is renamed under them). Cost: standing × inferred of one section.
 */
export function reconcile(standing: Standing[], inferred: Inferred[]): Reconciliation {
  const free = new Set(standing)
  const successor = new Map<Standing, Standing>()
  const goesOn: Reconciliation['goesOn'] = []
  const opens: Inferred[] = []
  const widestFirst = [...inferred].sort((a, b) => b.incident.servicePointCount - a.incident.servicePointCount)
  for (const each of widestFirst) {
    const sharing = [...free].filter((candidate) => overlaps(candidate.extent, each.extent)).sort(byClaim(each.device))
    const [heir, ...others] = sharing
    if (!heir) {
      opens.push(each)
      continue
    }
    goesOn.push({ standing: heir, inferred: each })
    free.delete(heir)
    const stillTheirOwn = others.filter((other) =>
      inferred.some((rival) => rival !== each && rival.device.id === other.device.id),
    )
    for (const other of others.filter((candidate) => !stillTheirOwn.includes(candidate))) {
      successor.set(other, heir)
      free.delete(other)
    }
  }
  return {
    goesOn,
    opens,
    swallowed: [...successor].map(([swallowed, by]) => ({ standing: swallowed, by })),
    unfounded: [...free],
  }
}

function byClaim(device: Device) {
  const rank = (each: Standing) => (each.device.id === device.id ? 0 : each.hasCrew ? 1 : 2)
  return (a: Standing, b: Standing) => rank(a) - rank(b) || a.startedAt.getTime() - b.startedAt.getTime()
}
