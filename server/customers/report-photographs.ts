// Pictures that customers add to their reports, by the link that follows a report and nothing else.
import { mostReportPhotographs } from '../contract/photograph-limits.ts'
import type { PhotographType, ReportPhotographView } from '../contract/photographs.ts'
import { checkPicture } from '../contract/picture.ts'
import { Refusal } from '../contract/refusal.ts'
import { createId, type Database, type Queries } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'

/**
 * Keeps a picture with the report of this token. Throws Refusal `too_large`, `invalid` for what is no picture, `not_found` for an
 * unknown token and `unprocessable` for one too many.
 */
export function keepReportPhotograph(
  database: Database,
  token: string,
  picture: Uint8Array,
  now: Date,
): Promise<{ id: string }> {
  const media_type = checkPicture(picture)
  return database.transaction(async (transaction) => {
    const report = await transaction.maybe<{ id: string; incident_id: string | null }>(
      'customers/read_followed_report',
      {
        token,
      },
    )
    if (!report)
      throw new Refusal('not_found', { zh: '没有这个报修，请检查链接', en: 'There is no report of this link' })
    const id = createId('photo')
    const kept = await transaction.touch('customers/put_report_photograph', {
      id,
      report_id: report.id,
      received_at: now,
      media_type,
      picture: Buffer.from(picture),
      most: mostReportPhotographs,
    })
    if (kept === 0)
      throw new Refusal('unprocessable', {
        zh: `这个报修已有 ${mostReportPhotographs} 张照片：不能再加`,
        en: `The report has ${mostReportPhotographs} photographs: no more are taken`,
      })
    await appendEvent(transaction, {
      name: 'report',
      step: 'photographed',
      subject_id: report.id,
      incident_id: report.incident_id,
      actor: 'public',
      data: { photograph_id: id },
    })
    return { id }
  })
}

type Row = Omit<ReportPhotographView, 'received_at'> & { received_at: Date }

/** The pictures of an incident's reports, oldest first. */
export async function listReportPhotographs(
  queries: Queries,
  incidentId: string,
  limit: number,
): Promise<ReportPhotographView[]> {
  const rows = await queries.rows<Row>('customers/list_report_photographs', { incident_id: incidentId, limit })
  return rows.map((row) => ({ ...row, received_at: row.received_at.toISOString() }))
}

/** A picture; throws Refusal `not_found`. */
export async function readReportPhotograph(
  queries: Queries,
  id: string,
): Promise<{ media_type: PhotographType; picture: Buffer }> {
  const row = await queries.maybe<{ media_type: PhotographType; picture: Buffer }>('customers/read_report_photograph', {
    id,
  })
  if (!row) throw new Refusal('not_found', { zh: `没有照片 ${id}`, en: `There is no photograph ${id}` })
  return row
}
