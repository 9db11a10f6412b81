// Major event days by the 2.5 beta method (IEEE 1366-2022, clause 5 and annex B): a day whose SAIDI is beyond what the days
// of five years before lead one to expect, their logarithms taken as normal. Pure; linear in the days.

/** What began on one day of the network's own calendar, whole: an interruption counts to the day it began on. */
export type Day = { date: string; customer_s: number }

export type Threshold = {
  /** A day with a SAIDI above this is a major event day; null where there are too few days to say. */
  saidi_min: number | null
  /** Days with any interruption that it was learned from. */
  days: number
}

/** A standard deviation from fewer days than these says nothing; the standard wants five years and takes what there is. */
const fewestDays = 30

/** The threshold from the days before the period; those without any interruption have no logarithm and are left out. */
export function thresholdOf(before: readonly Day[], customers_served: number): Threshold {
  const logs = before.filter((day) => day.customer_s > 0).map((day) => Math.log(day.customer_s / 60 / customers_served))
  if (logs.length < fewestDays || customers_served <= 0) return { saidi_min: null, days: logs.length }
  const alpha = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const beta = Math.sqrt(logs.reduce((sum, log) => sum + (log - alpha) ** 2, 0) / (logs.length - 1))
  return { saidi_min: Math.exp(alpha + 2.5 * beta), days: logs.length }
}

/** The days of `days` that lie above the threshold. */
export function majorEventDays(days: readonly Day[], threshold: Threshold, customers_served: number): string[] {
  const { saidi_min } = threshold
  if (saidi_min === null) return []
  return days.filter((day) => day.customer_s / 60 / customers_served > saidi_min).map((day) => day.date)
}
