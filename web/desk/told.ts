// What an incident's course shows of the log: each step once. A crew's own change of state stands there as its assignment's. Pure.
import type { TimelineEntry } from '../../server/contract/incidents.ts'

/** `until`: the moment of the past that is shown; what came after it was not known then. */
export function isTold(entry: TimelineEntry, until: number | null): boolean {
  if (entry.name === 'crew' || (entry.name === 'incident' && entry.step.startsWith('crew_'))) return false
  return until === null || Date.parse(entry.at) <= until
}
