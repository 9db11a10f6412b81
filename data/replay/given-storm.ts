// A storm as a file gives it, before it is laid onto a network: where each loss of supply was, how many customers it held, how
// long the work on site really took.
import type { Cause } from '../../server/contract/incidents.ts'

export type StormOutage = {
  id: string
  startedAt_ms: number
  customers: number
  /** Any plane: only the order along each axis is used. */
  x: number
  y: number
  cause: Cause
  /** Where the file does not tell it, it is drawn. */
  onSite_s: number | null
}

export type GivenStorm = { name: string; outages: StormOutage[] }

/** The file cannot be played: one line that says where, what is wrong and what would be right. */
export class StormRefusal extends Error {}
