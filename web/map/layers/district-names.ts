// One name a district, where the district is widest within what the screen shows: its own middle may lie behind a pane or far outside.
import type { FeatureCollection, Point, Position } from 'geojson'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { mapFont } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'

export type Piece = { name: string; ring: readonly Position[] }
type Insets = { top: number; right: number; bottom: number; left: number }

/** Places looked at: a name is a tenth of the width, so that finer steps would not be seen. */
const columns = 32
const rows = 20

const edges: Insets = { top: 24, right: 24, bottom: 24, left: 24 }

/** Even-odd rule: a ray to the east crosses the ring an odd number of times. */
function isInside(ring: readonly Position[], [x = 0, y = 0]: Position): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i]!
    const [xj = 0, yj = 0] = ring[j]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/**
 * The place of `grid` (row by row) in each district that is the most steps away from any other ground, by two passes of a distance
 * transform (Rosenfeld and Pfaltz, 1966). Pure; the time goes into asking each place for its district.
 */
export function placeNames(pieces: readonly Piece[], grid: readonly Position[], width: number): Map<string, Position> {
  const owner = grid.map((place) => pieces.find(({ ring }) => isInside(ring, place))?.name ?? '')
  const steps = owner.map(() => 0)
  const spread = (index: number, before: number, beside: number) => {
    const at = (other: number) => (owner[other] === owner[index] ? steps[other]! : 0)
    const isAtSide = index % width === 0 || index % width === width - 1
    return isAtSide ? 1 : 1 + Math.min(at(index + before), at(index + beside))
  }
  for (let i = 0; i < grid.length; i++) steps[i] = spread(i, -width, -1)
  const best = new Map<string, { at: Position; steps: number }>()
  for (let i = grid.length - 1; i >= 0; i--) {
    steps[i] = Math.min(steps[i]!, spread(i, width, 1))
    const name = owner[i]!
    if (name && steps[i]! > (best.get(name)?.steps ?? 0)) best.set(name, { at: grid[i]!, steps: steps[i]! })
  }
  return new Map([...best].map(([name, { at }]) => [name, at]))
}

function piecesOf(map: MapLibre): Piece[] {
  return map.querySourceFeatures('ground', { sourceLayer: 'districts' }).flatMap(({ geometry, properties }) => {
    const polygons =
      geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : []
    return polygons.flatMap(([ring]) => (ring ? [{ name: String(properties['name'] ?? ''), ring }] : []))
  })
}

function gridOf(map: MapLibre, { top, right, bottom, left }: Insets): Position[] {
  const { clientWidth, clientHeight } = map.getContainer()
  const [width, height] = [clientWidth - left - right, clientHeight - top - bottom]
  return Array.from({ length: columns * rows }, (_, index) =>
    map
      .unproject([
        left + (((index % columns) + 0.5) / columns) * width,
        top + ((Math.floor(index / columns) + 0.5) / rows) * height,
      ])
      .toArray(),
  )
}

/** `insets`: what panes hide along the edges. */
export function createDistrictNamesLayer(scale: number, insets: Insets = edges): MapLayer<unknown> {
  let shown = ''

  function place(map: MapLibre) {
    const source = map.getSource<GeoJSONSource>('district-names')
    if (!source) return
    const names = collection(placeNames(piecesOf(map), gridOf(map, insets), columns))
    const text = JSON.stringify(names)
    if (text === shown) return
    shown = text
    void source.setData(names)
  }

  const collection = (names: ReadonlyMap<string, Position>): FeatureCollection<Point> => ({
    type: 'FeatureCollection',
    features: [...names].map(([name, at]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at },
      properties: { name },
    })),
  })

  let listening = false
  return {
    add(map, colours) {
      shown = ''
      map.addSource('district-names', { type: 'geojson', data: collection(new Map()) })
      map.addLayer({
        id: 'district-name',
        type: 'symbol',
        source: 'district-names',
        layout: {
          'text-field': ['get', 'name'],
          'text-font': [mapFont],
          'text-size': ['interpolate', ['linear'], ['zoom'], 8, 13 * scale, 12, 21 * scale, 15, 26 * scale],
          'text-letter-spacing': 0.3,
          'text-padding': 12,
        },
        paint: {
          'text-color': colours.label,
          'text-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.85, 14.5, 0.35],
          'text-halo-color': colours.labelHalo,
          'text-halo-width': 1.8,
        },
      })
      if (!listening) {
        map.on('idle', () => place(map))
      }
      listening = true
    },
    draw() {},
  }
}
