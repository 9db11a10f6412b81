// How busy the region and an incident's neighbourhood are: counts of open, begun and ended incidents, and how long the
// last day's take. One pass over the open and the last day's incidents an instant, and one over the open a question.
import type { Load } from './facts.ts'
import { medianOf, nearLoad } from './near-load.ts'
import { survivalQuantiles } from './survival.ts'
import type { Spell } from './survival.ts'
import type { Running } from './watch.ts'

const day_s = 86_400
/** The day's quantiles move slowly, and each costs a sort: at most one in this time. */
const day_refresh_s = 1200

type RegionLoad = Omit<Load, `near_${string}` | `around_${string}` | `day_${string}` | `next_${string}` | 'beside'>
type DayLoad = Pick<Load, `day_${string}` & keyof Load>

const isPlanned = (running: Running): boolean => running.cause === 'planned'
const isOnSite = (running: Running): boolean => running.stage.endsWith('on_site')

function regionLoad(open: Iterable<Running>, day: Running[], now_s: number): RegionLoad {
  const load = {
    open: 0,
    open_said_share: 0,
    open_on_site: 0,
    open_age_s: 0,
    started_1h: 0,
    started_6h: 0,
    started_24h: 0,
    ended_1h: 0,
    ended_6h: 0,
    ended_24h: 0,
  }
  const ages: number[] = []
  for (const each of open) {
    if (isPlanned(each)) continue
    load.open += 1
    if (!Number.isNaN(each.said_at_s)) load.open_said_share += 1
    if (isOnSite(each)) load.open_on_site += 1
    ages.push(now_s - each.started_s)
  }
  load.open_said_share /= Math.max(1, load.open)
  load.open_age_s = medianOf(ages)
  for (const each of day) {
    if (isPlanned(each)) continue
    const began_s = now_s - each.started_s
    const ended_s = now_s - each.ended_s
    if (began_s <= 3600) load.started_1h += 1
    if (began_s <= 6 * 3600) load.started_6h += 1
    if (began_s <= day_s) load.started_24h += 1
    if (ended_s <= 3600) load.ended_1h += 1
    if (ended_s <= 6 * 3600) load.ended_6h += 1
    if (ended_s <= day_s) load.ended_24h += 1
  }
  return load
}

function dayLoad(day: Running[], now_s: number): DayLoad {
  const durations: Spell[] = []
  const ratios: Spell[] = []
  for (const each of day) {
    if (isPlanned(each)) continue
    const ended = !Number.isNaN(each.ended_s)
    const until_s = ended ? each.ended_s : now_s
    if (now_s - each.started_s <= day_s) durations.push({ value: until_s - each.started_s, ended })
    if (now_s - each.said_first_s > day_s || Number.isNaN(each.said_first_s)) continue
    const said_s = Math.max(0, each.said_first_at_s - each.said_first_s)
    ratios.push({ value: Math.log((until_s - each.said_first_s + 900) / (said_s + 900)), ended })
  }
  const [day_median_s, day_upper_s] = survivalQuantiles(durations, [0.5, 0.8]) as [number, number]
  const [lower, day_said_ratio, upper] = survivalQuantiles(ratios, [0.25, 0.5, 0.75]) as [number, number, number]
  return { day_median_s, day_upper_s, day_said_ratio, day_said_spread: upper - lower }
}

export type LoadBook = {
  open(running: Running): void
  end(running: Running): void
  at(self: Running, now_s: number): Load
}

export function createLoad(): LoadBook {
  const open = new Set<Running>()
  /** Begun or ended within the last day: bounded by two days' incidents. */
  let day: Running[] = []
  let region: RegionLoad | null = null
  let region_at_s = Number.NaN
  let lastDay: DayLoad | null = null
  let lastDay_at_s = Number.NaN
  const refresh = (now_s: number): { region: RegionLoad; lastDay: DayLoad } => {
    if (!region || region_at_s !== now_s) {
      day = day.filter((each) => !(now_s - each.ended_s > day_s))
      region = regionLoad(open, day, now_s)
      region_at_s = now_s
    }
    if (!lastDay || now_s - lastDay_at_s >= day_refresh_s) {
      lastDay = dayLoad(day, now_s)
      lastDay_at_s = now_s
    }
    return { region, lastDay }
  }
  return {
    open(running) {
      open.add(running)
      day.push(running)
    },
    end(running) {
      open.delete(running)
    },
    at(self, now_s) {
      const present = refresh(now_s)
      return { ...present.region, ...present.lastDay, ...nearLoad(open, day, self, now_s) }
    },
  }
}
