// Planned work as marks of its own: a hollow square ahead of it, a full one while it goes on, with whom it concerns beside it.
import type { FeatureCollection, Point } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'
import type { PlannedWork } from '../../../server/contract/day.ts'
import { mapFont } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'
import { drawMark } from '../marks.ts'

/** Pure. */
export const plannedMarks = (planned: readonly PlannedWork[]): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: planned.map(({ id, location, running, customers }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [location.lon, location.lat] },
    properties: { id, state: running ? 'planned_running' : 'planned', label: String(customers) },
  })),
})

export function createPlannedLayer(scale: number): MapLayer {
  let shown: readonly PlannedWork[] | null = null
  return {
    add(map, colours) {
      shown = null
      for (const state of ['planned', 'planned_running'] as const)
        map.addImage(`mark-${state}`, drawMark(state, colours), { pixelRatio: 3 / scale })
      map.addSource('planned', { type: 'geojson', data: plannedMarks([]) })
      map.addLayer({
        id: 'planned-mark',
        type: 'symbol',
        source: 'planned',
        layout: {
          'icon-image': ['concat', 'mark-', ['get', 'state']],
          'icon-allow-overlap': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.62, 14, 1],
          'text-field': ['step', ['zoom'], '', 11, ['get', 'label']],
          'text-font': [mapFont],
          'text-size': 13 * scale,
          'text-anchor': 'top',
          'text-offset': [0, 0.95],
          'text-optional': true,
        },
        paint: {
          'text-color': colours.planned,
          'text-halo-color': colours.labelHalo,
          'text-halo-width': 1.8 * scale,
        },
      })
    },
    draw(map, { planned = [] }) {
      if (planned === shown) return
      shown = planned
      void map.getSource<GeoJSONSource>('planned')?.setData(plannedMarks(planned))
    },
  }
}
