// What somebody is answered who has not shown that the household is theirs: whether their report was found and what is so for the
// place, and neither where others live nor what concerns one account alone. Pure.
import { isStranger } from '../access/index.ts'
import type { LocateCandidate, LocateMethod, ReportAnswer, Verdict } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'
import { lookedBy, offeredPlaces } from './offered.ts'
import { saysHolderOnly } from '../status/index.ts'

/** Unpaid, or a meter that has supply: one answer for both, so that neither can be told from it. */
export const concernsAccount = (verdict: Pick<Verdict, 'kind' | 'rule'>): boolean =>
  verdict.kind === 'nonpayment' || verdict.rule === 'meter_has_supply'

const numbers: readonly LocateMethod[] = ['account', 'meter', 'phone']

/** A household that was found by a number alone: whoever gave it need not know where it is, and is not told. */
export const isUnnamed = (actor: string, method: LocateMethod): boolean => isStranger(actor) && numbers.includes(method)

/** The sentence of a verdict as a stranger may read it. */
export const saysToStranger = (verdict: Pick<Verdict, 'kind' | 'rule' | 'says'>): Says =>
  concernsAccount(verdict) ? saysHolderOnly : verdict.says

/** The verdict without its receipts, which name meters, other calls and who is on life support. */
function verdictForStranger(verdict: Verdict): Verdict {
  if (!concernsAccount(verdict)) return { ...verdict, evidence: [] }
  return { kind: 'verify_first', rule: 'account_holder', says: saysHolderOnly, evidence: [] }
}

/** A place that the caller is asked about, by what they wrote of it. */
const withoutHousehold = ({ transformer_id, label, confidence }: LocateCandidate): LocateCandidate => ({
  transformer_id,
  label,
  confidence,
})

export function forStranger(answer: ReportAnswer): ReportAnswer {
  const { candidates, located, verdict, ...rest } = answer
  const shown = located
    ? { transformer_id: located.transformer_id, method: located.method, confidence: located.confidence }
    : null
  const offered = located ? [] : offeredPlaces(candidates ?? [], lookedBy(verdict.evidence))
  return {
    ...rest,
    verdict: verdictForStranger(verdict),
    located: shown,
    ...(candidates ? { candidates: offered.map(withoutHousehold) } : {}),
  }
}
