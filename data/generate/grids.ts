// The grids (网格): patches of about 16 transformers along the lattice lines, each with its customer manager.
import type { Layout } from './layout.ts'
import { countryUnits, unit_m } from './lattice.ts'
import { personName, phoneOf } from './people.ts'
import { createRandom } from './random.ts'
import type { Site } from './sites.ts'
import { openFeatures } from './write-rows.ts'

const transformersPerGrid = 16

/** A rectangle of the lattice, in squares of `countryUnits`. */
type Patch = { west: number; south: number; east: number; north: number; sites: number[] }

/** Lattice squares of the sites, by walking the lattice once. */
function squaresOf({ lattice, roads }: Layout, sites: Site[]): { column: Int32Array; row: Int32Array } {
  const column = new Int32Array(sites.length)
  const row = new Int32Array(sites.length)
  const step_m = unit_m * countryUnits
  sites.forEach(({ node }, index) => {
    const [x, y] = [roads.x[node]!, roads.y[node]!]
    // Newton's steps with the lattice's mean frame: the warp is gentle, so a few rounds land in the right square.
    let [i, j] = [0, 0]
    const origin = lattice.position(0, 0)
    const [east, north] = [lattice.position(4000, 0), lattice.position(0, 4000)]
    const [ex, ey] = [(east.x - origin.x) / 4000, (east.y - origin.y) / 4000]
    const [nx, ny] = [(north.x - origin.x) / 4000, (north.y - origin.y) / 4000]
    const scale = ex * ny - ey * nx
    for (let round = 0; round < 12; round++) {
      const here = lattice.position(i, j)
      const [dx, dy] = [x - here.x, y - here.y]
      i += (dx * ny - dy * nx) / scale
      j += (dy * ex - dx * ey) / scale
    }
    column[index] = Math.floor((i * unit_m) / step_m)
    row[index] = Math.floor((j * unit_m) / step_m)
  })
  return { column, row }
}

/** A k-d tree's halving, until a patch is small enough or cannot be cut. */
function cutPatches(sites: Site[], column: Int32Array, row: Int32Array): Patch[] {
  const all = sites.map((_, index) => index)
  // A square more all round, for the houses beside the outermost transformers.
  const bounds = (values: Int32Array) => [
    values.reduce((a, b) => Math.min(a, b)) - 1,
    values.reduce((a, b) => Math.max(a, b)) + 2,
  ]
  const [west, east] = bounds(column)
  const [south, north] = bounds(row)
  const open: Patch[] = [{ west: west!, south: south!, east: east!, north: north!, sites: all }]
  const done: Patch[] = []
  while (open.length > 0) {
    const patch = open.pop()!
    const wide = patch.east - patch.west >= patch.north - patch.south
    const values = wide ? column : row
    const [low, high] = wide ? [patch.west, patch.east] : [patch.south, patch.north]
    if (patch.sites.length <= transformersPerGrid || high - low < 2) {
      if (patch.sites.length > 0) done.push(patch)
      continue
    }
    const sorted = Array.from(patch.sites, (site) => values[site]!).sort((a, b) => a - b)
    const cut = Math.min(high - 1, Math.max(low + 1, sorted[sorted.length >> 1]!))
    const [before, after] = [patch.sites.filter((s) => values[s]! < cut), patch.sites.filter((s) => values[s]! >= cut)]
    open.push({ ...patch, ...(wide ? { west: cut } : { south: cut }), sites: after })
    open.push({ ...patch, ...(wide ? { east: cut } : { north: cut }), sites: before })
  }
  return done
}

/** The outline follows the lattice, a point each square, so neighbours share every point of their border. */
function outline({ lattice, plane }: Layout, { west, south, east, north }: Patch): [number, number][] {
  const at = (column: number, row: number) => {
    const { x, y } = lattice.position(column * countryUnits, row * countryUnits)
    return plane.position(x, y)
  }
  const ring: [number, number][] = []
  for (let column = west; column < east; column++) ring.push(at(column, south))
  for (let row = south; row < north; row++) ring.push(at(east, row))
  for (let column = east; column > west; column--) ring.push(at(column, north))
  for (let row = north; row >= south; row--) ring.push(at(west, row))
  return ring
}

export function writeGrids(layout: Layout, sites: Site[], stationOf: (site: Site) => string, folder: string): number {
  const { column, row } = squaresOf(layout, sites)
  const file = openFeatures(folder, 'grids.geojson')
  const random = createRandom(layout.seed, 'grids')
  const numbers = new Map<string, number>()
  cutPatches(sites, column, row).forEach((patch, index) => {
    const middle = sites[patch.sites[patch.sites.length >> 1]!]!
    const home = layout.settlements.all[middle.settlement]!.name
    const district = layout.districts.features[middle.district]!.properties.name
    const title = `${district}${home}`
    const number = (numbers.get(title) ?? 0) + 1
    numbers.set(title, number)
    const properties = {
      id: `G${String(index + 1).padStart(4, '0')}`,
      name: `${title}第${number}网格`,
      manager_name: personName(random),
      manager_phone: phoneOf(index, 8),
      station_id: stationOf(middle),
    }
    file.add({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [outline(layout, patch)] } })
  })
  return file.close()
}
