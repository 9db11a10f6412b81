// Places an unlocated report by whoever made it: at one of the places that they were asked about, or by what they write instead. It
// stays the same report, however often they try.
import type { CallerPlace, LocateCandidate, ReportAnswer, ReportInput, ReportView } from '../contract/reports.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Transaction } from '../database/index.ts'
import { settlingAt, withModel } from '../incidents/index.ts'
import { forStranger } from './for-stranger.ts'
import { keepLocation, keepVerdict } from './keep-report.ts'
import { locate, type Location } from './locate.ts'
import { lookedBy, offeredPlaces } from './offered.ts'
import { readReport } from './reads.ts'
import { answerOf, judgeAgain, unlocated, type ReportDeps } from './submit.ts'

/** Places the report that is followed by `token`; throws Refusal `not_found`, `out_of_order` or `unprocessable`. */
export async function placeByCaller(
  deps: ReportDeps,
  token: string,
  place: CallerPlace,
  actor: string,
): Promise<ReportAnswer> {
  const answer = await withModel(deps, async (transaction, model) => {
    const followed = await transaction.maybe<{ id: string; taken_by: string }>('reports/lock_followed', { token })
    if (!followed)
      throw new Refusal('not_found', { zh: '没有这个报修，请检查链接', en: 'There is no report of this link' })
    const report = await readReport(transaction, followed.id)
    if (report.verdict?.kind !== 'unlocated')
      throw new Refusal('out_of_order', {
        zh: '这个报修已有位置：请用它的链接查看进展',
        en: 'This report has its place already: follow it by its link',
      })
    const location = await locationOf(transaction, report, place)
    const { located } = location
    if (located) {
      const settling = await settlingAt(transaction, model, located.transformer_id, deps.now(), actor)
      await keepLocation(transaction, report.id, location, actor)
      await judgeAgain(deps, settling, { ...report, taken_by: followed.taken_by }, located)
    } else {
      const { id, channel, symptom } = report
      await keepLocation(transaction, id, location, actor)
      const reportedAt = new Date(report.reported_at)
      const incoming = { id, input: { channel, symptom }, reportedAt, now: deps.now(), actor }
      await keepVerdict(transaction, incoming, null, saying(unlocated(location, report), place))
    }
    const { verdict } = await readReport(transaction, report.id)
    return answerOf(report.id, location, verdict!, report.repeats, token)
  })
  return forStranger(answer)
}

async function locationOf(transaction: Transaction, report: ReportView, place: CallerPlace): Promise<Location> {
  if ('candidate' in place) return chosen(report, place.candidate)
  const input: ReportInput = { channel: report.channel, symptom: report.symptom, ...place }
  return locate(transaction, input)
}

/** The place of this name among those that the caller was asked about; of two households of one name only their transformer. */
function chosen(report: ReportView, label: string): Location {
  const looked = lookedBy(report.verdict!.evidence)
  const named = offeredPlaces(report.candidates, looked).filter((each) => each.label === label)
  const [first] = named
  if (!first || named.some((each) => each.transformer_id !== first.transformer_id))
    throw new Refusal(
      'unprocessable',
      { zh: '请从给出的地点中选一个', en: 'candidate: one of those that the report was answered with' },
      [{ path: 'candidate', message: 'not offered' }],
    )
  return { located: locatedAt(first, named.length === 1), candidates: [], method: 'address', looked }
}

function locatedAt({ transformer_id, service_point_id }: LocateCandidate, isAlone: boolean) {
  const household = isAlone && service_point_id !== undefined ? { service_point_id } : {}
  return { transformer_id, ...household, method: 'address' as const, confidence: 1 }
}

/** What the caller wrote stands among the receipts, where staff see it: the report itself is never edited. */
function saying<V extends { evidence: { what: string; value: string }[] }>(verdict: V, place: CallerPlace): V {
  const said = Object.values(place).find((each): each is string => typeof each === 'string')
  return said === undefined
    ? verdict
    : { ...verdict, evidence: [...verdict.evidence, { what: 'place_said', value: said }] }
}
