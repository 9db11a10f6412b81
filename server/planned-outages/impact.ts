// What it means to leave transformers without supply: customers, their hours, critical ones and the generators they need. Pure.
import type { ImpactView } from '../contract/planned-outages.ts'
import { plannedAYear } from './notice.ts'
import { roundHours } from './planned-row.ts'

/** A transformer without supply until `endsAt`. */
export type Patch = { transformerId: string; endsAt: Date }

type Hanging = {
  transformer_id: string
  name: string
  kva: number | null
  feeder_id: string | null
  customers: number
  critical: string[]
  planned_this_year: number
}

/** Adds up what hangs on the patches' transformers; one mobile generator feeds one transformer's board. */
export function impactOf(hanging: readonly Hanging[], startsAt: Date, patches: readonly Patch[]): ImpactView {
  const endsAt = new Map(patches.map((patch) => [patch.transformerId, patch.endsAt]))
  const kinds = new Map<string, number>()
  for (const kind of hanging.flatMap((each) => each.critical)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const hoursOf = (id: string) => ((endsAt.get(id) ?? startsAt).getTime() - startsAt.getTime()) / 3_600_000
  return {
    customers: hanging.reduce((sum, each) => sum + each.customers, 0),
    customer_hours: roundHours(hanging.reduce((sum, each) => sum + each.customers * hoursOf(each.transformer_id), 0)),
    transformers: hanging.length,
    feeder_ids: [...new Set(hanging.flatMap((each) => each.feeder_id ?? []))].sort(),
    critical: [...kinds].sort().map(([kind, customers]) => ({ kind, customers })),
    generators: hanging
      .filter((each) => each.critical.length > 0)
      .map(({ transformer_id, name, kva, critical }) => ({ transformer_id, name, kva, for: critical })),
    often: hanging
      .filter((each) => each.planned_this_year >= plannedAYear)
      .map(({ transformer_id, name, planned_this_year }) => ({
        transformer_id,
        name,
        planned_this_year: planned_this_year + 1,
      })),
  }
}
