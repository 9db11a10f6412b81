// The ways that candidates would drive to one incident: all faint, the one looked at strong, each start named.
import type { FeatureCollection, LineString, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Candidate } from '../../../server/contract/assignments.ts'
import { mapFont } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'

export type CandidateRoutesLayer = MapLayer & { show(candidates: readonly Candidate[], lookedAt: string | null): void }

type Properties = { crew: string; name: string; rank: number; chosen: boolean; straight: boolean }
type Ways = FeatureCollection<LineString | Point, Properties>

/** Pure. */
export function waysOf(candidates: readonly Candidate[], lookedAt: string | null): Ways {
  const chosen = lookedAt ?? candidates[0]?.crew_id ?? null
  const features: Ways['features'] = []
  candidates.forEach(({ crew_id, crew_name, route, method }, index) => {
    if (!route || route.coordinates.length < 2) return
    const properties = {
      crew: crew_id,
      name: `${index + 1}  ${crew_name}`,
      rank: index + 1,
      chosen: crew_id === chosen,
      straight: method === 'straight_line',
    }
    features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: route.coordinates }, properties })
    features.push({ type: 'Feature', geometry: { type: 'Point', coordinates: route.coordinates[0]! }, properties })
  })
  return { type: 'FeatureCollection', features }
}

const source = 'candidate-routes'
const whenChosen = (yes: unknown, no: unknown) => ['case', ['get', 'chosen'], yes, no] as ExpressionSpecification

export function createCandidateRoutesLayer(): CandidateRoutesLayer {
  let ways: Ways = waysOf([], null)
  let map: MapLibre | null = null

  return {
    add(fresh, colours) {
      map = fresh
      fresh.addSource(source, { type: 'geojson', data: ways })
      const shared = { type: 'line', source, layout: { 'line-cap': 'round', 'line-join': 'round' } } as const
      const sort = ['case', ['get', 'chosen'], 1, 0] as ExpressionSpecification
      fresh.addLayer({
        ...shared,
        id: 'candidate-route-edge',
        layout: { ...shared.layout, 'line-sort-key': sort },
        paint: {
          'line-color': colours.labelHalo,
          'line-width': whenChosen(9, 5),
          'line-opacity': whenChosen(0.95, 0.6),
        },
      })
      fresh.addLayer({
        ...shared,
        id: 'candidate-route',
        layout: { ...shared.layout, 'line-sort-key': sort },
        paint: { 'line-color': colours.accent, 'line-width': whenChosen(5, 2), 'line-opacity': whenChosen(1, 0.55) },
      })
      fresh.addLayer({
        id: 'candidate-name',
        type: 'symbol',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        layout: {
          'text-field': ['get', 'name'],
          'text-font': [mapFont],
          'text-size': whenChosen(15, 12),
          'text-anchor': 'bottom',
          'text-offset': [0, -1],
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'text-color': colours.ink, 'text-halo-color': colours.labelHalo, 'text-halo-width': 2 },
      })
    },
    draw() {
      // Drawn by `show`: what candidates there are is not part of the scene.
    },
    show(candidates, lookedAt) {
      ways = waysOf(candidates, lookedAt)
      void map?.getSource<GeoJSONSource>(source)?.setData(ways)
    },
  }
}
