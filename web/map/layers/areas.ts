// Transformer areas by state: a tint by feature state, and a pattern for each state so that colour never speaks alone.
import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl'
import { areaStates, differenceOf, stateOfAreas, type AreaState } from '../area-states.ts'
import type { MapColours } from '../colours.ts'
import type { MapLayer } from '../layer.ts'
import { areaPatterns, drawPattern } from '../patterns.ts'

const target = (id: string) => ({ source: 'areas', sourceLayer: 'areas', id })
const ofArea = { source: 'areas', 'source-layer': 'areas' } as const

const byState = <T>(values: Partial<Record<AreaState, T>>, otherwise: T) =>
  [
    'match',
    ['coalesce', ['feature-state', 'state'], ''],
    ...Object.entries(values).flat(),
    otherwise,
  ] as unknown as ExpressionSpecification

export function createAreasLayer(): MapLayer {
  let shown: ReadonlyMap<string, AreaState> = new Map()
  let drawn: unknown = null
  let drawnAt = 0

  function add(map: MapLibre, colours: MapColours) {
    shown = new Map()
    drawn = null
    const tint = Object.fromEntries(areaStates.map((state) => [state, colours[state]]))
    map.addLayer(
      {
        ...ofArea,
        id: 'area-fill',
        type: 'fill',
        paint: {
          // The edge below is smooth already: another outline of 30,000 areas would be drawn for nothing.
          'fill-antialias': false,
          'fill-color': byState(tint, colours.area),
          'fill-opacity': byState(
            { confirmed: 0.46, probable: 0.34, suspected: 0.2, partly_restored: 0.28, restored: 0.26 },
            0,
          ),
        },
      },
      'road-name',
    )
    for (const state of areaPatterns) {
      map.addImage(`pattern-${state}`, drawPattern(state, colours[state]), { pixelRatio: 2 })
      map.addLayer(
        {
          ...ofArea,
          id: `area-pattern-${state}`,
          type: 'fill',
          minzoom: 10,
          paint: {
            'fill-antialias': false,
            'fill-pattern': `pattern-${state}`,
            'fill-opacity': byState({ [state]: 0.55 }, 0),
          },
        },
        'road-name',
      )
    }
    map.addLayer(
      {
        ...ofArea,
        id: 'area-edge',
        type: 'line',
        paint: {
          'line-color': byState(tint, colours.area),
          'line-opacity': ['interpolate', ['linear'], ['zoom'], 9, byState(areaEdge, 0), 12.5, byState(areaEdge, 0.9)],
          'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 14, byState({ confirmed: 2.4, probable: 2 }, 1)],
        },
      },
      'road-name',
    )
  }

  return {
    add,
    draw(map, scene) {
      // An area that came back loses its green by time alone.
      if (scene.incidents === drawn && Math.abs(scene.now - drawnAt) < fade_ms) return
      drawn = scene.incidents
      drawnAt = scene.now
      const states = stateOfAreas(scene.incidents.values(), scene.now)
      const { set, clear } = differenceOf(shown, states)
      for (const [id, state] of set) map.setFeatureState(target(id), { state })
      for (const id of clear) map.removeFeatureState(target(id), 'state')
      shown = states
    },
  }
}

/** How late an area may lose its green. */
const fade_ms = 60_000

const areaEdge = { confirmed: 0.95, probable: 0.85, suspected: 0.8, partly_restored: 0.8, restored: 0.7 }
