// By when a request must be answered, and when its owner is warned. Pure.
import type { RequestKind } from '../contract/requests.ts'
import type { Says } from '../contract/shapes.ts'

const hour_ms = 3_600_000

/** What the hotline's rules give: a complaint 5 days, a question 2, anything else 9. */
const answer_h: Record<RequestKind, number> = { complaint: 120, question: 48, other: 216 }
/** Whom an hour without supply costs most (class A) is answered in half the time. */
const classShare: Record<string, number> = { A: 0.5 }
/** A quarter of the time is left: enough to explain before the deadline is missed. */
export const warnShare = 0.25
/** An explanation puts a deadline off at most this often; after that it is answered, or missed. */
export const explanations = 2

/** `customerClass`: of the customer that asks, where it is known. */
export function dueAt(kind: RequestKind, receivedAt: Date, customerClass: string | null = null): Date {
  const share = classShare[customerClass ?? ''] ?? 1
  return new Date(receivedAt.getTime() + share * answer_h[kind] * hour_ms)
}

export function isToWarn(request: { received_at: Date; due_at: Date }, now: Date): boolean {
  const { received_at: received, due_at: due } = request
  return now.getTime() >= due.getTime() - warnShare * (due.getTime() - received.getTime())
}

/** Why an explanation may not put the deadline off to `until`, or null. */
export function refusalToPutOff(request: { due_at: Date; explained: number }, until: Date, now: Date): Says | null {
  if (now >= request.due_at)
    return {
      zh: '期限已过：说明须在期限之前；请直接答复',
      en: 'its deadline has passed: an explanation comes before that; answer it',
    }
  if (request.explained >= explanations)
    return {
      zh: `已延期 ${explanations} 次：请直接答复`,
      en: `it was put off ${explanations} times already: answer it`,
    }
  if (until <= request.due_at)
    return { zh: '新的期限须晚于原来的期限', en: 'until must be later than the deadline it has' }
  return null
}
