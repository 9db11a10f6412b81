// The costliest incidents of a period, for paper: their areas by pattern alone, and each a disc with its number in the table.
import type { FeatureCollection, Point } from 'geojson'
import type { FilterSpecification, GeoJSONSource } from 'maplibre-gl'
import type { StormReport } from '../../../server/contract/history.ts'
import { mapFont } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'
import { drawPattern } from '../patterns.ts'

type Worst = StormReport['worst'][number]
export type WorstScene = { worst: readonly Worst[]; to: string }

/** Without supply as the period ended. Pure. */
export const isOutAt = ({ restored_at }: Worst, to: string) =>
  restored_at === null || Date.parse(restored_at) > Date.parse(to)

/** Discs in the order of the table, the first on top. Pure. */
export function discsOf({ worst }: WorstScene): FeatureCollection<Point, { rank: string; customers: number }> {
  const features = worst.map(({ location, customers }, index) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [location.lon, location.lat] },
    properties: { rank: String(index + 1), customers },
  }))
  return { type: 'FeatureCollection', features: features.reverse() }
}

export function createWorstLayer(): MapLayer<WorstScene> {
  const among = (ids: string[]): FilterSpecification => ['in', ['get', 'transformer_id'], ['literal', ids]]
  const kinds = [
    ['was-out', 'probable'],
    ['is-out', 'confirmed'],
  ] as const
  return {
    add(map, colours) {
      const ofArea = { source: 'ground', 'source-layer': 'areas', filter: among([]) } as const
      for (const [id, pattern] of kinds) {
        map.addImage(id, drawPattern(pattern, colours.ink), { pixelRatio: 4 })
        map.addLayer(
          { ...ofArea, id, type: 'fill', paint: { 'fill-pattern': id, 'fill-antialias': false } },
          'road-name',
        )
        const edge = { 'line-color': colours.ink, 'line-width': 1 }
        map.addLayer({ ...ofArea, id: `${id}-edge`, type: 'line', paint: edge }, 'road-name')
      }
      map.addSource('worst', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
      map.addLayer({
        id: 'worst-disc',
        type: 'circle',
        source: 'worst',
        paint: {
          'circle-radius': ['min', 34, ['+', 9, ['*', 0.55, ['sqrt', ['get', 'customers']]]]],
          'circle-color': colours.panel,
          'circle-opacity': 0.8,
          'circle-stroke-color': colours.ink,
          'circle-stroke-width': 1.8,
        },
      })
      map.addLayer({
        id: 'worst-rank',
        type: 'symbol',
        source: 'worst',
        layout: {
          'text-field': ['get', 'rank'],
          'text-font': [mapFont],
          'text-size': 14,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': colours.ink, 'text-halo-color': colours.labelHalo, 'text-halo-width': 1.6 },
      })
    },
    draw(map, scene) {
      const ids = (out: boolean) =>
        scene.worst.filter((each) => isOutAt(each, scene.to) === out).flatMap((each) => each.transformer_ids)
      for (const [id] of kinds) {
        const filter = among(ids(id === 'is-out'))
        map.setFilter(id, filter)
        map.setFilter(`${id}-edge`, filter)
      }
      void map.getSource<GeoJSONSource>('worst')?.setData(discsOf(scene))
    },
  }
}
