// The truth of a replay: what is broken, who works on it, when it was repaired. The service knows none of it but by what it hears.
import type { LaidOutage } from './lay.ts'
import type { Customer } from './voices.ts'

export type Damage = LaidOutage & {
  below: Customer[]
  crew_id: string | null
  repairedAt_ms: number | null
  /** How often its customers have called again. */
  calls: number
}

export const asDamage = (outage: LaidOutage, below: Customer[]): Damage => ({
  ...outage,
  below,
  crew_id: null,
  repairedAt_ms: null,
  calls: 0,
})

/** Customer-minutes as they really were, each customer of a damage from its beginning to its repair; open ones to `now`. */
export function trueCustomerMinutes(damages: Damage[], now_ms: number): number {
  return damages.reduce(
    (sum, { customers, startedAt_ms, repairedAt_ms }) =>
      sum + (customers * Math.max(0, (repairedAt_ms ?? now_ms) - startedAt_ms)) / 60_000,
    0,
  )
}
