// Areas that keep failing or keep complaining: a ring around each, the wider the more of its months had trouble.
import type { FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { TroubleArea } from '../../../server/contract/requests.ts'
import { withAlpha } from '../colours.ts'
import type { MapLayer } from '../layer.ts'

export type TroubleAreasLayer = MapLayer & { show(areas: readonly TroubleArea[], chosenId: string | null): void }
type Rings = FeatureCollection<Point, { months: number; complains: boolean; chosen: boolean }>

/** Pure. What complains more often than it fails is told by its colour, too. */
export function ringsOf(areas: readonly TroubleArea[], chosenId: string | null): Rings {
  return {
    type: 'FeatureCollection',
    features: areas.map(({ transformer_id, lon, lat, months, incidents, requests }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: {
        months: months.length,
        complains: requests > incidents,
        chosen: transformer_id === chosenId,
      },
    })),
  }
}

const source = 'trouble-areas'

export function createTroubleAreasLayer(): TroubleAreasLayer {
  let drawn = ringsOf([], null)
  let map: MapLibre | null = null
  return {
    add(fresh, colours) {
      map = fresh
      fresh.addSource(source, { type: 'geojson', data: drawn })
      const colour: ExpressionSpecification = [
        'case',
        ['boolean', ['get', 'complains'], false],
        colours.planned,
        colours.confirmed,
      ]
      const faint: ExpressionSpecification = [
        'case',
        ['boolean', ['get', 'complains'], false],
        withAlpha(colours.planned, 0.25),
        withAlpha(colours.confirmed, 0.25),
      ]
      fresh.addLayer({
        id: 'trouble-area',
        type: 'circle',
        source,
        paint: {
          'circle-radius': ['min', 30, ['+', 7, ['*', 2.5, ['get', 'months']]]],
          'circle-color': faint,
          'circle-stroke-color': colour,
          'circle-stroke-width': ['case', ['boolean', ['get', 'chosen'], false], 4, 2],
        },
      })
    },
    draw() {
      // Drawn by `show`: what recurs is not part of the scene.
    },
    show(areas, chosenId) {
      drawn = ringsOf(areas, chosenId)
      void map?.getSource<GeoJSONSource>(source)?.setData(drawn)
    },
  }
}
