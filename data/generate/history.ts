// Two years of past incidents with believable causes, hours, sizes and repair times, and the planned outages around the
// given date.
import { instantText, midnightOf, plusDays } from './calendar.ts'
import type { Layout } from './layout.ts'
import { createRandom, type Random } from './random.ts'
import type { Site } from './sites.ts'
import { openRows } from './write-rows.ts'

type Cause = {
  cause: string
  kind: string
  weight: number
  stormWeight: number
  median_min: number
  spread: number
  transformers: number
}

/** How often each happens on a quiet and on a storm day, and how long it takes: medians of repair in minutes. */
const causes: Cause[] = [
  {
    cause: 'equipment_failure',
    kind: 'fuse',
    weight: 22,
    stormWeight: 8,
    median_min: 62,
    spread: 0.5,
    transformers: 3,
  },
  {
    cause: 'equipment_failure',
    kind: 'transformer',
    weight: 16,
    stormWeight: 5,
    median_min: 118,
    spread: 0.55,
    transformers: 1,
  },
  {
    cause: 'equipment_failure',
    kind: 'meter_box',
    weight: 14,
    stormWeight: 3,
    median_min: 41,
    spread: 0.45,
    transformers: 0,
  },
  { cause: 'overload', kind: 'transformer', weight: 10, stormWeight: 1, median_min: 54, spread: 0.4, transformers: 1 },
  { cause: 'lightning', kind: 'fuse', weight: 6, stormWeight: 14, median_min: 76, spread: 0.5, transformers: 4 },
  { cause: 'tree', kind: 'line', weight: 7, stormWeight: 26, median_min: 105, spread: 0.55, transformers: 6 },
  { cause: 'wind', kind: 'line', weight: 2, stormWeight: 24, median_min: 160, spread: 0.6, transformers: 9 },
  {
    cause: 'third_party_damage',
    kind: 'line',
    weight: 8,
    stormWeight: 1,
    median_min: 190,
    spread: 0.5,
    transformers: 8,
  },
  { cause: 'animal', kind: 'fuse', weight: 6, stormWeight: 1, median_min: 49, spread: 0.4, transformers: 3 },
  { cause: 'cable_fault', kind: 'line', weight: 5, stormWeight: 4, median_min: 265, spread: 0.45, transformers: 10 },
  { cause: 'flood', kind: 'transformer', weight: 0.5, stormWeight: 8, median_min: 330, spread: 0.6, transformers: 2 },
  { cause: 'unknown', kind: 'breaker', weight: 4, stormWeight: 5, median_min: 38, spread: 0.7, transformers: 20 },
]

/** Load of the line over a day: evenings fail most, nights least. */
const hourWeights = [2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 6, 6, 7, 6, 6, 6, 6, 7, 9, 10, 10, 8, 6, 4]

const historyDays = 730
const stormCount = 7

function pickWeighted<Item>(random: Random, items: Item[], weightOf: (item: Item) => number): Item {
  let draw = random.next() * items.reduce((sum, item) => sum + weightOf(item), 0)
  for (const item of items) if ((draw -= weightOf(item)) < 0) return item
  return items.at(-1)!
}

/** Between 400 and 12,000, one for seven customers: the demo has about three thousand to learn from. */
const incidentCount = (customers: number) => Math.min(12_000, Math.max(400, Math.round(customers / 7)))

export function writeHistory(layout: Layout, sites: Site[], customers: number, date: string, folder: string): number {
  const random = createRandom(layout.seed, 'history')
  const first_ms = plusDays(midnightOf(date), -historyDays)
  // Typhoons come from June to September: days counted from the end of the history's first November.
  const storms = Array.from({ length: stormCount }, (_, k) => (k % 2) * 365 + 200 + random.between(0, 105))
  const header = 'id,started_at,restored_at,cause,equipment_kind,customers,district,lon,lat,storm'
  const file = openRows(folder, 'incident_history.csv', header)
  const rows: { at_ms: number; text: string }[] = []
  const count = incidentCount(customers)
  for (let k = 0; k < count; k++) {
    const storm = random.chance(0.22)
    const day = storm ? random.pick(storms) : random.between(0, historyDays - 2)
    const cause = pickWeighted(random, causes, (each) => (storm ? each.stormWeight : each.weight))
    const hour = storm
      ? random.between(0, 23)
      : pickWeighted(
          random,
          hourWeights.map((_, h) => h),
          (h) => hourWeights[h]!,
        )
    const at_ms = plusDays(first_ms, day) + (hour * 3600 + random.between(0, 3599)) * 1000
    rows.push({ at_ms, text: incidentText(layout, sites, cause, storm, hour, at_ms, random) })
  }
  rows.sort((a, b) => a.at_ms - b.at_ms || (a.text < b.text ? -1 : 1))
  rows.forEach(({ text }, k) => file.row(`H${String(k + 1).padStart(6, '0')},${text}`))
  return file.close()
}

function incidentText(
  layout: Layout,
  sites: Site[],
  cause: Cause,
  storm: boolean,
  hour: number,
  at_ms: number,
  random: Random,
): string {
  const site = random.pick(sites)
  const { code, kind } = layout.districts.features[site.district]!.properties
  const road = kind === 'urban' ? 1 : kind === 'rural' ? 1.25 : 1.55
  const night = hour < 6 || hour > 21 ? 1.2 : 1
  const waiting = storm ? 1.6 + random.next() * 2.2 : 1
  const minutes = cause.median_min * road * night * waiting * Math.exp(cause.spread * random.normal())
  const reach = cause.transformers === 0 ? 0.15 : Math.max(1, cause.transformers * (0.4 + random.next() * 1.2))
  const affected = Math.max(1, Math.round(site.customers * reach))
  const place = layout.plane.columns(layout.roads.x[site.node]!, layout.roads.y[site.node]!)
  const restored_ms = at_ms + Math.max(4, minutes) * 60_000
  return `${instantText(at_ms)},${instantText(restored_ms)},${cause.cause},${cause.kind},${affected},${code},${place},${storm}`
}

const reasons = ['配变增容改造', '线路检修', '电缆迁改', '台区综合整治', '表箱更换', '树障清理']

/** About one a week for each hundred transformers, from a month before the date to two months after. */
export function writePlannedOutages({ seed }: Layout, sites: Site[], date: string, folder: string): number {
  const random = createRandom(seed, 'planned outages')
  const file = openRows(folder, 'planned_outages.csv', 'id,starts_at,ends_at,reason,transformer_ids,equipment_ids')
  const count = Math.min(400, Math.max(4, Math.round((sites.length / 100) * 13)))
  for (let k = 0; k < count; k++) {
    const day = plusDays(midnightOf(date), Math.round((k * 90) / count) - 30)
    const starts_ms = day + random.pick([7, 8, 8, 9, 13]) * 3_600_000
    const ends_ms = starts_ms + random.between(4, 18) * 1_800_000
    const first = random.between(0, sites.length - 1)
    const along = sites.slice(first, first + random.between(1, 3)).map((site) => site.id)
    const id = `PO${String(k + 1).padStart(4, '0')}`
    file.row(`${id},${instantText(starts_ms)},${instantText(ends_ms)},${random.pick(reasons)},${along.join(';')},`)
  }
  return file.close()
}
