// How busy an incident's neighbourhood is: what is open, begun and ended near it, and its nearest neighbour's state.
// One pass over the open incidents and the last day's; in a storm of 2,000 open, half a millisecond.
import type { Load } from './facts.ts'
import { survivalQuantiles } from './survival.ts'
import type { Spell } from './survival.ts'
import type { Running } from './watch.ts'
import { stages } from './words.ts'

/** Close enough to share crews, roads and weather. */
const near_km = 15
/** Close enough to wait for the same depots. */
const around_km = 60
/** Close enough in place and start to be the same blow. */
const beside_km = 5
const beside_s = 900
const km_per_degree = 111.2
const hour_s = 3600
const none = Number.NaN

export type NearLoad = Pick<Load, (`near_${string}` | `around_${string}` | `next_${string}` | 'beside') & keyof Load>
type OpenNear = Omit<
  NearLoad,
  'near_ended_6h' | 'near_ended_log' | 'around_started_6h' | 'around_ended_6h' | 'around_median_s'
>
type DayNear = Omit<NearLoad, keyof OpenNear>

/** Kilometres between two points of a region, on the plane; infinite beyond reach or where a place is not known. */
function kmFrom(self: Running): (other: Running) => number {
  const per_lon = km_per_degree * Math.cos((self.lat * Math.PI) / 180)
  return (other) => {
    const north = (other.lat - self.lat) * km_per_degree
    if (!(north <= around_km && north >= -around_km) || other === self) return Infinity
    const east = (other.lon - self.lon) * per_lon
    return Math.sqrt(north * north + east * east)
  }
}

export const medianOf = (values: number[]): number =>
  values.length === 0 ? none : values.sort((a, b) => a - b)[values.length >> 1]!

function nextLoad(next: Running | null, next_km: number, now_s: number): Pick<OpenNear, `next_${string}` & keyof Load> {
  if (!next) return { next_km: none, next_age_s: none, next_stage: none, next_said_left_s: none }
  return {
    next_km,
    next_age_s: now_s - next.started_s,
    next_stage: stages.indexOf(next.stage),
    next_said_left_s: next.said_at_s - now_s,
  }
}

function openNear(open: Iterable<Running>, self: Running, now_s: number): OpenNear {
  const kmTo = kmFrom(self)
  const counts = { around_open: 0, around_on_site: 0, near_open: 0, near_started_3h: 0, near_on_site: 0, beside: 0 }
  const ages: number[] = []
  const said: number[] = []
  let next: Running | null = null
  let next_km = Infinity
  for (const each of open) {
    const km = kmTo(each)
    if (!(km <= around_km) || each.cause === 'planned') continue
    const isOnSite = each.stage.endsWith('on_site')
    counts.around_open += 1
    if (isOnSite) counts.around_on_site += 1
    if (km > near_km) continue
    if (km < next_km) [next, next_km] = [each, km]
    counts.near_open += 1
    if (isOnSite) counts.near_on_site += 1
    if (now_s - each.started_s <= 3 * hour_s) counts.near_started_3h += 1
    if (km <= beside_km && Math.abs(each.started_s - self.started_s) <= beside_s) counts.beside += 1
    if (!Number.isNaN(each.said_at_s)) said.push(each.said_at_s - now_s)
    ages.push(now_s - each.started_s)
  }
  const medians = { near_age_s: medianOf(ages), near_said_left_s: medianOf(said) }
  return { ...counts, ...medians, ...nextLoad(next, next_km, now_s) }
}

function dayNear(day: Running[], self: Running, now_s: number): DayNear {
  const kmTo = kmFrom(self)
  const counts = { around_started_6h: 0, around_ended_6h: 0, near_ended_6h: 0 }
  const durations: Spell[] = []
  let logs = 0
  for (const each of day) {
    const km = kmTo(each)
    if (!(km <= around_km) || each.cause === 'planned') continue
    const hasEnded = !Number.isNaN(each.ended_s)
    const endedLately = now_s - each.ended_s <= 6 * hour_s
    const began_s = now_s - each.started_s
    if (began_s <= 6 * hour_s) counts.around_started_6h += 1
    if (endedLately) counts.around_ended_6h += 1
    if (endedLately && km <= near_km) {
      counts.near_ended_6h += 1
      logs += Math.log(Math.max(0, each.ended_s - each.started_s) + 600)
    }
    if (began_s <= 24 * hour_s)
      durations.push({ value: (hasEnded ? each.ended_s : now_s) - each.started_s, ended: hasEnded })
  }
  return {
    ...counts,
    near_ended_log: counts.near_ended_6h > 0 ? logs / counts.near_ended_6h : none,
    around_median_s: survivalQuantiles(durations, [0.5])[0]!,
  }
}

/** `day` holds what began or ended within the last day, open or not. */
export const nearLoad = (open: Iterable<Running>, day: Running[], self: Running, now_s: number): NearLoad => ({
  ...openNear(open, self, now_s),
  ...dayNear(day, self, now_s),
})
