// How sure it is that the device of an inferred incident is the one. The model weighs explanations of what was heard: of a single
// call the caller's own place explains nearly all, which says nothing of whether it is so. Pure.
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import { isStillOut } from '../live/still-out.ts'

/** Nothing that is inferred is certain. */
const most = 0.99

const isInferred = ({ status }: IncidentSummary) => status === 'suspected' || status === 'probable'

/** The share of the incident's own device among its rivals, as it may be said. */
export const shareOf = (incident: IncidentSummary): number =>
  isInferred(incident) ? Math.min(most, incident.probability) : incident.probability

/** The share to be said; `one_call` where nothing but one report speaks for it; null where it is not inferred. */
export function likelihoodOf(incident: IncidentSummary): number | 'one_call' | null {
  if (incident.hazard || !isInferred(incident)) return null
  // One that is still out is taken for probable by its age alone, which is its parent's.
  const isWeighed = incident.status === 'probable' && !isStillOut(incident)
  if (incident.reports === 1 && !isWeighed) return 'one_call'
  return shareOf(incident)
}
