// Places a report by hand, where locating found nothing or several places; it is then judged as if it had come in so.
import type { ReportView } from '../contract/reports.ts'
import { Refusal } from '../contract/refusal.ts'
import { settlingAt, withModel } from '../incidents/index.ts'
import { keepLocation } from './keep-report.ts'
import { readReport } from './reads.ts'
import { judgeAgain, type ReportDeps } from './submit.ts'

/** Puts report `id` on a service point, or on a transformer where the household is not known. */
export function placeReport(
  deps: ReportDeps,
  id: string,
  place: { transformer_id?: string | undefined; service_point_id?: string | undefined },
  actor: string,
): Promise<ReportView> {
  return withModel(deps, async (transaction, model) => {
    const locked = await transaction.maybe<{ taken_by: string }>('reports/lock_report', { id })
    const report = await readReport(transaction, id)
    const found = await transaction.maybe<{ transformer_id: string; service_point_id: string | null }>(
      'reports/find_place',
      {
        transformer_id: place.transformer_id ?? null,
        service_point_id: place.service_point_id ?? null,
      },
    )
    if (!found)
      throw new Refusal('unprocessable', {
        zh: `电网中没有 ${place.service_point_id ?? place.transformer_id}：请给出用电户或配变`,
        en: `${place.service_point_id ?? place.transformer_id} is not in the network: give a service point or a transformer`,
      })
    if (report.verdict?.incident_id)
      throw new Refusal('out_of_order', {
        zh: `报修 ${id} 已属于停电事件 ${report.verdict.incident_id}`,
        en: `Report ${id} is part of incident ${report.verdict.incident_id} already`,
      })
    const settling = await settlingAt(transaction, model, found.transformer_id, deps.now(), actor)
    const located = {
      transformer_id: found.transformer_id,
      ...(found.service_point_id === null ? {} : { service_point_id: found.service_point_id }),
      method: 'by_hand' as const,
      confidence: 1,
    }
    await keepLocation(transaction, id, { located, candidates: [], method: 'by_hand', looked: ['by_hand'] }, actor)
    await judgeAgain(deps, settling, { ...report, ...locked! }, located)
    return readReport(transaction, id)
  })
}
