// Reading incidents; nothing here writes.
import type {
  CauseCode,
  EvidenceView,
  IncidentReceipt,
  IncidentSummary,
  IncidentView,
  NextCheck,
  Recurring,
  Rival,
  TimelineEntry,
  Undoable,
  Verification,
} from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { outStates } from './rules.ts'

type Whole = {
  summary: IncidentSummary
  rivals: Rival[]
  next_check: NextCheck | null
  receipts: IncidentReceipt[]
  cause_code: string | null
  recurring: Recurring
  verification: Verification
  undoable: Undoable | null
  evidence: EvidenceView[]
  timeline: TimelineEntry[]
}

/** One incident with its receipts; throws Refusal `not_found`. */
export async function readIncident(database: Database, id: string, now: Date): Promise<IncidentView> {
  const whole = await database.maybe<Whole>('incidents/read_whole', { id, now })
  if (!whole) throw new Refusal('not_found', { zh: `没有停电事件 ${id}`, en: `There is no incident ${id}` })
  const { summary, ...rest } = whole
  return { ...summary, ...rest }
}

/** The causes that the utility's people pick from. */
export function listCauseCodes(database: Database): Promise<CauseCode[]> {
  return database.replica.rows<CauseCode>('incidents/list_cause_codes')
}

export type IncidentFilter = {
  status?: string | undefined
  bbox?: [number, number, number, number] | undefined
  district?: string | undefined
  since?: string | undefined
  limit: number
  cursor?: string | undefined
}

const everyState = [...outStates, 'restored', 'closed', 'cancelled']

function statusesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null
  const wanted = text.split(',').flatMap((each) => (each === 'open' ? [...outStates, 'restored'] : [each]))
  const unknown = wanted.find((each) => !everyState.includes(each))
  if (unknown !== undefined)
    throw new Refusal('invalid', `status: ${unknown} is no state; there are ${everyState.join(', ')} and open`, [
      { path: 'status', message: 'a known state' },
    ])
  return wanted
}

/** A page of incidents, newest first. */
export async function listIncidents(
  database: Database,
  filter: IncidentFilter,
): Promise<{ items: IncidentSummary[]; next_cursor: string | null }> {
  const [before, before_id] = filter.cursor?.split('~') ?? [null, null]
  if (before !== null && Number.isNaN(Date.parse(before ?? '')))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before', [
      { path: 'cursor', message: 'unknown' },
    ])
  const [west, south, east, north] = filter.bbox ?? [null, null, null, null]
  const rows = await database.replica.rows<{ summary: IncidentSummary; started_at: Date; id: string }>(
    'incidents/list_incidents',
    {
      statuses: statusesOf(filter.status),
      district: filter.district ?? null,
      since: filter.since ?? null,
      west,
      south,
      east,
      north,
      before,
      before_id: before_id ?? null,
      limit: filter.limit,
    },
  )
  const last = rows.length === filter.limit ? rows[rows.length - 1] : undefined
  return {
    items: rows.map((row) => row.summary),
    next_cursor: last ? `${last.started_at.toISOString()}~${last.id}` : null,
  }
}
