// The day so far: read once for all walls, and the storm to compare it with once a day.
import type { DaySoFar, PlannedWork } from '../contract/day.ts'
import type { Queries } from '../database/index.ts'
import { momentary_min } from './indices.ts'
import { askedOf, readMajorEventDays } from './reads.ts'

const step_s = 300
const day_ms = 86_400_000
const hours = 12
const minutes = 60
/** Walls ask once a minute each; one reading adds up two days of interruptions. */
const kept_ms = 20_000
/** A wall has room for a few; more would be a list for a desk. */
const plannedShown = 20
/** How far back a storm to compare with is looked for. */
const stormWithin_days = 400
/** Storms of this many days are kept: walls that look back stay with one day or two. */
const stormsKept = 8
/** The storm's curve: from this long before it had begun, over this long. */
const stormLead_s = 2 * 3600
const storm_s = 36 * 3600
/** A storm has begun once it has this share of its peak without supply. */
const begun = 0.1

type Figures = {
  begins_at: Date
  date: string
  timezone: string
  restored_today: number
  restored_per_hour: number[]
  calls_per_minute: number[]
  customer_s: number
  customers: number
  estimates_due: number
  estimates_kept: number
}
type Planned = { planned: PlannedWork; works: number; customers_out: number }
type Storm = NonNullable<DaySoFar['storm']>

/** The part of a storm's day from `stormLead_s` before it had begun; null for a day that nobody was out. Pure. */
export function stormOf(date: string, from: Date, customers_out: readonly number[]): Storm | null {
  const threshold = Math.ceil(Math.max(0, ...customers_out) * begun)
  if (threshold === 0) return null
  const onset = customers_out.findIndex((value) => value >= threshold)
  const first = Math.max(0, onset - stormLead_s / step_s)
  return {
    date,
    begun_at: new Date(from.getTime() + onset * step_s * 1000).toISOString(),
    threshold,
    lead: onset - first,
    customers_out: customers_out.slice(first, first + storm_s / step_s),
  }
}

async function readCurve(queries: Queries, from: Date, to: Date): Promise<number[]> {
  const { customers_out } = await queries.one<{ customers_out: number[] }>('reliability/read_out_curve', {
    from,
    to,
    step_s,
  })
  return customers_out
}

/** The last major event day that is neither today nor yesterday, else the last storm of the imported history. */
async function readStorm(queries: Queries, { begins_at, timezone }: Figures): Promise<Storm | null> {
  const before = new Date(begins_at.getTime() - day_ms)
  const from = new Date(before.getTime() - stormWithin_days * day_ms)
  const asked = askedOf({ from: from.toISOString(), to: before.toISOString(), momentary_min, limit: 1 }, before)
  const { days } = await readMajorEventDays(queries, asked)
  const [named] =
    days.length > 0 ? [] : await queries.rows<{ date: string }>('reliability/read_history_storm', { before, timezone })
  const date = days.toSorted().at(-1) ?? named?.date
  if (date === undefined) return null
  const { begins } = await queries.one<{ begins: Date }>('reliability/begin_of_day', { date, timezone })
  return stormOf(date, begins, await readCurve(queries, begins, new Date(begins.getTime() + storm_s * 1000)))
}

export function holdDaySoFar(queries: Queries, now: () => Date) {
  const storms = new Map<string, Promise<Storm | null>>()
  let kept: { at: number; reading: Promise<DaySoFar> } | null = null

  async function read(at: Date): Promise<DaySoFar> {
    const figures = await queries.one<Figures>('reliability/read_day_figures', {
      at,
      hours,
      minutes,
      momentary_s: momentary_min * 60,
    })
    const storm = storms.get(figures.date) ?? readStorm(queries, figures)
    storm.catch(() => storms.delete(figures.date))
    storms.set(figures.date, storm)
    if (storms.size > stormsKept) storms.delete(storms.keys().next().value!)
    const both = await readCurve(queries, new Date(at.getTime() - 2 * day_ms), at)
    const planned = await queries.rows<Planned>('reliability/read_planned_today', {
      at,
      limit: plannedShown,
    })
    const perDay = day_ms / 1000 / step_s
    const { begins_at, restored_today, restored_per_hour, calls_per_minute, customer_s, customers } = figures
    return {
      at: at.toISOString(),
      begins_at: begins_at.toISOString(),
      step_s,
      today: both.slice(perDay),
      yesterday: both.slice(0, perDay + 1),
      storm: await storm,
      restored_today,
      restored_per_hour,
      calls_per_minute,
      planned: planned.map((row) => row.planned),
      planned_works: planned[0]?.works ?? 0,
      planned_out: planned[0]?.customers_out ?? 0,
      saidi_min: customers > 0 ? customer_s / 60 / customers : null,
      estimates: { due: figures.estimates_due, kept: figures.estimates_kept },
    }
  }
  return {
    /** As of an instant that has passed, by what has become known of it since; nothing of it has happened before now. */
    takeAt(at: Date): Promise<DaySoFar> {
      const latest = now()
      return read(at < latest ? at : latest)
    },
    take(): Promise<DaySoFar> {
      const at = now()
      if (kept && Math.abs(at.getTime() - kept.at) < kept_ms) return kept.reading
      const reading = read(at)
      kept = { at: at.getTime(), reading }
      reading.catch(() => (kept = null))
      return reading
    },
  }
}
