// What the public sees on the map: the areas without supply, as the server publishes them, never a household's point.
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource } from 'maplibre-gl'
import { areaStates } from '../area-states.ts'
import type { MapLayer } from '../layer.ts'
import { areaPatterns, drawPattern } from '../patterns.ts'

export type PublicScene = { areas: FeatureCollection; chosenId: string | null; here: readonly [number, number] | null }

/** As on the wall: an area is green once it is verified that supply is back. */
const shown: ExpressionSpecification = [
  'case',
  ['all', ['==', ['get', 'status'], 'restored'], ['!', ['to-boolean', ['get', 'verified']]]],
  'partly_restored',
  ['get', 'status'],
]

export function createPublicAreasLayer(): MapLayer<PublicScene> {
  return {
    add(map, colours) {
      const tint = [
        'match',
        shown,
        ...areaStates.flatMap((state) => [state, colours[state]]),
        colours.closed,
      ] as unknown as ExpressionSpecification
      const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }
      map.addSource('public', { type: 'geojson', data: empty, promoteId: 'id' })
      map.addSource('here', { type: 'geojson', data: empty })
      map.addLayer(
        { id: 'public-area', type: 'fill', source: 'public', paint: { 'fill-color': tint, 'fill-opacity': 0.34 } },
        'road-name',
      )
      for (const state of areaPatterns) {
        map.addImage(`pattern-${state}`, drawPattern(state, colours[state]), { pixelRatio: 2 })
        map.addLayer(
          {
            id: `public-pattern-${state}`,
            type: 'fill',
            source: 'public',
            filter: ['==', shown, state],
            paint: { 'fill-pattern': `pattern-${state}`, 'fill-opacity': 0.5 },
          },
          'road-name',
        )
      }
      map.addLayer(
        {
          id: 'public-edge',
          type: 'line',
          source: 'public',
          paint: {
            'line-color': tint,
            'line-width': ['case', ['boolean', ['feature-state', 'chosen'], false], 4, 1.6],
          },
        },
        'road-name',
      )
      map.addLayer({
        id: 'here',
        type: 'circle',
        source: 'here',
        paint: {
          'circle-radius': 8,
          'circle-color': colours.accent,
          'circle-stroke-color': colours.panel,
          'circle-stroke-width': 3,
        },
      })
    },
    draw(map, { areas, chosenId, here }) {
      void map.getSource<GeoJSONSource>('public')?.setData(areas)
      map.removeFeatureState({ source: 'public' })
      if (chosenId) map.setFeatureState({ source: 'public', id: chosenId }, { chosen: true })
      const point = here && {
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: [...here] },
        properties: {},
      }
      void map.getSource<GeoJSONSource>('here')?.setData({ type: 'FeatureCollection', features: point ? [point] : [] })
    },
  }
}
