// The last things that happened, as lines for the wall: from the stream's events, and after a reload from the picture. Pure.
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { Picture } from '../live/picture.ts'

export const feedSteps = [
  'opened',
  'hazard',
  'still_out',
  'confirmed',
  'partly_restored',
  'restored',
  'verified',
  'cancelled',
  'merged',
  'en_route',
  'on_site',
  'finished',
] as const
export type FeedStep = (typeof feedSteps)[number]
/** `incident`: whose line it is; its number tells it from another of the same place. */
export type FeedLine = {
  id: string
  at: string
  step: FeedStep
  incident: string
  number: number
  place: string
  who: string | null
  customers: number
}

/** A wall holds no more lines than it can show. */
const kept = 12
const isStep = (step: string): step is FeedStep => (feedSteps as readonly string[]).includes(step)
/** Steps of the log that come to the same for who looks at a wall; what is not among these and not a step of the feed is no news. */
const sameAs: Readonly<Record<string, FeedStep>> = {
  verify: 'restored',
  withdrawn: 'cancelled',
  split_off: 'opened',
  out_again: 'opened',
}

/** An incident that begins: what kind of trouble it is. */
const openingOf = ({ hazard, parent_id }: IncidentSummary): FeedStep =>
  hazard ? 'hazard' : parent_id !== null ? 'still_out' : 'opened'

const lineFrom = ({ id, number, place, customers_affected }: IncidentSummary) => ({
  incident: id,
  number,
  place,
  who: null,
  customers: customers_affected,
})

function lineOf(event: LiveEvent, picture: Picture): FeedLine | null {
  const incident = picture.incidents.get(event.incident_id ?? event.subject_id)
  if (!incident) return null
  const line = { ...lineFrom(incident), id: String(event.seq), at: event.at }
  if (event.name === 'incident') {
    const step = sameAs[event.step] ?? (isStep(event.step) ? event.step : null)
    return step && { ...line, step: step === 'opened' ? openingOf(incident) : step }
  }
  if (event.name !== 'assignment') return null
  const { status, crew_name } = event.data as Partial<AssignmentView>
  return status && isStep(status) ? { ...line, step: status, who: crew_name ?? null } : null
}

/** Newest first; the same step of the same incident, said again, is one line: another one of the same place has its own. */
export function addToFeed(feed: readonly FeedLine[], events: readonly LiveEvent[], picture: Picture): FeedLine[] {
  const lines = [...feed]
  for (const event of events) {
    const line = lineOf(event, picture)
    if (!line) continue
    const same = lines.findIndex(
      (one) => one.incident === line.incident && one.step === line.step && one.who === line.who,
    )
    if (same >= 0) lines.splice(same, 1)
    lines.unshift(line)
  }
  return lines.slice(0, kept)
}

/** "Still out" is reckoned from its parent's first minute; it was said after that one's restoration. */
function beganAt({ parent_id, started_at }: IncidentSummary, picture: Picture): string {
  return (parent_id !== null && picture.incidents.get(parent_id)?.restored_at) || started_at
}

/** What the first picture says has happened last. */
export function startFeed(picture: Picture): FeedLine[] {
  const lines: FeedLine[] = []
  for (const incident of picture.incidents.values()) {
    const { id, confirmed_at, restored_at, verified_at } = incident
    const line = lineFrom(incident)
    lines.push({ ...line, id: `${id} opened`, at: beganAt(incident, picture), step: openingOf(incident) })
    if (confirmed_at) lines.push({ ...line, id: `${id} confirmed`, at: confirmed_at, step: 'confirmed' })
    if (restored_at) lines.push({ ...line, id: `${id} restored`, at: restored_at, step: 'restored' })
    if (verified_at) lines.push({ ...line, id: `${id} verified`, at: verified_at, step: 'verified' })
  }
  return lines.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, kept)
}
