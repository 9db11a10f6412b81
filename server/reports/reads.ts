// Reading reports; staff only.
import type { ReportView } from '../contract/reports.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database, Queries } from '../database/index.ts'

export type ReportFilter = {
  kind?: string | undefined
  incident_id?: string | undefined
  transformer_id?: string | undefined
  since?: string | undefined
  set_aside?: 'true' | 'false' | undefined
  limit: number
  cursor?: string | undefined
}

type Row = Omit<ReportView, 'reported_at' | 'received_at'> & { reported_at: Date; received_at: Date }

const nothing = {
  id: null,
  kind: null,
  incident_id: null,
  transformer_id: null,
  since: null,
  set_aside: null,
  before: null,
  before_id: null,
}

function viewOf(row: Row): ReportView {
  return { ...row, reported_at: row.reported_at.toISOString(), received_at: row.received_at.toISOString() }
}

/** A page of reports, newest first. */
export async function listReports(
  database: Database,
  filter: ReportFilter,
): Promise<{ items: ReportView[]; next_cursor: string | null }> {
  const { cursor, ...wanted } = filter
  const [before, before_id] = cursor?.split('~') ?? [null, null]
  if (before !== null && Number.isNaN(Date.parse(before ?? '')))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before', [
      { path: 'cursor', message: 'unknown' },
    ])
  const rows = await database.replica.rows<Row>('reports/list_reports', {
    ...nothing,
    ...wanted,
    before,
    before_id: before_id ?? null,
  })
  const last = rows.length === filter.limit ? rows[rows.length - 1] : undefined
  return { items: rows.map(viewOf), next_cursor: last ? `${last.received_at.toISOString()}~${last.id}` : null }
}

/** One report; throws Refusal `not_found`. */
export async function readReport(queries: Queries, id: string): Promise<ReportView> {
  const row = await queries.maybe<Row>('reports/list_reports', { ...nothing, id, limit: 1 })
  if (!row) throw new Refusal('not_found', { zh: `没有报修 ${id}`, en: `There is no report ${id}` })
  return viewOf(row)
}
