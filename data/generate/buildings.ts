// The houses behind one transformer: plots along its stretches of street, some of them built on, its customers spread over
// them.
import type { Layout } from './layout.ts'
import type { Patches } from './patches.ts'
import type { Random } from './random.ts'
import type { Site, SiteKind } from './sites.ts'

export type Building = { x: number; y: number; edge: number; house: number; customers: number }

/** Metres along the road a site's houses may stand from it, metres of road a plot takes, customers a house holds. */
const habits: Record<SiteKind, { reach_m: number; pitch_m: number; rows: number; customers: number }> = {
  core: { reach_m: 330, pitch_m: 26, rows: 2, customers: 3.2 },
  seat: { reach_m: 330, pitch_m: 26, rows: 2, customers: 3.2 },
  town: { reach_m: 330, pitch_m: 25, rows: 2, customers: 2.8 },
  village: { reach_m: 330, pitch_m: 19, rows: 2, customers: 1.3 },
  ribbon: { reach_m: 260, pitch_m: 22, rows: 1, customers: 1.4 },
}

/** From the middle of the road to the first row of houses, by rank; the second row stands behind it. */
const setback_m = [23, 18, 13]
const secondRow_m = 23

/** Houses stay this far from crossings and from the water. */
const corner_m = 21
const shore_m = 7

/** The road edges of each site: those of site s are `edges[start[s]]` up to `start[s + 1]`. */
export type Frontage = { start: Int32Array; edges: Int32Array }

export function frontageOf({ roads }: Layout, patches: Patches, sites: Site[]): Frontage {
  const start = new Int32Array(sites.length + 1)
  const each = (visit: (site: number, edge: number) => void) =>
    roads.from.forEach((from, edge) => {
      if (roads.bridge[edge] === 1) return
      const [a, b] = [patches.site[from]!, patches.site[roads.to[edge]!]!]
      visit(a, edge)
      if (b !== a) visit(b, edge)
    })
  each((site) => start[site + 1]!++)
  for (let site = 0; site < sites.length; site++) start[site + 1]! += start[site]!
  const edges = new Int32Array(start[sites.length]!)
  const next = start.slice()
  each((site, edge) => (edges[next[site]!++] = edge))
  return { start, edges }
}

type Plot = Omit<Building, 'customers'> & { order: number }

/** The plots on one side and row of the part of an edge that belongs to the site. */
function* plotsOf(
  layout: Layout,
  patches: Patches,
  index: number,
  site: Site,
  edge: number,
  random: Random,
): Generator<Plot> {
  const { roads, rivers, districts } = layout
  const { reach_m, pitch_m, rows } = habits[site.kind]
  const [from, to] = [roads.from[edge]!, roads.to[edge]!]
  const [x1, y1] = [roads.x[from]!, roads.y[from]!]
  const [dx, dy] = [roads.x[to]! - x1, roads.y[to]! - y1]
  const length = Math.hypot(dx, dy)
  const nearWater = rivers.clearance_m(x1, y1) < length + 60
  const mine = (node: number) => patches.site[node] === index
  // Halfway along an edge between two sites the other one's houses begin; a gap keeps the two apart.
  const begin = mine(from) ? corner_m : length / 2 + 8
  const end = mine(to) ? length - corner_m : length / 2 - 8
  for (let along = begin; along <= end; along += pitch_m) {
    const near_m = Math.min(
      mine(from) ? patches.distance_m[from]! + along : Infinity,
      mine(to) ? patches.distance_m[to]! + length - along : Infinity,
    )
    if (near_m > reach_m) continue
    for (let row = 0; row < rows; row++)
      for (const side of [-1, 1]) {
        const across = side * (setback_m[roads.rank[edge]!]! + row * secondRow_m + random.next() * 3)
        const place = along + (random.next() - 0.5) * 5
        const x = x1 + (dx * place - dy * across) / length
        const y = y1 + (dy * place + dx * across) / length
        if ((nearWater && rivers.clearance_m(x, y) < shore_m) || districts.at(x, y) < 0 || isOnRoad(layout, edge, x, y))
          continue
        const house = roads.house[edge]! + 2 * Math.floor(along / 14) + (side > 0 ? 1 : 0)
        // In town any plot may be built on; outside, houses gather round the transformer and the street front.
        const order =
          rows === 2 && site.kind !== 'village' ? random.next() + row * 0.35 : near_m * (0.5 + random.next()) + row * 60
        yield { x, y, edge, house, order }
      }
  }
}

/** Whether a house would stand on another road that meets this one. */
function isOnRoad({ roads }: Layout, edge: number, x: number, y: number): boolean {
  for (const node of [roads.from[edge]!, roads.to[edge]!])
    for (let k = roads.start[node]!; k < roads.start[node + 1]!; k++) {
      const other = roads.edgesAt[k]!
      if (other === edge) continue
      const [a, b] = [roads.from[other]!, roads.to[other]!]
      const [dx, dy] = [roads.x[b]! - roads.x[a]!, roads.y[b]! - roads.y[a]!]
      const t = ((x - roads.x[a]!) * dx + (y - roads.y[a]!) * dy) / (dx * dx + dy * dy)
      const along = Math.min(1, Math.max(0, t))
      if (Math.hypot(x - roads.x[a]! - along * dx, y - roads.y[a]! - along * dy) < setback_m[roads.rank[other]!]! - 4)
        return true
    }
  return false
}

/** The buildings of a site in order of their direction from the transformer, which is how its branches run. */
export function buildHouses(
  layout: Layout,
  patches: Patches,
  frontage: Frontage,
  index: number,
  site: Site,
  random: Random,
): Building[] {
  const { roads } = layout
  const plots: Plot[] = []
  for (let k = frontage.start[index]!; k < frontage.start[index + 1]!; k++)
    plots.push(...plotsOf(layout, patches, index, site, frontage.edges[k]!, random))
  // A transformer with no plot of its own serves the house that it stands beside.
  if (plots.length === 0) plots.push(houseBeside(layout, site))
  plots.sort((a, b) => a.order - b.order)
  const wanted = Math.max(1, Math.round(site.customers / habits[site.kind].customers))
  const built = plots.slice(0, wanted).map(({ x, y, edge, house }) => ({ x, y, edge, house, customers: 1 }))
  const weights = built.map(() => 0.25 + random.next() ** 2)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const spare = site.customers - built.length
  let given = 0
  built.forEach((building, k) => {
    const share = Math.floor((spare * weights[k]!) / total)
    building.customers += share
    given += share
  })
  for (let k = 0; given < spare; k = (k + 1) % built.length, given++) built[k]!.customers++
  const [cx, cy] = [roads.x[site.node]!, roads.y[site.node]!]
  const direction = (building: Building) => Math.atan2(building.y - cy, building.x - cx)
  return built.sort((a, b) => direction(a) - direction(b))
}

function houseBeside({ roads, rivers, districts }: Layout, { node }: Site): Plot {
  const edge = roads.edgesAt[roads.start[node]!]!
  const spots = Array.from({ length: 8 }, (_, k) => ({
    x: roads.x[node]! + 12 * Math.cos((k * Math.PI) / 4),
    y: roads.y[node]! + 12 * Math.sin((k * Math.PI) / 4),
  }))
  const spot = spots.find(({ x, y }) => rivers.clearance_m(x, y) > 0 && districts.at(x, y) >= 0) ?? spots[0]!
  return { ...spot, edge, house: roads.house[edge]!, order: 0 }
}
