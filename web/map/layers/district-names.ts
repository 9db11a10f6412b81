// One name a district. A vector tile cuts a district into pieces and each would be named, so the name stands at the middle of
// the largest piece seen so far.
import type { FeatureCollection, Point, Position } from 'geojson'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { mapFont } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'

type Name = { at: Position; size: number; name: string }

/** Twice the signed area and the centroid of a ring (shoelace). */
function middleOf(ring: Position[]): { at: Position; size: number } {
  let size = 0
  let lon = 0
  let lat = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i]!
    const [x2 = 0, y2 = 0] = ring[i + 1]!
    const cross = x1 * y2 - x2 * y1
    size += cross
    lon += (x1 + x2) * cross
    lat += (y1 + y2) * cross
  }
  return { at: [lon / (3 * size), lat / (3 * size)], size: Math.abs(size) }
}

export function createDistrictNamesLayer(scale: number): MapLayer<unknown> {
  const names = new Map<string, Name>()

  function collect(map: MapLibre) {
    let better = false
    for (const feature of map.querySourceFeatures('ground', { sourceLayer: 'districts' })) {
      const { geometry } = feature
      const polygons =
        geometry.type === 'Polygon'
          ? [geometry.coordinates]
          : geometry.type === 'MultiPolygon'
            ? geometry.coordinates
            : []
      const code = String(feature.properties['code'])
      for (const [ring] of polygons) {
        if (!ring) continue
        const { at, size } = middleOf(ring)
        if (size <= (names.get(code)?.size ?? 0) * 1.1) continue
        names.set(code, { at, size, name: String(feature.properties['name'] ?? '') })
        better = true
      }
    }
    if (better) void map.getSource<GeoJSONSource>('district-names')?.setData(collection())
  }

  const collection = (): FeatureCollection<Point> => ({
    type: 'FeatureCollection',
    features: [...names.values()].map(({ at, name }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at },
      properties: { name },
    })),
  })

  let listening = false
  return {
    add(map, colours) {
      map.addSource('district-names', { type: 'geojson', data: collection() })
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
        map.on('idle', () => collect(map))
      }
      listening = true
    },
    draw() {},
  }
}
