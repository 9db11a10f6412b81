// The indices of reliability from tallies of interruptions: IEEE 1366-2022, and the names and units of DL/T 836. Pure.
// A tally can be added up from a list or by the database; both give the same numbers.

/** One service point's time without supply. */
export type Interrupted = { service_point_id: string; duration_s: number }

/** What a list of interruptions comes to, as far as the indices need it. */
export type Tally = {
  /** Sustained interruptions, one for each service point each time (customer interruptions). */
  sustained: number
  /** The length of the sustained ones, added up. */
  customer_s: number
  /** Interruptions of `momentary_min` or less. */
  momentary: number
  /** `customers_by_count[k]` service points had exactly k + 1 sustained interruptions. */
  customers_by_count: number[]
}

/** What the sums are divided by. */
export type Base = { customers_served: number; period_s: number }

/** An index is null where there is nothing to divide by. */
export type Indices = {
  saidi_min: number | null
  saifi: number | null
  caidi_min: number | null
  ctaidi_min: number | null
  asai: number | null
  maifi: number | null
  /** Share of customers with n or more sustained interruptions, n from 1. */
  cemi: { n: number; share: number | null }[]
}

export const emptyTally: Tally = { sustained: 0, customer_s: 0, momentary: 0, customers_by_count: [] }

/** IEEE 1366: five minutes or less is momentary. */
export const momentary_min = 5
/** CEMI is said for one to this many interruptions. */
const cemiUpTo = 5

/** Adds a list up; one that lasts `limit_min` or less is momentary. Linear in the list. */
export function tallyOf(list: readonly Interrupted[], limit_min = momentary_min): Tally {
  const counts = new Map<string, number>()
  let customer_s = 0
  let sustained = 0
  for (const { service_point_id, duration_s } of list) {
    if (duration_s <= limit_min * 60) continue
    sustained++
    customer_s += duration_s
    counts.set(service_point_id, (counts.get(service_point_id) ?? 0) + 1)
  }
  const customers_by_count: number[] = []
  for (const count of counts.values()) {
    while (customers_by_count.length < count) customers_by_count.push(0)
    customers_by_count[count - 1]!++
  }
  return { sustained, customer_s, momentary: list.length - sustained, customers_by_count }
}

/** The indices of `tally` over `base` (IEEE 1366-2022, clause 3). */
export function indicesOf(tally: Tally, { customers_served, period_s }: Base): Indices {
  const per = (value: number, by: number) => (by > 0 ? value / by : null)
  const saidi_min = per(tally.customer_s / 60, customers_served)
  const withAtLeast = (n: number) => tally.customers_by_count.slice(n - 1).reduce((sum, count) => sum + count, 0)
  return {
    saidi_min,
    saifi: per(tally.sustained, customers_served),
    caidi_min: per(tally.customer_s / 60, tally.sustained),
    ctaidi_min: per(tally.customer_s / 60, withAtLeast(1)),
    asai: saidi_min === null || period_s <= 0 ? null : 1 - (saidi_min * 60) / period_s,
    maifi: per(tally.momentary, customers_served),
    cemi: Array.from({ length: cemiUpTo }, (_, index) => ({
      n: index + 1,
      share: per(withAtLeast(index + 1), customers_served),
    })),
  }
}

export type NamedIndex = { name: string; symbol: string; value: number | null; unit: string }

/** The same by the names of DL/T 836.1 and in its units: hours and percent, never minutes. */
export function namedIndices(indices: Indices): NamedIndex[] {
  const hours = (value_min: number | null) => (value_min === null ? null : value_min / 60)
  return [
    { name: '平均供电可靠率', symbol: 'ASAI', value: indices.asai === null ? null : indices.asai * 100, unit: '%' },
    { name: '系统平均停电时间', symbol: 'SAIDI', value: hours(indices.saidi_min), unit: 'h/户' },
    { name: '系统平均停电频率', symbol: 'SAIFI', value: indices.saifi, unit: '次/户' },
    { name: '用户平均停电时间', symbol: 'CAIDI', value: hours(indices.caidi_min), unit: 'h/次' },
    { name: '停电用户平均停电时间', symbol: 'CTAIDI', value: hours(indices.ctaidi_min), unit: 'h/户' },
    { name: '系统平均短时停电频率', symbol: 'MAIFI', value: indices.maifi, unit: '次/户' },
  ]
}
