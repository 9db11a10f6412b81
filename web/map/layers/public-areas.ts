// What the public sees on the map: the areas without supply, as the server publishes them, never a household's point.
import type { FeatureCollection, Geometry } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource } from 'maplibre-gl'
import { areaStates } from '../area-states.ts'
import type { MapLayer } from '../layer.ts'
import { areaPatterns, drawPattern } from '../patterns.ts'

/** `ground`: what somebody looked up, outlined. */
export type PublicScene = { areas: FeatureCollection; chosenId: string | null; ground: Geometry | null }

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
      map.addSource('looked-up', { type: 'geojson', data: empty })
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
        id: 'looked-up',
        type: 'line',
        source: 'looked-up',
        paint: { 'line-color': colours.accent, 'line-width': 3, 'line-dasharray': [2, 1] },
      })
    },
    draw(map, { areas, chosenId, ground }) {
      void map.getSource<GeoJSONSource>('public')?.setData(areas)
      map.removeFeatureState({ source: 'public' })
      if (chosenId) map.setFeatureState({ source: 'public', id: chosenId }, { chosen: true })
      const outline = ground && { type: 'Feature' as const, geometry: ground, properties: {} }
      const features = outline ? [outline] : []
      void map.getSource<GeoJSONSource>('looked-up')?.setData({ type: 'FeatureCollection', features })
    },
  }
}
