// Everything as it was known at a moment that has passed: a snapshot kept before it, and the newest word that each incident and crew
// had been given by then. What became known later is not in it. Cost: the events since the kept snapshot, a few thousand.
import type { CrewView } from '../contract/assignments.ts'
import type { IncidentSummary } from '../contract/incidents.ts'
import type { Counts, Snapshot } from '../contract/live.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { isOnShift } from './on-shift.ts'
import { readSnapshot } from './read-snapshot.ts'

/** A snapshot is kept after so many events: reading that many again takes about 0.1 s. */
const apart = 2000
/** As in sql/live/read_snapshot.sql. */
const restoredStay_ms = 6 * 3_600_000
const withoutSupply = ['suspected', 'probable', 'confirmed', 'partly_restored']

type Kept = { seq: number; at: Date; snapshot: Snapshot }
type Said = { name: 'incident' | 'crew'; at: Date; data: IncidentSummary | CrewView }
type Sources = { database: Database; tail: { readonly seq: number }; now(): Date }

/** Keeps a snapshot where enough has happened since the last, the first one before anything has. */
export async function keepSnapshot({ database, tail, now }: Sources): Promise<void> {
  const kept = await database.one<{ seq: number }>('live/read_kept_head')
  const { seq } = tail
  if (kept.seq >= 0 && seq - kept.seq < apart) return
  const at = now()
  const snapshot = await readSnapshot(database, seq, at)
  await database.touch('live/keep_snapshot', { seq, at, snapshot: JSON.stringify(snapshot), apart })
}

/** The snapshot as of `at`. Throws Refusal for an instant to come, or before anything is known. */
export async function readPastSnapshot(database: Database, at: Date, now: Date): Promise<Snapshot> {
  if (at > now)
    throw new Refusal(
      'invalid',
      { zh: `时刻 ${at.toISOString()} 还没到`, en: `at: ${at.toISOString()} is still to come` },
      [{ path: 'at', message: 'an instant that has passed' }],
    )
  const queries = database.replica
  const until = (await queries.one<{ seq: number | null }>('live/read_seq_at', { at })).seq ?? 0
  const kept = await queries.maybe<Kept>('live/read_kept', { at, seq: until })
  const base = kept?.snapshot ?? emptied(await readSnapshot(database, 0, now))
  const said = await queries.rows<Said>('live/read_last_said', {
    after: kept?.seq ?? 0,
    until,
    at,
  })
  const incidents = new Map(base.incidents.map((incident) => [incident.id, incident]))
  const crews = new Map(base.crews.map((crew) => [crew.id, { crew, at: kept?.at ?? now }]))
  for (const { name, at: saidAt, data } of said) {
    if (name === 'incident') incidents.set(data.id, data as IncidentSummary)
    else crews.set(data.id, { crew: data as CrewView, at: saidAt })
  }
  const shown = [...incidents.values()].filter((incident) => isShown(incident, at)).sort(byStart)
  const { timezone } = base.network
  return {
    ...base,
    seq: until,
    at: at.toISOString(),
    incidents: shown,
    crews: [...crews.values()]
      .map(({ crew, at: saidAt }) => onShiftAt(crew, saidAt, at, timezone))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    counts: recounted(await queries.one<Counts>('live/read_counts_at', { at }), shown),
  }
}

/** Before the first kept snapshot nothing is known but the network and its crews. */
const emptied = (snapshot: Snapshot): Snapshot => ({ ...snapshot, incidents: [] })

function isShown({ status, restored_at }: IncidentSummary, at: Date): boolean {
  if (withoutSupply.includes(status)) return true
  return status === 'restored' && restored_at !== null && Date.parse(restored_at) > at.getTime() - restoredStay_ms
}

const byStart = (a: IncidentSummary, b: IncidentSummary) => Date.parse(a.started_at) - Date.parse(b.started_at)

function recounted(counts: Counts, incidents: IncidentSummary[]): Counts {
  const out = incidents.filter(({ status }) => withoutSupply.includes(status))
  return {
    ...counts,
    customers_out: out.reduce((sum, each) => sum + each.customers_out, 0),
    incidents_open: out.length,
  }
}

/** A crew's shift goes by the clock, not by events: what was said of it then is brought to `at`, but for one taken off duty. */
function onShiftAt(crew: CrewView, saidAt: Date, at: Date, timezone: string): CrewView {
  const takenOff = !crew.on_shift && isOnShift(crew, saidAt, timezone)
  const on_shift = !takenOff && isOnShift(crew, at, timezone)
  const isIdle = crew.assignment_id === null
  return { ...crew, on_shift, status: isIdle ? (on_shift ? 'available' : 'off_duty') : crew.status }
}
