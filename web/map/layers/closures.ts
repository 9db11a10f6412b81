// Roads closed by hand, and what is being drawn: hatched red where nobody drives, the drawing in the accent's colour.
import type { Feature, FeatureCollection, LineString, Point, Polygon } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { ClosureView } from '../../../server/contract/roads.ts'
import { withAlpha } from '../colours.ts'
import type { Position } from '../glide.ts'
import type { MapLayer } from '../layer.ts'

/** A line closes the roads that it crosses, an area those that it touches. */
export type Drawing = { kind: 'line' | 'area'; points: readonly Position[] }
export type ClosuresLayer = MapLayer & { show(standing: readonly ClosureView[], drawing: Drawing | null): void }

type Drawn = FeatureCollection<LineString | Polygon | Point, { what: 'closed' | 'drawing' | 'corner' }>

/** The shape that a drawing stands for, or null while it has too few points. */
export function shapeOf({ kind, points }: Drawing): ClosureView['shape'] | null {
  const corners = points.map(([lon, lat]): [number, number] => [lon, lat])
  if (kind === 'line') return corners.length < 2 ? null : { type: 'LineString', coordinates: corners }
  return corners.length < 3 ? null : { type: 'Polygon', coordinates: [[...corners, corners[0]!]] }
}

/** Pure. */
export function featuresOf(standing: readonly ClosureView[], drawing: Drawing | null): Drawn {
  const features: Drawn['features'] = standing.map(({ shape }) => ({
    type: 'Feature',
    geometry: shape as LineString | Polygon,
    properties: { what: 'closed' },
  }))
  const points = drawing?.points ?? []
  const shape = drawing && (shapeOf(drawing) ?? (points.length > 1 ? shapeOf({ kind: 'line', points }) : null))
  if (shape)
    features.push({ type: 'Feature', geometry: shape as LineString | Polygon, properties: { what: 'drawing' } })
  const corner = (at: Position): Feature<Point, { what: 'corner' }> => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [...at] },
    properties: { what: 'corner' },
  })
  return { type: 'FeatureCollection', features: [...features, ...points.map(corner)] }
}

const source = 'closures'
const what = (name: string): ExpressionSpecification => ['==', ['get', 'what'], name]
const isArea: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']

export function createClosuresLayer(): ClosuresLayer {
  let drawn = featuresOf([], null)
  let map: MapLibre | null = null
  return {
    add(fresh, colours) {
      map = fresh
      fresh.addSource(source, { type: 'geojson', data: drawn })
      const red = colours.confirmed
      const colour: ExpressionSpecification = ['case', what('closed'), red, colours.accent]
      const faint: ExpressionSpecification = [
        'case',
        what('closed'),
        withAlpha(red, 0.28),
        withAlpha(colours.accent, 0.2),
      ]
      fresh.addLayer({ id: 'closure-fill', type: 'fill', source, filter: isArea, paint: { 'fill-color': faint } })
      const layout = { 'line-cap': 'butt', 'line-join': 'round' } as const
      fresh.addLayer({
        id: 'closure-line',
        type: 'line',
        source,
        filter: ['!', what('corner')],
        layout,
        paint: { 'line-color': colour, 'line-width': 6 },
      })
      fresh.addLayer({
        id: 'closure-hatch',
        type: 'line',
        source,
        filter: what('closed'),
        layout,
        paint: { 'line-color': colours.panel, 'line-width': 6, 'line-dasharray': [0.6, 1.2] },
      })
      fresh.addLayer({
        id: 'closure-corner',
        type: 'circle',
        source,
        filter: what('corner'),
        paint: {
          'circle-radius': 6,
          'circle-color': colours.accent,
          'circle-stroke-color': colours.panel,
          'circle-stroke-width': 2,
        },
      })
    },
    draw() {
      // Drawn by `show`: closures are not part of the scene.
    },
    show(standing, drawing) {
      drawn = featuresOf(standing, drawing)
      void map?.getSource<GeoJSONSource>(source)?.setData(drawn)
    },
  }
}
