// What a past or running incident looks like to the estimates: when it began, what was known of it and when, and its end.
import type { Cause, Stage } from './words.ts'

/** What became known at one instant; a field left out stays as it was, `null` withdraws it. */
export type Revision = {
  at_s: number
  customers?: number
  stage?: Stage
  cause?: Cause
  /** The restoration time that the utility itself said then (seconds since 1970). */
  said_at_s?: number | null
  /** When a crew was then expected on site. */
  crew_at_s?: number | null
  devices?: number
}

export type PastIncident = {
  id: string
  started_s: number
  /** Instants in order; the first is when the incident became known. */
  revisions: Revision[]
  /** When supply was back; where `open` is true, the last instant at which it was still out. */
  ended_s: number
  open: boolean
  /** Announced ahead: counted as load, never learned from or predicted. */
  planned: boolean
  lon: number
  lat: number
  district?: string
  equipment_kind?: string
  storm?: boolean
}
