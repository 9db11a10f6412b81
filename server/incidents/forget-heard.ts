// What was heard of an incident is settled: nothing more is inferred from it.
import { sectionsOfUnit } from './grid-model.ts'
import type { Settling } from './settling.ts'

/** Evidence that is explained for certain goes no further: every server's engines of its sections begin anew without it. */
export function forgetHeard({ transaction, model, sections, now }: Settling, incidentId: string): void {
  const names = sections.map(({ name }) => name)
  transaction.send('incidents/clear_evidence', { incident_id: incidentId, at: now })
  transaction.send('incidents/bump_sections', { names })
  for (const unit of model.engines.keys())
    if (sectionsOfUnit(model, unit).some((name) => names.includes(name))) model.engines.delete(unit)
}
