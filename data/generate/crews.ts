// The repair crews: about one for 12,000 customers, at least twelve, at depots in every supplied district.
import type { Layout } from './layout.ts'
import { phoneOf } from './people.ts'
import { createRandom, hash, type Random } from './random.ts'
import type { Site } from './sites.ts'
import { openRows } from './write-rows.ts'

export type Depot = { id: string; district: number; node: number; crews: number }

const customersPerCrew = 12_000
const fewestCrews = 12
const crewsPerDepot = 2.4

/** Crews by district in proportion to customers, none without; then depots well apart within each. */
export function placeDepots(layout: Layout, sites: Site[]): Depot[] {
  const customers = sites.reduce((sum, site) => sum + site.customers, 0)
  const crews = Math.max(fewestCrews, Math.round(customers / customersPerCrew))
  const districts = [...new Set(sites.map((site) => site.district))].sort((a, b) => a - b)
  const own = districts.map((district) => sites.filter((site) => site.district === district))
  const loads = own.map((list) => list.reduce((sum, site) => sum + site.customers, 0))
  const counts = loads.map((load) => Math.max(2, Math.round((crews * load) / customers)))
  // The largest district gives or takes what rounding left over.
  const largest = loads.indexOf(Math.max(...loads))
  counts[largest] = Math.max(2, counts[largest]! + crews - counts.reduce((sum, count) => sum + count, 0))
  return districts.flatMap((district, k) => {
    const depots = Math.max(1, Math.round(counts[k]! / crewsPerDepot))
    return spreadSites(layout, own[k]!, depots).map((site, index): Depot => ({
      id: `P${layout.districts.features[district]!.properties.code.slice(-2)}${String(index + 1).padStart(2, '0')}`,
      district,
      node: site.node,
      crews: Math.floor(counts[k]! / depots) + (index < counts[k]! % depots ? 1 : 0),
    }))
  })
}

/** The first at random, each next the best of thirty tries: far from the others, which spreads without hugging the rim. */
function spreadSites({ roads, seed }: Layout, sites: Site[], count: number): Site[] {
  const random = createRandom(seed, `depots ${sites[0]!.district}`)
  const chosen: Site[] = [random.pick(sites)]
  const gap = (a: Site, b: Site) => Math.hypot(roads.x[a.node]! - roads.x[b.node]!, roads.y[a.node]! - roads.y[b.node]!)
  while (chosen.length < count) {
    const tries = Array.from({ length: 30 }, () => random.pick(sites))
    const clearance = (site: Site) => Math.min(...chosen.map((other) => gap(site, other)))
    chosen.push(tries.reduce((best, site) => (clearance(site) > clearance(best) ? site : best)))
  }
  return chosen
}

/** Two crews in five by day, one by night, and one in two ready at any hour: an empty shift is always on. */
const shifts = [',', '08:00,20:00', ',', '20:00,08:00', '08:00,20:00', ',', '08:00,17:30', ',']

const skillSets = ['lv;mv', 'lv', 'lv;mv;cable', 'lv;mv;live_line', 'lv', 'lv;generator', 'lv;mv', 'mv;live_line;cable']
const vehicles = ['抢修车', '抢修车', '皮卡', '绝缘斗臂车', '皮卡', '发电车', '抢修车', '电缆抢修车']

export function writeCrews(layout: Layout, depots: Depot[], folder: string): number {
  const header = 'id,name,station_id,home_district,lon,lat,skills,shift_start,shift_end,members,phone,vehicle'
  const file = openRows(folder, 'crews.csv', header)
  const random = createRandom(layout.seed, 'crews')
  const { districts } = layout
  let number = 0
  const teams = new Map<number, number>()
  for (const depot of depots)
    for (let k = 0; k < depot.crews; k++) {
      const { code, name } = districts.features[depot.district]!.properties
      const team = (teams.get(depot.district) ?? 0) + 1
      teams.set(depot.district, team)
      const kind = (number + depot.district) % skillSets.length
      const plate = `粤J·${'ABCDEFGH'[hash(number, 3) % 8]}${String(1000 + number).padStart(4, '0')}`
      const row = [
        `crew-${String(++number).padStart(3, '0')}`,
        `${name.slice(0, 2)}抢修${team}班`,
        depot.id,
        code,
        besideDepot(layout, depot, k, random),
        skillSets[kind],
        shifts[number % shifts.length],
        random.between(2, 5),
        phoneOf(number, 9),
        `${vehicles[kind]} ${plate}`,
      ]
      file.row(row.join(','))
    }
  return file.close()
}

/** Parked along a road at the depot, a few lengths apart. */
function besideDepot({ roads, plane }: Layout, depot: Depot, k: number, random: Random): string {
  const edge = roads.edgesAt[roads.start[depot.node]!]!
  const [from, to] = [roads.from[edge]!, roads.to[edge]!]
  const part = Math.min(0.45, (k * 11 + random.next() * 4) / roads.length_m[edge]!)
  const t = from === depot.node ? part : 1 - part
  const x = roads.x[from]! + (roads.x[to]! - roads.x[from]!) * t
  const y = roads.y[from]! + (roads.y[to]! - roads.y[from]!) * t
  return plane.columns(x, y)
}
