// The TileJSON 3.0.0 document of a layer (https://github.com/mapbox/tilejson-spec/tree/master/3.0.0).
import type { AboutGround, Bounds } from './ground.ts'
import { maxzoom, type Layer } from './layers.ts'

export type TileJson = {
  tilejson: '3.0.0'
  name: string
  description: string
  /** Whose the ground is. */
  attribution?: string
  tiles: string[]
  vector_layers: { id: string; description: string; minzoom: number; maxzoom: number; fields: Record<string, string> }[]
  minzoom: number
  maxzoom: number
  bounds?: Bounds
  center?: [number, number, number]
}

/** `origin` is how the caller reached us; the version in the tiles' address lets a browser keep them for good. */
export function tileJsonOf(
  name: string,
  layers: readonly Layer[],
  origin: string,
  version: string,
  { bounds, origin: attribution }: AboutGround,
): TileJson {
  const minzoom = Math.min(...layers.map((layer) => layer.minzoom))
  return {
    tilejson: '3.0.0',
    name,
    description: layers.map((layer) => layer.description).join('; '),
    ...(attribution && { attribution }),
    tiles: [`${origin}/tiles/${name}/{z}/{x}/{y}.mvt?v=${version}`],
    vector_layers: layers.map(({ id, description, minzoom, fields }) => ({
      id,
      description,
      minzoom,
      maxzoom,
      fields,
    })),
    minzoom,
    maxzoom,
    ...(bounds && { bounds, center: centerOf(bounds, minzoom) }),
  }
}

function centerOf([west, south, east, north]: Bounds, minzoom: number): [number, number, number] {
  const span = Math.max(east - west, north - south, 1e-6)
  const zoom = Math.floor(Math.log2(360 / span))
  return [(west + east) / 2, (south + north) / 2, Math.min(maxzoom, Math.max(minzoom, zoom))]
}
