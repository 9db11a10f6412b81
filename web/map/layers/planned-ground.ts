// The ground of a planned outage: areas left without supply, the equipment switched off, and what is being drawn around them.
import type { FeatureCollection, LineString, Point, Polygon } from 'geojson'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Position } from '../glide.ts'
import type { MapLayer } from '../layer.ts'

export type PlannedGround = {
  areas: readonly string[]
  equipment: readonly string[]
  corners: readonly Position[]
}
export type PlannedGroundLayer = MapLayer & { show(ground: PlannedGround): void }

const nothing: PlannedGround = { areas: [], equipment: [], corners: [] }
const target = (id: string) => ({ source: 'ground', sourceLayer: 'areas', id })
const source = 'planned-drawing'

/** Pure. */
export function drawingOf(corners: readonly Position[]): FeatureCollection<Point | LineString | Polygon> {
  const at = corners.map(([lon, lat]) => [lon, lat])
  const shape: LineString | Polygon | null =
    at.length > 2
      ? { type: 'Polygon', coordinates: [[...at, at[0]!]] }
      : at.length === 2
        ? { type: 'LineString', coordinates: at }
        : null
  const geometries = [...(shape ? [shape] : []), ...at.map((each): Point => ({ type: 'Point', coordinates: each }))]
  return {
    type: 'FeatureCollection',
    features: geometries.map((geometry) => ({ type: 'Feature', geometry, properties: {} })),
  }
}

export function createPlannedGroundLayer(): PlannedGroundLayer {
  let map: MapLibre | null = null
  let wanted = nothing
  let shown: readonly string[] = []

  function paint() {
    if (!map) return
    const areas = new Set(wanted.areas)
    for (const id of shown) if (!areas.has(id)) map.removeFeatureState(target(id), 'planned')
    for (const id of areas) map.setFeatureState(target(id), { planned: true })
    shown = wanted.areas
    map.setFilter('planned-equipment', ['in', ['get', 'id'], ['literal', [...wanted.equipment]]])
    void map.getSource<GeoJSONSource>(source)?.setData(drawingOf(wanted.corners))
  }

  return {
    add(fresh, colours) {
      map = fresh
      shown = []
      const ofArea = { source: 'ground', 'source-layer': 'areas' } as const
      const when = (value: number) =>
        ['case', ['boolean', ['feature-state', 'planned'], false], value, 0] as unknown as number
      fresh.addLayer({
        ...ofArea,
        id: 'planned-fill',
        type: 'fill',
        paint: { 'fill-color': colours.planned, 'fill-opacity': when(0.38) },
      })
      fresh.addLayer({
        ...ofArea,
        id: 'planned-edge',
        type: 'line',
        paint: { 'line-color': colours.planned, 'line-width': 2, 'line-dasharray': [2, 1.5], 'line-opacity': when(1) },
      })
      fresh.addLayer({
        source: 'ground',
        'source-layer': 'equipment',
        id: 'planned-equipment',
        type: 'line',
        filter: ['in', ['get', 'id'], ['literal', []]],
        paint: { 'line-color': colours.accent, 'line-width': 6 },
      })
      fresh.addSource(source, { type: 'geojson', data: drawingOf([]) })
      fresh.addLayer({
        id: 'planned-drawing',
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': colours.accent, 'line-width': 3 },
      })
      fresh.addLayer({
        id: 'planned-corner',
        type: 'circle',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 6,
          'circle-color': colours.accent,
          'circle-stroke-color': colours.panel,
          'circle-stroke-width': 2,
        },
      })
      paint()
    },
    draw() {
      // Drawn by `show`: planned work is not part of the scene.
    },
    show(ground) {
      wanted = ground
      if (map?.getLayer('planned-equipment')) paint()
    },
  }
}
