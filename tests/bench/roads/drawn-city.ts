// A road graph drawn by lot for benchmarks: a crooked grid with three classes of road, one-way streets, gaps, and two rivers
// with few bridges.
import { type RoadGraph, RoadGraphBuilder } from '../../../server/roads/index.ts'

/** A seeded source of numbers from 0 to 1 (mulberry32). */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

const spacing_m = 150
const degree_m = 111_195

/** A city has main streets and trunk roads; a maze has none, so that no road is better than another: the hard case. */
export type CityKind = 'city' | 'maze'

/** Speed in km/h of a street by its place in the grid: in a city every 24th is a trunk road, every 6th a main street. */
function speedOf(kind: CityKind, line: number): number {
  if (kind === 'maze') return 35
  return line % 24 === 0 ? 80 : line % 6 === 0 ? 50 : 25
}

/** About `nodes` nodes (a square of them) around Jiangmen; the same seed draws the same city. */
export function drawCity(nodes: number, seed: number, kind: CityKind = 'city'): RoadGraph {
  const draw = drawFrom(seed)
  const side = Math.round(Math.sqrt(nodes))
  const builder = new RoadGraphBuilder()
  const step = spacing_m / degree_m
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      builder.addNode(`${y * side + x}`, 112.5 + (x + draw() * 0.5) * step * 1.08, 22 + (y + draw() * 0.5) * step)
  const rivers = [Math.floor(side / 3), Math.floor((side * 2) / 3)]
  const join = (from: number, to: number, line: number) => {
    const isMinor = kind === 'maze' || line % 6 !== 0
    if (isMinor && draw() < 0.1) return
    const length_m = spacing_m * (0.8 + draw() * 0.6)
    const time_s = Math.round((length_m / (speedOf(kind, line) / 3.6)) * (0.8 + draw() * 0.4) * 100) / 100
    builder.addEdge({ from: `${from}`, to: `${to}`, length_m, time_s, oneway: isMinor && draw() < 0.15 })
  }
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const node = y * side + x
      if (x + 1 < side) join(node, node + 1, y)
      const isRiver = kind === 'city' && rivers.includes(y)
      if (y + 1 < side && (!isRiver || x % 24 === 0)) join(node, node + side, x)
    }
  return builder.finish()
}
