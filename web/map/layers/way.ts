// One crew's way: its route, the site in the state's shape, and where the phone is.
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource } from 'maplibre-gl'
import type { LineString } from '../../../server/contract/assignments.ts'
import type { IncidentStatus } from '../../../server/contract/incidents.ts'
import type { MapLayer } from '../layer.ts'
import { drawMark, markStates } from '../marks.ts'

type Place = { lon: number; lat: number }
export type WayScene = { route: LineString | null; site: Place; state: IncidentStatus; here: Place | null }

/** Pure. */
export function featuresOf({ route, site, state, here }: WayScene): FeatureCollection {
  const point = (what: string, { lon, lat }: Place): Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { what, state },
  })
  return {
    type: 'FeatureCollection',
    features: [
      ...(route && route.coordinates.length > 1
        ? [{ type: 'Feature' as const, geometry: route, properties: { what: 'route' } }]
        : []),
      point('site', site),
      ...(here ? [point('here', here)] : []),
    ],
  }
}

export function createWayLayer(): MapLayer<WayScene> {
  return {
    add(map, colours) {
      for (const state of markStates) map.addImage(`site-${state}`, drawMark(state, colours), { pixelRatio: 2 })
      map.addSource('way', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
      const what = (name: string): ExpressionSpecification => ['==', ['get', 'what'], name]
      const layout = { 'line-cap': 'round', 'line-join': 'round' } as const
      const line = { type: 'line', source: 'way', filter: what('route'), layout } as const
      map.addLayer({ ...line, id: 'way-edge', paint: { 'line-color': colours.labelHalo, 'line-width': 10 } })
      map.addLayer({ ...line, id: 'way', paint: { 'line-color': colours.accent, 'line-width': 6 } })
      map.addLayer({
        id: 'way-here',
        type: 'circle',
        source: 'way',
        filter: what('here'),
        paint: {
          'circle-radius': 9,
          'circle-color': colours.accent,
          'circle-stroke-color': colours.panel,
          'circle-stroke-width': 3,
        },
      })
      map.addLayer({
        id: 'way-site',
        type: 'symbol',
        source: 'way',
        filter: what('site'),
        layout: { 'icon-image': ['concat', 'site-', ['get', 'state']], 'icon-allow-overlap': true, 'icon-size': 1.2 },
      })
    },
    draw(map, scene) {
      void map.getSource<GeoJSONSource>('way')?.setData(featuresOf(scene))
    },
  }
}
