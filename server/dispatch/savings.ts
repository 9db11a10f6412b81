// What sending crews across boundaries has saved today against staying inside districts. Pure.
import type { Savings } from '../contract/plans.ts'

export type Crossing = {
  assignment_id: string
  incident_id: string
  crew_id: string
  arrives_at: Date
  home_arrives_at: Date | null
  customers: number
}

/** A crossing that turned out slower counts against the sum; one with nobody at home to compare with counts for nothing. */
export function savingsOf(since: Date, crossings: Crossing[]): Savings {
  const items = crossings.map((each) => ({
    assignment_id: each.assignment_id,
    incident_id: each.incident_id,
    crew_id: each.crew_id,
    arrives_at: each.arrives_at.toISOString(),
    home_arrives_at: each.home_arrives_at?.toISOString() ?? null,
    minutes: each.home_arrives_at
      ? Math.round((each.home_arrives_at.getTime() - each.arrives_at.getTime()) / 60_000)
      : null,
    customers: each.customers,
  }))
  const reckoned = items.filter((each) => each.minutes !== null)
  const minutes = reckoned.reduce((sum, each) => sum + each.minutes!, 0)
  const customer_minutes = reckoned.reduce((sum, each) => sum + each.minutes! * each.customers, 0)
  return {
    since: since.toISOString(),
    crossings: items.length,
    reckoned: reckoned.length,
    minutes,
    customer_minutes,
    items,
    says: {
      zh: `今日${items.length}次跨区派单，其中${reckoned.length}次可比：派单时本区最快班组的预计到场时刻减去跨区班组的到场时刻，合计${minutes}分钟，乘以当时停电户数合计${customer_minutes}户·分钟。`,
      en: `${items.length} crossings today, ${reckoned.length} of them comparable: when the home district's soonest crew would have arrived, as known at the offer, less when the crossing crew arrives, adds up to ${minutes} min, and times the customers then out to ${customer_minutes} customer-minutes.`,
    },
  }
}
