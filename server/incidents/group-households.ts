// Households of one transformer that call at the same time are taken for one loss of supply: the model, asked a minute too
// early, sees separate faults where the next call shows a common one. They become one incident at their transformer, and
// only those who spoke are taken to be out by it. Pure.
import type { Inferred } from './reconcile.ts'

const belowTransformer = new Set(['service_point', 'meter_box', 'lv_branch'])

/** Joins what lies below one transformer; all else passes unchanged. `nameOf` gives a transformer's identifier. */
export function groupHouseholds(inferred: Inferred[], nameOf: (transformer: number) => string): Inferred[] {
  const byTransformer = new Map<number, Inferred[]>()
  const others: Inferred[] = []
  for (const each of inferred) {
    if (!belowTransformer.has(each.device.kind)) {
      others.push(each)
      continue
    }
    const transformer = each.extent.transformers[0]!
    byTransformer.set(transformer, [...(byTransformer.get(transformer) ?? []), each])
  }
  return [
    ...others,
    ...[...byTransformer].map(([transformer, group]) =>
      group.length === 1 ? group[0]! : join(transformer, group, nameOf),
    ),
  ]
}

function join(transformer: number, group: Inferred[], nameOf: (transformer: number) => string): Inferred {
  const first = [...group].sort((a, b) => b.incident.probability - a.incident.probability)[0]!
  const incidents = group.map((each) => each.incident)
  return {
    device: { id: nameOf(transformer), kind: 'transformer' },
    extent: { transformers: [transformer], points: [...new Set(group.flatMap((each) => each.extent.points ?? []))] },
    incident: {
      ...first.incident,
      rivals: incidents.map(({ device, probability }) => ({ device, probability })),
      evidenceCount: incidents.reduce((sum, each) => sum + each.evidenceCount, 0),
      servicePointCount: incidents.reduce((sum, each) => sum + each.servicePointCount, 0),
      firstSignAt: Math.min(...incidents.map((each) => each.firstSignAt)),
      told: false,
      switched: false,
    },
  }
}
