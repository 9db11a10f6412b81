// Planned work as anyone may see it, read once for many askers: a whole city may look on the morning of a large one.
import type { PublicPlanned, PublicPlannedFilter } from '../contract/planned-outages.ts'
import { publicCount, smallest } from '../customers/index.ts'
import type { PlannedDeps } from './stepping.ts'

/** How old the list may be: work is announced days ahead. */
const keep_ms = 15_000
const placesShown = 3
/** A distance in hundreds of metres tells an area, not a house. */
const grain_m = 100
const earthRadius_m = 6_371_000

type PlanRow = {
  id: string
  state: 'announced' | 'started'
  starts_at: Date
  ends_at: Date
  reason: string | null
  district: string | null
  customers: number
  places: string[]
  /** `[lon, lat]` of its transformers; never told. */
  points: [number, number][]
}

export class PublicPlans {
  readonly #deps: PlannedDeps
  #read: { rows: Promise<PlanRow[]>; at: number } | null = null

  constructor(deps: PlannedDeps) {
    this.#deps = deps
  }

  #rows(now: Date): Promise<PlanRow[]> {
    const age_ms = this.#read ? Math.abs(now.getTime() - this.#read.at) : Infinity
    if (this.#read && age_ms < keep_ms) return this.#read.rows
    const rows = this.#deps.database.replica.rows<PlanRow>('planned-outages/list_public', { at: now })
    rows.catch(() => (this.#read = null))
    this.#read = { rows, at: now.getTime() }
    return rows
  }

  /** The soonest first, or the nearest where a place is given. */
  async list(filter: PublicPlannedFilter): Promise<{ items: PublicPlanned[]; next_cursor: string | null }> {
    const now = this.#deps.now()
    const { lon, lat, limit } = filter
    const from: [number, number] | null = lon === undefined || lat === undefined ? null : [lon, lat]
    const found = (await this.#rows(now)).map((row) => viewOf(row, from && nearest_m(row.points, from), now))
    if (from) found.sort((a, b) => (a.distance_m ?? Infinity) - (b.distance_m ?? Infinity))
    const begin = Number(filter.cursor ?? 0)
    const items = found.slice(begin, begin + limit)
    return { items, next_cursor: begin + limit < found.length ? String(begin + limit) : null }
  }
}

function viewOf(row: PlanRow, distance_m: number | null, now: Date): PublicPlanned {
  const shown = row.customers >= smallest
  return {
    id: row.id,
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    state: row.state,
    overrun: row.state === 'started' && row.ends_at <= now,
    reason: row.reason,
    places: shown ? row.places.slice(0, placesShown) : [],
    more_places: shown ? Math.max(0, row.places.length - placesShown) : 0,
    district: row.district,
    customers: publicCount(row.customers),
    distance_m: shown && distance_m !== null ? Math.round(distance_m / grain_m) * grain_m : null,
    calendar: `/feeds/planned.ics?outage_id=${encodeURIComponent(row.id)}`,
  }
}

/** Metres to the nearest of the points, on a plane tangent at `from`: exact enough within a city. */
function nearest_m(points: readonly [number, number][], from: [number, number]): number {
  const radian = Math.PI / 180
  const shrink = Math.cos(from[1] * radian)
  const away = points.map(([lon, lat]) => Math.hypot((lon - from[0]) * shrink, lat - from[1]) * radian * earthRadius_m)
  return Math.min(...away)
}
