// How a utility's own vector map is drawn beneath ours. Tiles without a style wear our ground's colours, by what their layers are
// called in the two schemas that are in use (OpenMapTiles, Protomaps); a style of its own keeps its looks under names of its own. Pure.
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { MapColours } from './colours.ts'
import { mapFont } from './fonts.ts'

type Dress = (id: string, sourceLayer: string, colours: MapColours) => LayerSpecification[]

const polygons = ['==', ['geometry-type'], 'Polygon'] as never
const lines = ['==', ['geometry-type'], 'LineString'] as never

const fill =
  (colour: keyof MapColours, opacity = 1): Dress =>
  (id, sourceLayer, colours) => [
    {
      id,
      type: 'fill',
      source: 'base',
      'source-layer': sourceLayer,
      filter: polygons,
      paint: { 'fill-color': colours[colour], 'fill-opacity': opacity, 'fill-antialias': false },
    },
  ]

const line =
  (colour: keyof MapColours, width: number, dashed = false): Dress =>
  (id, sourceLayer, colours) => [
    {
      id: `${id}-line`,
      type: 'line',
      source: 'base',
      'source-layer': sourceLayer,
      filter: lines,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colours[colour],
        'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, width * 0.3, 13, width, 16, width * 4],
        ...(dashed ? { 'line-dasharray': [3, 2] } : {}),
      },
    },
  ]

const names: Dress = (id, sourceLayer, colours) => [
  {
    id,
    type: 'symbol',
    source: 'base',
    'source-layer': sourceLayer,
    layout: {
      'text-field': ['coalesce', ['get', 'name:zh'], ['get', 'name'], ''],
      'text-font': [mapFont],
      'text-size': 12,
      'text-padding': 6,
    },
    paint: { 'text-color': colours.label, 'text-halo-color': colours.labelHalo, 'text-halo-width': 1.4 },
  },
]

/** From the ground up; a layer that is called otherwise is not drawn. */
const dresses: readonly (readonly [RegExp, Dress])[] = [
  [/^(earth|land)$/, fill('land')],
  [/^(landcover|landuse|park|natural)$/, fill('roadEdge', 0.35)],
  [/^(water|ocean)$/, fill('water')],
  [/^(water|waterway|physical_line)$/, line('water', 1.6)],
  [/^(building|buildings)$/, fill('roadEdge', 0.6)],
  [/^(road|roads|transportation)$/, line('roadSecondary', 1.2)],
  [/^(boundary|boundaries)$/, line('district', 1, true)],
  [/^(place|places)$/, names],
]

export function dressLayers(layers: readonly string[], colours: MapColours): LayerSpecification[] {
  const ground: LayerSpecification = { id: 'base', type: 'background', paint: { 'background-color': colours.land } }
  const dressed = dresses.flatMap(([named, dress]) =>
    layers.filter((layer) => named.test(layer)).flatMap((layer) => dress(`base-${layer}`, layer, colours)),
  )
  return [ground, ...dressed]
}

/** Names that cannot meet ours. */
export function renamed(style: StyleSpecification): Pick<StyleSpecification, 'sources' | 'layers'> {
  const own = (id: string) => `base-${id}`
  return {
    sources: Object.fromEntries(Object.entries(style.sources).map(([id, source]) => [own(id), source])),
    layers: style.layers.map((layer) => ({
      ...layer,
      id: own(layer.id),
      ...('source' in layer && typeof layer.source === 'string' ? { source: own(layer.source) } : {}),
    })) as LayerSpecification[],
  }
}
