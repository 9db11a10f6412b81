// Writes what stands still: districts, rivers, roads.
import type { Layout } from './layout.ts'
import type { River } from './rivers.ts'
import { rankNames, travelSeconds } from './roads.ts'
import type { Site } from './sites.ts'
import { openFeatures, openRows } from './write-rows.ts'

/** The districts that anybody is supplied in. */
export function writeDistricts({ districts }: Layout, sites: Site[], folder: string): number {
  const file = openFeatures(folder, 'districts.geojson')
  const supplied = new Set(sites.map((site) => site.district))
  districts.features.forEach((feature, index) => {
    if (supplied.has(index)) file.add(feature)
  })
  return file.close()
}

/** Rivers as polygons, as far as they can be seen from the generated ground. */
export function writeWater({ rivers, plane, settlements }: Layout, folder: string): number {
  const file = openFeatures(folder, 'water.geojson')
  const reach_m = settlements.window_m * 1.6 + 3000
  let number = 0
  for (const river of rivers.all)
    for (const [first, last] of visibleRuns(river, reach_m)) {
      const left: [number, number][] = []
      const right: [number, number][] = []
      for (let i = first; i <= last; i++) {
        const [before, after] = [Math.max(i - 1, 0), Math.min(i + 1, river.x.length - 1)]
        const [dx, dy] = [river.x[after]! - river.x[before]!, river.y[after]! - river.y[before]!]
        const across = river.half_m[i]! / Math.hypot(dx, dy)
        left.push(plane.position(river.x[i]! - dy * across, river.y[i]! + dx * across))
        right.push(plane.position(river.x[i]! + dy * across, river.y[i]! - dx * across))
      }
      const ring = [...right, ...left.reverse()]
      ring.push(ring[0]!)
      const properties = { id: `W${String(++number).padStart(2, '0')}`, name: river.name }
      file.add({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } })
    }
  return file.close()
}

/** First and last point of each part of a river that passes within `reach_m` of the centre. */
function visibleRuns(river: River, reach_m: number): [number, number][] {
  const runs: [number, number][] = []
  let first = -1
  for (let i = 0; i <= river.x.length; i++) {
    const visible = i < river.x.length && Math.hypot(river.x[i]!, river.y[i]!) < reach_m
    if (visible && first < 0) first = i
    if (!visible && first >= 0) {
      if (i - first > 1) runs.push([first, i - 1])
      first = -1
    }
  }
  return runs
}

export function writeRoads({ roads, plane }: Layout, folder: string): { nodes: number; edges: number } {
  const nodes = openRows(folder, 'roads_nodes.csv', 'node,lon,lat')
  roads.x.forEach((x, node) => nodes.row(`${node},${plane.columns(x, roads.y[node]!)}`))
  const edges = openRows(folder, 'roads_edges.csv', 'from,to,length_m,time_s,oneway,name,class')
  roads.from.forEach((from, edge) => {
    const name = roads.names[roads.name[edge]!]!
    const length = roads.length_m[edge]!.toFixed(1)
    const seconds = Math.max(0.1, travelSeconds(roads, edge)).toFixed(2)
    edges.row(
      `${from},${roads.to[edge]},${length},${seconds},${roads.oneway[edge]},${name},${rankNames[roads.rank[edge]!]}`,
    )
  })
  return { nodes: nodes.close(), edges: edges.close() }
}
