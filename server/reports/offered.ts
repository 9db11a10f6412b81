// Which of the places that a report may have come from its own caller is asked about: streets like the one that they wrote, and
// never where a phone or an account lives. Pure.
import type { LocateCandidate, Receipt } from '../contract/reports.ts'

/** Locating lists five at most, so that five stand for five or more: more than four are not a question but a search. */
const mostOffered = 4
/** Likeness within which one place is as good as the best. */
const closeBy = 0.1

/** `looked`: what the report was looked for by. Empty where there is nothing to choose from, or too much. */
export function offeredPlaces(candidates: LocateCandidate[], looked: string[]): LocateCandidate[] {
  const [best] = candidates
  if (!best || looked.some((what) => what !== 'address')) return []
  if (candidates.length <= mostOffered) return candidates
  const close = candidates.filter((each) => best.confidence - each.confidence < closeBy)
  return close.length <= mostOffered ? close : []
}

/** What a report was looked for by, from the receipts of its verdict. */
export const lookedBy = (evidence: Receipt[]): string[] =>
  evidence.filter(({ what }) => what === 'looked_by').map(({ value }) => value)
