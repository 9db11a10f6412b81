// The last things that happened, as lines for the wall: from the stream's events, and after a reload from the picture. Pure.
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import type { Picture } from '../live/picture.ts'

export const feedSteps = [
  'opened',
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
export type FeedLine = { id: string; at: string; step: FeedStep; place: string; who: string | null; customers: number }

/** A wall holds no more lines than it can show. */
const kept = 12
const isStep = (step: string): step is FeedStep => (feedSteps as readonly string[]).includes(step)

function lineOf(event: LiveEvent, picture: Picture): FeedLine | null {
  const incident = picture.incidents.get(event.incident_id ?? event.subject_id)
  if (!incident) return null
  const line = { id: String(event.seq), at: event.at, place: incident.place, customers: incident.customers_affected }
  if (event.name === 'incident') {
    const step = isStep(event.step) ? event.step : isStep(incident.status) ? incident.status : null
    return step && { ...line, step, who: null }
  }
  if (event.name !== 'assignment') return null
  const { status, crew_name } = event.data as Partial<AssignmentView>
  return status && isStep(status) ? { ...line, step: status, who: crew_name ?? null } : null
}

/** Newest first; the same step of the same place said twice in a row is one line. */
export function addToFeed(feed: readonly FeedLine[], events: readonly LiveEvent[], picture: Picture): FeedLine[] {
  const lines = [...feed]
  for (const event of events) {
    const line = lineOf(event, picture)
    if (!line) continue
    const same = lines.findIndex((one) => one.place === line.place && one.step === line.step && one.who === line.who)
    if (same >= 0) lines.splice(same, 1)
    lines.unshift(line)
  }
  return lines.slice(0, kept)
}

/** What the first picture says has happened last. */
export function startFeed(picture: Picture): FeedLine[] {
  const lines: FeedLine[] = []
  for (const incident of picture.incidents.values()) {
    const { id, place, started_at, confirmed_at, restored_at, verified_at, customers_affected } = incident
    const line = { place, who: null, customers: customers_affected }
    lines.push({ ...line, id: `${id} opened`, at: started_at, step: 'opened' })
    if (confirmed_at) lines.push({ ...line, id: `${id} confirmed`, at: confirmed_at, step: 'confirmed' })
    if (restored_at) lines.push({ ...line, id: `${id} restored`, at: restored_at, step: 'restored' })
    if (verified_at) lines.push({ ...line, id: `${id} verified`, at: verified_at, step: 'verified' })
  }
  return lines.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, kept)
}
