// The ground as a MapLibre style: water, districts, roads from our own tiles, for night, day and print. No request leaves the
// machine: no glyph server, no sprite, local tiles only.
import type { LayerSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl'
import type { MapColours } from './colours.ts'
import { mapFont } from './fonts.ts'

/** All layers in one tile: one request and one parcel to the worker for each piece of ground. */
const ground = (): VectorSourceSpecification => ({
  type: 'vector',
  tiles: [`${location.origin}/tiles/ground/{z}/{x}/{y}.mvt`],
  minzoom: 5,
  maxzoom: 15,
  // Which property names a feature, so that its state can be set by our own ids.
  promoteId: { areas: 'transformer_id', equipment: 'id', districts: 'code' },
})

type Width = Record<'arterial' | 'secondary' | 'residential', readonly [z9: number, z13: number, z16: number]>
const widths: Width = { arterial: [0.7, 2.6, 9], secondary: [0.3, 1.5, 6.5], residential: [0.1, 0.7, 4.5] }

/** OpenStreetMap's road classes fall into the three that the ground draws. */
const classes = {
  arterial: ['arterial', 'motorway', 'trunk', 'primary', 'motorway_link', 'trunk_link', 'primary_link'],
  secondary: ['secondary', 'tertiary', 'secondary_link', 'tertiary_link'],
} as const
const isClass = (name: keyof typeof classes): ['match', ...unknown[]] => [
  'match',
  ['get', 'class'],
  [...classes[name]],
  true,
  false,
]

function road(kind: keyof Width, colour: string, minzoom: number, grow = 0): LayerSpecification {
  const [z9, z13, z16] = widths[kind]
  const filter = kind === 'residential' ? ['!', ['any', isClass('arterial'), isClass('secondary')]] : isClass(kind)
  return {
    id: `road-${kind}${grow ? '-edge' : ''}`,
    type: 'line',
    source: 'ground',
    'source-layer': 'roads',
    minzoom,
    filter: filter as never,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-width': [
        'interpolate',
        ['exponential', 1.6],
        ['zoom'],
        9,
        z9 + grow * 0.3,
        13,
        z13 + grow,
        16,
        z16 + grow * 1.5,
      ],
    },
  }
}

const placeText = (size: number) => ({ 'text-font': [mapFont], 'text-size': size, 'text-letter-spacing': 0.06 })

export function groundStyle(
  colours: MapColours,
  fontFaces: StyleSpecification['font-faces'],
  textScale: number,
): StyleSpecification {
  return {
    version: 8,
    'font-faces': fontFaces!,
    transition: { duration: 300, delay: 0 },
    sources: { ground: ground() },
    layers: [
      { id: 'beyond', type: 'background', paint: { 'background-color': colours.beyond } },
      {
        id: 'land',
        type: 'fill',
        source: 'ground',
        'source-layer': 'districts',
        paint: { 'fill-color': colours.land, 'fill-antialias': false },
      },
      {
        id: 'water',
        type: 'fill',
        source: 'ground',
        'source-layer': 'water',
        paint: { 'fill-color': colours.water, 'fill-antialias': false },
      },
      // The bank as a line: an outline of the fill would be one more kind of drawing to compile, and these are compiled already.
      {
        id: 'water-edge',
        type: 'line',
        source: 'ground',
        'source-layer': 'water',
        paint: { 'line-color': colours.waterEdge, 'line-width': 0.8 },
      },
      road('residential', colours.roadResidential, 11.5),
      road('secondary', colours.roadEdge, 11, 1.2),
      road('arterial', colours.roadEdge, 10, 1.6),
      road('secondary', colours.roadSecondary, 9),
      road('arterial', colours.roadArterial, 8),
      {
        id: 'district-border-glow',
        type: 'line',
        source: 'ground',
        'source-layer': 'districts',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colours.district, 'line-opacity': 0.12, 'line-width': 7, 'line-blur': 5 },
      },
      {
        id: 'district-border',
        type: 'line',
        source: 'ground',
        'source-layer': 'districts',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': colours.district,
          'line-opacity': 0.75,
          'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 14, 1.8],
          'line-dasharray': [4, 2.5],
        },
      },
      {
        id: 'road-name',
        type: 'symbol',
        source: 'ground',
        'source-layer': 'roads',
        minzoom: 13,
        filter: ['!=', ['coalesce', ['get', 'name'], ''], ''],
        layout: {
          ...placeText(11 * textScale),
          'symbol-placement': 'line',
          'symbol-spacing': 320,
          'text-field': ['get', 'name'],
          'text-max-angle': 30,
          'text-padding': 8,
        },
        paint: {
          'text-color': colours.label,
          'text-halo-color': colours.labelHalo,
          'text-halo-width': 1.4,
          'text-opacity': 0.85,
        },
      },
    ],
  }
}
