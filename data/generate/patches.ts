// Which transformer is nearest by road: gives each its stretches of street, and shows where two feeders come close.
import FlatQueue from 'flatqueue'
import type { Layout } from './layout.ts'
import type { Site } from './sites.ts'

/** For each road node the nearest site by road, the way towards it and the metres to it. */
export type Patches = { site: Int32Array; towards: Int32Array; distance_m: Float64Array }

/** Dijkstra from all sites at once; nodes times their logarithm. Bridges count four times: a low-voltage line does not cross a river. */
export function growPatches({ roads }: Layout, sites: Site[]): Patches {
  const count = roads.x.length
  const patches: Patches = {
    site: new Int32Array(count).fill(-1),
    towards: new Int32Array(count).fill(-1),
    distance_m: new Float64Array(count).fill(Infinity),
  }
  const queue = new FlatQueue<number>()
  sites.forEach(({ node }, index) => {
    patches.site[node] = index
    patches.distance_m[node] = 0
    queue.push(node, 0)
  })
  for (let reached_m = queue.peekValue(); reached_m !== undefined; reached_m = queue.peekValue()) {
    const node = queue.pop()!
    if (reached_m > patches.distance_m[node]!) continue
    for (let k = roads.start[node]!; k < roads.start[node + 1]!; k++) {
      const edge = roads.edgesAt[k]!
      const other = roads.from[edge] === node ? roads.to[edge]! : roads.from[edge]!
      const total = reached_m + roads.length_m[edge]! * (roads.bridge[edge] ? 4 : 1)
      if (total >= patches.distance_m[other]!) continue
      patches.distance_m[other] = total
      patches.towards[other] = node
      patches.site[other] = patches.site[node]!
      queue.push(other, total)
    }
  }
  return patches
}
