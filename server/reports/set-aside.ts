// Sets a report aside that has no place and that nobody can find one for. It is kept whole; its caller, or a dispatcher, can still
// say where it was, and then it is judged like any other.
import type { ReportView, SetAsideInput } from '../contract/reports.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { verdictRow } from './keep-report.ts'
import { readReport } from './reads.ts'
import * as sentences from './sentences.ts'

/** Sets report `id` aside for `reason`; throws Refusal `not_found`, or `out_of_order` for one that has its place. */
export function setReportAside(
  database: Database,
  id: string,
  { reason, note }: SetAsideInput,
  actor: string,
): Promise<ReportView> {
  return database.transaction(async (transaction) => {
    await transaction.maybe('reports/lock_report', { id })
    const report = await readReport(transaction, id)
    const { verdict } = report
    if (verdict?.kind !== 'unlocated')
      throw new Refusal('out_of_order', {
        zh: `报修 ${id} 已有位置：只有定不了位的才能搁置`,
        en: `Report ${id} has its place: only one that could not be located is set aside`,
      })
    const looked = verdict.evidence.filter(({ what }) => what !== 'set_aside' && what !== 'note')
    await transaction.touch('reports/put_verdict', {
      report_id: id,
      ...verdictRow({
        kind: 'unlocated',
        rule: 'set_aside',
        says: sentences.setAside(reason),
        evidence: [
          ...looked,
          { what: 'set_aside', value: reason },
          ...(note === undefined ? [] : [{ what: 'note', value: note }]),
        ],
      }),
    })
    const data = { id, reason, note: note ?? null }
    await appendEvent(transaction, {
      name: 'report',
      step: 'set_aside',
      subject_id: id,
      incident_id: null,
      actor,
      data,
    })
    return readReport(transaction, id)
  })
}
