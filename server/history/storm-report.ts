// The report of a storm, or of any period: what it came to, how it went, which promises were kept, how near the estimates were.
import type { StormReport } from '../contract/history.ts'
import { Refusal } from '../contract/refusal.ts'
import { readExercise, type Database } from '../database/index.ts'
import { timelineOf, type Worst } from './timeline.ts'

/** Points of the curve: finer than a page can show says no more. */
const steps = 240
const worstRows = 12
/** Longer is a season, not a storm, and its sums would be read for minutes. */
const longest_ms = 62 * 86_400_000

type Totals = StormReport['totals']
type Moment = { at: Date; customers_out: number; reached_at: Date; incidents_open: number }
type Plans = Omit<StormReport['plans'], 'best'> & { best: NonNullable<StormReport['plans']['best']> | null }

/** Reads the report of [from, to). Throws Refusal `invalid` for a period that is none. */
export async function readStormReport(database: Database, from: Date, to: Date): Promise<StormReport> {
  if (to <= from)
    throw new Refusal('invalid', { zh: '结束须晚于开始', en: 'to must be after from' }, [
      { path: 'to', message: 'an instant after from' },
    ])
  if (to.getTime() - from.getTime() > longest_ms)
    throw new Refusal('invalid', { zh: '一份报告最多 62 天', en: 'A report covers up to 62 days' }, [
      { path: 'from', message: 'at most 62 days before to' },
    ])
  const period = { from, to }
  const queries = database.replica
  const [network, totals, moments, arrival, escalated, estimates, dispatch, plans, worst, exercise] = await Promise.all(
    [
      queries.one<StormReport['network']>('history/read_network'),
      queries.one<Totals>('history/read_totals', period),
      queries.rows<Moment>('history/read_curve', { ...period, steps }),
      queries.one<{ owed: number; kept: number }>('history/read_arrivals', period),
      queries.rows<{ kind: string; warned: number; escalated: number }>('history/read_said_clocks', period),
      queries.one<StormReport['estimates']>('history/read_estimates', period),
      queries.one<StormReport['dispatch']>('history/read_dispatch', period),
      queries.one<Plans>('history/read_plans', period),
      queries.rows<Worst>('history/read_worst', { ...period, limit: worstRows }),
      readExercise(database),
    ],
  )
  const curve = moments.map(({ at, customers_out, incidents_open }) => ({
    at: at.toISOString(),
    customers_out,
    incidents_open,
  }))
  const peak = peakOf(moments)
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    network,
    exercise,
    totals,
    peak,
    curve,
    promises: { arrival, escalated },
    estimates,
    dispatch,
    plans,
    worst: worst.map((each) => ({
      ...each,
      started_at: each.started_at.toISOString(),
      first_arrival_at: each.first_arrival_at?.toISOString() ?? null,
      restored_at: each.restored_at?.toISOString() ?? null,
    })),
    timeline: timelineOf(worst, peak, { from, to }, network.timezone),
  }
}

/** The first moment at which the most were out; null where nobody was. */
function peakOf(moments: Moment[]): StormReport['peak'] {
  const { reached_at, customers_out } = moments.reduce((high, each) =>
    each.customers_out > high.customers_out ? each : high,
  )
  return customers_out > 0 ? { at: reached_at.toISOString(), customers_out } : null
}
