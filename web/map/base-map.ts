// A utility's own map beneath ours, where one is configured: raster tiles, vector tiles, or a style of its own, under the areas, lines
// and marks, dimmed at night. What our own ground draws of land, water and roads gives way to it.
import { addProtocol, type LayerSpecification, type Map as MapLibre, type StyleSpecification } from 'maplibre-gl'
import type { GroundTheme, MapColours } from './colours.ts'

type Tiled = {
  format: 'raster' | 'vector'
  crs: 'wgs84' | 'gcj02'
  minzoom: number
  maxzoom: number
  attribution: string
  layers: string[]
}
type BaseMap = Tiled | { format: 'style'; attribution: string }

const askedFor = new Map<string, Promise<unknown>>()
/** Answered once a page, null where there is none; fails, and asks anew the next time, while the server does not say. */
function read<T>(path: string): Promise<T | null> {
  const asked =
    askedFor.get(path) ??
    fetch(path)
      .then((answer) => {
        if (answer.status === 404) return null
        // 204 is what a screen's own worker answers where there is no network.
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
        return answer.json()
      })
      .catch((reason: unknown) => {
        askedFor.delete(path)
        throw reason
      })
  askedFor.set(path, asked)
  return asked as Promise<T | null>
}

/** What the base map's owner and the ground's wish to have said on every map, in that order; plain text. Fails without an answer. */
export async function readOrigins(): Promise<string[]> {
  const [base, ground] = await Promise.all([
    read<BaseMap>('/tiles/base.json'),
    read<{ attribution?: string }>('/tiles/ground.json'),
  ])
  const style = base?.format === 'style' ? await read<StyleSpecification>('/tiles/base-style.json') : null
  return originsOf([
    base?.attribution,
    ...Object.values(style?.sources ?? {}).map((source) => ('attribution' in source ? source.attribution : undefined)),
    ground?.attribution,
  ])
}

/** Providers write theirs as HTML; each is said once. Pure. */
export function originsOf(said: readonly (string | undefined)[]): string[] {
  const plain = said.map((each) =>
    (each ?? '')
      .replace(/<[^>]*>/g, '')
      .replace(/&copy;/g, '©')
      .replace(/&amp;/g, '&')
      .trim(),
  )
  return [...new Set(plain)].filter((each) => each !== '')
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

const ours = () => `${location.origin}/tiles/base/{z}/{x}/{y}`

/**
 * Lays the base map into a fresh style; does nothing where none is configured, or where the style has gone meanwhile. Fails where the
 * server does not say.
 */
export async function layBaseMap(map: MapLibre, theme: GroundTheme, colours: MapColours): Promise<void> {
  const base = await read<BaseMap>('/tiles/base.json')
  if (!base) return
  const style = base.format === 'style' ? await read<StyleSpecification>('/tiles/base-style.json') : null
  if (base.format === 'style' && !style) return
  if (map.getSource('base') || map.getLayer('base') || !map.getLayer('land')) return
  // Above, or what it draws would be hidden with ours.
  const own = map.getStyle().layers.map(({ id }) => id)
  if (style) await layStyle(map, style)
  else if (base.format === 'raster') layRaster(map, base, theme)
  else if (base.format === 'vector') await layVector(map, base, colours)
  for (const id of own) if (givesWay.test(id)) map.setLayoutProperty(id, 'visibility', 'none')
}

function layRaster(map: MapLibre, { crs, minzoom, maxzoom, attribution }: Tiled, theme: GroundTheme) {
  if (crs === 'gcj02') knowGcj()
  const tiles = crs === 'gcj02' ? 'gcj02://{z}/{x}/{y}' : ours()
  map.addSource('base', { type: 'raster', tiles: [tiles], tileSize: 256, minzoom, maxzoom, attribution })
  map.addLayer({ id: 'base', type: 'raster', source: 'base', paint: paints[theme] }, 'land')
}

async function layVector(map: MapLibre, { minzoom, maxzoom, attribution, layers }: Tiled, colours: MapColours) {
  const { dressLayers } = await import('./base-layers.ts')
  if (map.getSource('base') || !map.getLayer('land')) return
  map.addSource('base', { type: 'vector', tiles: [ours()], minzoom, maxzoom, attribution })
  for (const layer of dressLayers(layers, colours)) map.addLayer(layer, 'land')
}

async function layStyle(map: MapLibre, style: StyleSpecification) {
  const { renamed } = await import('./base-layers.ts')
  if (!map.getLayer('land')) return
  const { sources, layers } = renamed(style)
  if (style.glyphs) map.setGlyphs(style.glyphs)
  if (typeof style.sprite === 'string') map.setSprite(style.sprite)
  for (const [id, source] of Object.entries(sources)) if (!map.getSource(id)) map.addSource(id, source)
  for (const layer of layers as LayerSpecification[]) if (!map.getLayer(layer.id)) map.addLayer(layer, 'land')
}
