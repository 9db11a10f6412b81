// Normally-open ties: where two feeders come close along a road, an open switch joins a transformer of each.
import { graphNode } from './equipment.ts'
import type { Feeder } from './feeders.ts'
import type { Layout } from './layout.ts'
import type { Patches } from './patches.ts'
import type { Site } from './sites.ts'
import type { RowFile } from './write-rows.ts'

type Meeting = { edge: number; from: number; to: number; length_m: number; weight: number }

const mostTies = 3
const longest_m = 1800

/** The shortest meeting of each pair of feeders; one between two substations is worth a longer line. */
function meetingsOf({ roads }: Layout, feeders: Feeder[], feederOf: Int32Array, patches: Patches): Meeting[] {
  const shortest = new Map<number, Meeting>()
  roads.from.forEach((a, edge) => {
    const b = roads.to[edge]!
    const [from, to] = [feederOf[patches.site[a]!]!, feederOf[patches.site[b]!]!]
    if (from === to || roads.bridge[edge] === 1) return
    const length_m = patches.distance_m[a]! + roads.length_m[edge]! + patches.distance_m[b]!
    const weight = length_m * (feeders[from]!.substation === feeders[to]!.substation ? 1 : 0.6)
    const key = Math.min(from, to) * feeders.length + Math.max(from, to)
    if (weight < (shortest.get(key)?.weight ?? Infinity)) shortest.set(key, { edge, from, to, length_m, weight })
  })
  return [...shortest.values()].sort((a, b) => a.weight - b.weight || a.edge - b.edge)
}

export function writeTies(layout: Layout, feeders: Feeder[], sites: Site[], patches: Patches, out: RowFile): void {
  const { roads, plane } = layout
  const feederOf = new Int32Array(sites.length)
  feeders.forEach((feeder, index) => feeder.sites.forEach((site) => (feederOf[site] = index)))
  const counts = new Int32Array(feeders.length)
  const wayOf = (node: number) => {
    const way = [node]
    while (patches.towards[way.at(-1)!]! >= 0) way.push(patches.towards[way.at(-1)!]!)
    return way
  }
  let number = 0
  for (const { edge, from, to, length_m } of meetingsOf(layout, feeders, feederOf, patches)) {
    const lonely = counts[from] === 0 || counts[to] === 0
    const full = counts[from]! >= mostTies || counts[to]! >= mostTies
    if (!lonely && (full || length_m > longest_m)) continue
    counts[from]!++
    counts[to]!++
    const [a, b] = [roads.from[edge]!, roads.to[edge]!]
    const way = [...wayOf(a).reverse(), ...wayOf(b)]
    const wkt = way.map((node) => plane.wkt(roads.x[node]!, roads.y[node]!)).join(',')
    const [near, far] = [feeders[from]!, feeders[to]!]
    const ends = `${graphNode(near, way[0]!)},${graphNode(far, way.at(-1)!)}`
    const name = `${near.name}与${far.name.replace('10kV', '')}联络开关`
    out.row(
      `TIE${String(++number).padStart(4, '0')},switch,${ends},${near.id},${name},open,${number % 3 === 0},"LINESTRING(${wkt})"`,
    )
  }
}
