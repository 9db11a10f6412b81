// Open incidents as marks: a disc sized by customers without supply, the state's shape in its middle, and the number where
// there is room. The worst are drawn last, so that they lie on top.
import type { Feature, FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, GeoJSONSourceDiff } from 'maplibre-gl'
import type { IncidentSummary } from '../../../server/contract/incidents.ts'
import { isOpen } from '../../live/picture.ts'
import { shownStateOf } from '../../live/shown-state.ts'
import { parentsStillOut } from '../../live/still-out.ts'
import { mapFont } from '../fonts.ts'
import type { MapLayer, Scene } from '../layer.ts'
import { drawMark, markColour, markStates } from '../marks.ts'

type MarkProperties = { id: string; state: string; customers: number; label: string; chosen: boolean }

/** A restored incident keeps its mark this long. */
const restoredStay_ms = 20 * 60 * 1000

/** No tick stands where customers say that they are still out: the mark of their own incident does. Pure. */
export function marksOf(
  incidents: readonly IncidentSummary[],
  chosenId: string | null,
  now: number,
): FeatureCollection<Point, MarkProperties> {
  const features: FeatureCollection<Point, MarkProperties>['features'] = []
  const stillOut = parentsStillOut(incidents)
  for (const incident of incidents) {
    if (!isOpen(incident)) continue
    const restored = incident.status === 'restored'
    if (restored && stillOut.has(incident.id)) continue
    const backAt = incident.verified_at ?? incident.restored_at ?? incident.updated_at
    if (restored && now - Date.parse(backAt) > restoredStay_ms) continue
    const customers = restored ? 0 : incident.customers_out
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [incident.location.lon, incident.location.lat] },
      properties: {
        id: incident.id,
        state: shownStateOf(incident),
        customers,
        label: customers > 1 ? String(customers) : '',
        chosen: incident.id === chosenId,
      },
    })
  }
  return { type: 'FeatureCollection', features }
}

type Mark = Feature<Point, MarkProperties>

const isSame = (a: Mark, b: Mark): boolean =>
  a.geometry.coordinates.every((value, index) => value === b.geometry.coordinates[index]) &&
  (Object.keys(a.properties) as (keyof MarkProperties)[]).every((key) => a.properties[key] === b.properties[key])

/** What to change in the marks that are drawn, so that only their tiles are cut anew; null where it is most of them. Pure. */
export function changeOf(drawn: ReadonlyMap<string, Mark>, marks: readonly Mark[]): GeoJSONSourceDiff | null {
  const wanted = new Set(marks.map(({ properties }) => properties.id))
  const remove = [...drawn.keys()].filter((id) => !wanted.has(id))
  const add = marks.filter((mark) => {
    const before = drawn.get(mark.properties.id)
    return !before || !isSame(before, mark)
  })
  return (remove.length + add.length) * 2 > drawn.size ? null : { remove, add }
}

/** Area in proportion to customers: the eye compares areas. */
const radius = (scale: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  8,
  ['*', scale * 0.7, ['min', 46, ['+', 7, ['*', 0.8, ['sqrt', ['get', 'customers']]]]]],
  14,
  ['*', scale, ['min', 70, ['+', 10, ['*', 1.3, ['sqrt', ['get', 'customers']]]]]],
]

/** How late a restored mark may go. */
const fade_ms = 60_000

export function createIncidentsLayer(scale: number): MapLayer {
  let drawn: Pick<Scene, 'incidents' | 'chosenId' | 'now'> | null = null
  let shown: ReadonlyMap<string, Mark> = new Map()
  return {
    add(map, colours) {
      drawn = null
      shown = new Map()
      const tint = [
        'match',
        ['get', 'state'],
        ...markStates.flatMap((state) => [state, markColour(state, colours)]),
        colours.closed,
      ] as unknown as ExpressionSpecification
      for (const state of markStates) map.addImage(`mark-${state}`, drawMark(state, colours), { pixelRatio: 3 / scale })
      map.addSource('incidents', { type: 'geojson', data: marksOf([], null, 0), promoteId: 'id' })
      map.addLayer({
        id: 'incident-disc',
        type: 'circle',
        source: 'incidents',
        layout: { 'circle-sort-key': ['get', 'customers'] },
        paint: {
          'circle-radius': radius(scale),
          'circle-color': tint,
          'circle-opacity': ['case', ['get', 'chosen'], 0.34, 0.2],
          'circle-stroke-color': tint,
          'circle-stroke-opacity': 0.9,
          'circle-stroke-width': ['case', ['get', 'chosen'], 3.5 * scale, 1.3 * scale],
        },
      })
      map.addLayer({
        id: 'incident-mark',
        type: 'symbol',
        source: 'incidents',
        layout: {
          'icon-image': ['concat', 'mark-', ['get', 'state']],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'symbol-sort-key': ['get', 'customers'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.62, 14, 1],
          'text-field': [
            'step',
            ['zoom'],
            ['case', ['>=', ['get', 'customers'], 200], ['get', 'label'], ''],
            12,
            ['get', 'label'],
          ],
          'text-font': [mapFont],
          'text-size': 13 * scale,
          'text-anchor': 'top',
          'text-offset': [0, 0.95],
          'text-optional': true,
        },
        paint: { 'text-color': colours.ink, 'text-halo-color': colours.labelHalo, 'text-halo-width': 1.8 * scale },
      })
    },
    draw(map, scene) {
      const same = drawn?.incidents === scene.incidents && drawn.chosenId === scene.chosenId
      if (same && Math.abs(scene.now - drawn!.now) < fade_ms) return
      const { incidents, chosenId, now } = scene
      drawn = { incidents, chosenId, now }
      const source = map.getSource<GeoJSONSource>('incidents')
      const marks = marksOf([...incidents.values()], chosenId, now)
      const change = changeOf(shown, marks.features)
      shown = new Map(marks.features.map((mark) => [mark.properties.id, mark]))
      if (!change) void source?.setData(marks)
      else if (change.add?.length || change.remove?.length) void source?.updateData(change)
    },
  }
}
