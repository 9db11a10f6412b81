// A utility's own raster map beneath ours, where one is configured: under the areas, lines and marks, dimmed at night. What our
// own ground draws of land, water and roads gives way to it.
import { addProtocol, type Map as MapLibre } from 'maplibre-gl'
import type { GroundTheme } from './colours.ts'

type BaseMap = { crs: 'wgs84' | 'gcj02'; maxzoom: number; attribution: string }

let asked: Promise<BaseMap | null> | null = null
/** Asked once a page; without an answer our own ground stays. */
function readBaseMap(): Promise<BaseMap | null> {
  asked ??= fetch('/tiles/base.json')
    .then((answer) => (answer.ok ? (answer.json() as Promise<BaseMap | null>) : null))
    .catch(() => null)
  return asked
}

const paints = {
  night: { 'raster-brightness-max': 0.42, 'raster-saturation': -0.55, 'raster-contrast': -0.1 },
  day: { 'raster-saturation': -0.35, 'raster-opacity': 0.85 },
  print: { 'raster-saturation': -1, 'raster-opacity': 0.6 },
} as const
/** What it shows itself. */
const givesWay = /^(land|water|road-)/

let known = false
/** MapLibre asks us for tiles of this scheme. */
function knowGcj() {
  if (known) return
  known = true
  addProtocol('gcj02', async ({ url }, { signal }) => {
    const [z = 0, x = 0, y = 0] = url.replace('gcj02://', '').split('/').map(Number)
    const { drawGcjTile } = await import('./gcj-tiles.ts')
    const picture = await drawGcjTile({ z, x, y }, signal)
    return { data: picture ?? new ArrayBuffer(0) }
  })
}

/** Lays the base map into a fresh style; does nothing where none is configured, or where the style has gone meanwhile. */
export async function layBaseMap(map: MapLibre, theme: GroundTheme): Promise<void> {
  const base = await readBaseMap()
  if (!base || map.getSource('base') || !map.getLayer('land')) return
  if (base.crs === 'gcj02') knowGcj()
  const tiles = base.crs === 'gcj02' ? 'gcj02://{z}/{x}/{y}' : `${location.origin}/tiles/base/{z}/{x}/{y}`
  const { maxzoom, attribution } = base
  map.addSource('base', { type: 'raster', tiles: [tiles], tileSize: 256, maxzoom, attribution })
  map.addLayer({ id: 'base', type: 'raster', source: 'base', paint: paints[theme] }, 'land')
  for (const { id } of map.getStyle().layers) if (givesWay.test(id)) map.setLayoutProperty(id, 'visibility', 'none')
}
