// The truth of a replay: what is broken, who works on it, when it was repaired. The service knows none of it but by what it hears.
import { overlaps } from '../../server/incidents/index.ts'
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

export const isOpen = ({ startedAt_ms, repairedAt_ms }: Damage, now_ms: number): boolean =>
  startedAt_ms <= now_ms && repairedAt_ms === null

/** Who gets supply when `damage` is repaired: those below it whom no other damage keeps dark. */
export function litBy(damage: Damage, damages: Damage[], now_ms: number): Customer[] {
  const others = damages.filter(
    (each) => each !== damage && isOpen(each, now_ms) && overlaps(each.extent, damage.extent),
  )
  const dark = new Set(others.flatMap(({ below }) => below.map(({ id }) => id)))
  return damage.below.filter(({ id }) => !dark.has(id))
}

/**
 * Customer-minutes as they really were: each customer's time below at least one damage, from its beginning to its repair; open ones to
 * `now`.
 */
export function trueCustomerMinutes(damages: Damage[], now_ms: number): number {
  const darkUntil_ms = new Map<string, number>()
  let sum_ms = 0
  for (const { below, startedAt_ms, repairedAt_ms } of damages.toSorted((a, b) => a.startedAt_ms - b.startedAt_ms))
    for (const { id } of below) {
      const until_ms = darkUntil_ms.get(id) ?? -Infinity
      const end_ms = Math.max(until_ms, repairedAt_ms ?? now_ms)
      sum_ms += Math.max(0, end_ms - Math.max(startedAt_ms, until_ms))
      darkUntil_ms.set(id, end_ms)
    }
  return sum_ms / 60_000
}
