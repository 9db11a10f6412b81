// The causes in the order in which a dispatcher meets them; the type holds the list complete.
import type { Cause } from '../../../server/contract/incidents.ts'

export type { Cause }

const order = {
  equipment: 1,
  weather: 2,
  lightning: 3,
  vegetation: 4,
  public: 5,
  wildlife: 6,
  customer_equipment: 7,
  power_supply: 8,
  planned: 9,
  other: 10,
  unknown: 11,
} satisfies Record<Cause, number>

export const cause = Object.keys(order) as Cause[]
