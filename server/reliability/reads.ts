// The indices over the interruptions of a period, and those interruptions one by one; nothing here writes.
import type { Cause } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { InterruptionView, ReliabilityAnswer, ReliabilityFilter } from '../contract/reliability.ts'
import type { Queries } from '../database/index.ts'
import { emptyTally, indicesOf, namedIndices, type Base, type Tally } from './indices.ts'
import { majorEventDays, thresholdOf, type Day, type Threshold } from './major-event-days.ts'

/** The standard learns from five years. */
const history_years = 5
const longest_days = 400
const day_ms = 86_400_000

/** A filter with its period settled: the values that every statement of this room takes. */
export type Asked = {
  from: Date
  to: Date
  counted_to: Date
  group: string | null
  district: string | null
  feeder: string | null
  cause: Cause | null
  momentary_s: number
}

/** Settles the period; throws Refusal `invalid` where it is none. */
export function askedOf(filter: ReliabilityFilter, now: Date): Asked {
  const to = new Date(Math.min(filter.to ? Date.parse(filter.to) : now.getTime(), now.getTime()))
  const from = filter.from ? new Date(filter.from) : new Date(to.getTime() - 365 * day_ms)
  const wrong = (zh: string, en: string) =>
    new Refusal('invalid', { zh, en: `from: ${en}` }, [{ path: 'from', message: en }])
  if (from >= to) throw wrong('开始须早于结束，也不能晚于现在', 'before `to`, and not in the future')
  if ((filter.group === 'month' || filter.group === 'day') && to.getTime() - from.getTime() > longest_days * day_ms)
    throw wrong(
      `按日或按月统计时，最多 ${longest_days} 天`,
      `at most ${longest_days} days before \`to\` when grouped by ${filter.group}`,
    )
  const counted_to = filter.counted_to ? new Date(Math.min(Date.parse(filter.counted_to), to.getTime())) : to
  const { group = null, district = null, feeder = null, cause = null } = filter
  return { from, to, counted_to, group, district, feeder, cause, momentary_s: filter.momentary_min * 60 }
}

type TallyRow = { key: string | null; customers_by_times: Record<string, number> } & Omit<Tally, 'customers_by_count'>

async function readTallies(
  queries: Queries,
  asked: Asked,
  days_left_out: string[],
): Promise<Map<string | null, Tally>> {
  const rows = await queries.rows<TallyRow>('reliability/tally', { ...asked, days_left_out })
  return new Map(
    rows.map(({ key, customers_by_times, ...sums }) => {
      const most = Math.max(0, ...Object.keys(customers_by_times).map(Number))
      const customers_by_count = Array.from({ length: most }, (_, index) => customers_by_times[index + 1] ?? 0)
      return [key, { ...sums, customers_by_count }]
    }),
  )
}

/** Which days of the period were major event days, for the whole system whatever is asked of it. */
export async function readMajorEventDays(
  queries: Queries,
  asked: Asked,
): Promise<{ threshold: Threshold; days: string[] }> {
  const history_from = new Date(asked.from)
  history_from.setUTCFullYear(history_from.getUTCFullYear() - history_years)
  const days = await queries.rows<Day & { before: boolean }>('reliability/read_days', { ...asked, history_from })
  const everybody = await readServed(queries, { ...asked, group: null, district: null, feeder: null })
  const customers = everybody[0]?.customers_served ?? 0
  const before = days.filter((day) => day.before)
  const threshold = thresholdOf(before, customers)
  const within = days.filter((day) => !day.before)
  return { threshold, days: majorEventDays(within, threshold, customers) }
}

type Served = { key: string | null; name: string | null; customers_served: number }

function readServed(queries: Queries, { group, district, feeder }: Asked): Promise<Served[]> {
  return queries.rows<Served>('reliability/count_served', { group, district, feeder })
}

/** The indices of the whole and of each group, by all interruptions and without the major event days. */
export async function readReliability(queries: Queries, asked: Asked, limit: number): Promise<ReliabilityAnswer> {
  const { threshold, days } = await readMajorEventDays(queries, asked)
  const whole = { ...asked, group: null }
  const [served] = await readServed(queries, whole)
  const base = {
    customers_served: served?.customers_served ?? 0,
    period_s: (asked.to.getTime() - asked.from.getTime()) / 1000,
  }
  const total = await compare(queries, whole, days)
  const groups = asked.group === null ? [] : await readGroups(queries, asked, base, days)
  const href = `/api/reliability/interruptions?${new URLSearchParams(wordsOf(asked))}`
  return {
    from: asked.from.toISOString(),
    to: asked.to.toISOString(),
    counted_to: asked.counted_to.toISOString(),
    momentary_min: asked.momentary_s / 60,
    major_event_days: { threshold_saidi_min: threshold.saidi_min, learned_from_days: threshold.days, days },
    total: total(null, base),
    groups,
    interruptions: { ...(await listInterruptions(queries, asked, days, limit, null)), href },
  }
}

async function readGroups(
  queries: Queries,
  asked: Asked,
  base: Base,
  days: string[],
): Promise<ReliabilityAnswer['groups']> {
  const figures = await compare(queries, asked, days)
  const parts: (Base & { key: string | null; name: string | null })[] =
    asked.group === 'district' || asked.group === 'feeder'
      ? (await readServed(queries, asked)).map((served) => ({ ...served, period_s: base.period_s }))
      : asked.group === 'cause'
        ? figures.keys.map((key) => ({ key, name: key, ...base }))
        : (await queries.rows<{ key: string; period_s: number }>('reliability/read_calendar', asked)).map((each) => ({
            ...each,
            name: each.key,
            customers_served: base.customers_served,
          }))
  return parts.map(({ key, name, ...own }) => ({ key, name: name ?? key, ...figures(key, own) }))
}

/** Reads the tallies with and without the days, and says both of a group. */
async function compare(queries: Queries, asked: Asked, days: string[]) {
  const all = await readTallies(queries, asked, [])
  const without = days.length === 0 ? all : await readTallies(queries, asked, days)
  const say = (key: string | null, base: Base) => ({
    ...base,
    ...figuresOf(all.get(key) ?? emptyTally, base),
    without_major_event_days: figuresOf(without.get(key) ?? emptyTally, {
      ...base,
      period_s: Math.max(0, base.period_s - days.length * (day_ms / 1000)),
    }),
  })
  return Object.assign(say, { keys: [...all.keys()] })
}

function figuresOf(tally: Tally, base: Base) {
  const indices = indicesOf(tally, base)
  return {
    customer_interruptions: tally.sustained,
    customer_s: tally.customer_s,
    customers_interrupted: tally.customers_by_count.reduce((sum, count) => sum + count, 0),
    momentary_interruptions: tally.momentary,
    indices,
    dl_t_836: namedIndices(indices),
  }
}

type InterruptionRow = Omit<InterruptionView, 'started_at' | 'ended_at' | 'kind' | 'major_event_day'> & {
  started_at: Date
  ended_at: Date | null
  local_day: string
}

async function listInterruptions(
  queries: Queries,
  asked: Asked,
  days: string[],
  limit: number,
  cursor: string | null,
): Promise<{ items: InterruptionView[]; next_cursor: string | null }> {
  const [after, after_id] = cursor?.split('~') ?? [null, null]
  if (cursor !== null && !/^\d{4}-[^~]+Z~\d+$/.test(cursor))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before', [
      { path: 'cursor', message: 'unknown' },
    ])
  const rows = await queries.rows<InterruptionRow>('reliability/list_interruptions', {
    ...asked,
    after,
    after_id,
    limit,
  })
  const items = rows.map(({ local_day, started_at, ended_at, ...row }) => ({
    ...row,
    started_at: started_at.toISOString(),
    ended_at: ended_at?.toISOString() ?? null,
    kind: row.duration_s > asked.momentary_s ? ('sustained' as const) : ('momentary' as const),
    major_event_day: days.includes(local_day),
  }))
  const last = items.length === limit ? items[items.length - 1] : undefined
  return { items, next_cursor: last ? `${last.started_at}~${last.id}` : null }
}

/** A page of the interruptions that the indices add up. */
export async function readInterruptions(queries: Queries, asked: Asked, limit: number, cursor: string | null) {
  const { days } = await readMajorEventDays(queries, asked)
  return listInterruptions(queries, asked, days, limit, cursor)
}

/** The same question as a query: what its list is asked by. */
function wordsOf(asked: Asked): Record<string, string> {
  const { district, feeder, cause } = asked
  const given = Object.entries({ district, feeder, cause }).filter(
    (entry): entry is [string, Cause] => entry[1] !== null,
  )
  return {
    from: asked.from.toISOString(),
    to: asked.to.toISOString(),
    counted_to: asked.counted_to.toISOString(),
    momentary_min: String(asked.momentary_s / 60),
    ...Object.fromEntries(given),
  }
}
