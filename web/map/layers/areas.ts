// Transformer areas by state: a tint by feature state, and a pattern for each state so that colour never speaks alone.
import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl'
import { areaStates, differenceOf, stateOfAreas, type AreaState } from '../area-states.ts'
import { withAlpha, type MapColours } from '../colours.ts'
import type { MapLayer } from '../layer.ts'
import { areaPatterns, drawPattern } from '../patterns.ts'

const target = (id: string) => ({ source: 'ground', sourceLayer: 'areas', id })
const ofArea = { source: 'ground', 'source-layer': 'areas' } as const

const byState = <T>(values: Partial<Record<AreaState, T>>, otherwise: T) =>
  [
    'match',
    ['coalesce', ['feature-state', 'state'], ''],
    ...Object.entries(values).flat(),
    otherwise,
  ] as unknown as ExpressionSpecification

const tints = { confirmed: 0.46, probable: 0.34, suspected: 0.2, partly_restored: 0.28, restored: 0.26 }

/**
 * Over a whole city an area is a few pixels: there one fill tells its state, and the incidents' marks tell it by shape. Each further
 * layer would evaluate 30,000 areas once more, at every first look and at every change.
 */
const patternsFrom = 11.5
const edgesFrom = 11

/** `scale`: a 4K wall shows the same ground one zoom deeper. */
export function createAreasLayer(scale = 1): MapLayer {
  let shown: ReadonlyMap<string, AreaState> = new Map()
  let drawn: unknown = null
  let drawnAt = 0
  const deeper = Math.log2(scale)

  function add(map: MapLibre, colours: MapColours) {
    shown = new Map()
    drawn = null
    const tint = Object.fromEntries(areaStates.map((state) => [state, withAlpha(colours[state], tints[state])]))
    map.addLayer(
      {
        ...ofArea,
        id: 'area-fill',
        type: 'fill',
        // The edge below is smooth already. One property tells state and strength: each that follows the state costs again.
        paint: { 'fill-antialias': false, 'fill-color': byState(tint, 'rgba(0, 0, 0, 0)') },
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
          minzoom: patternsFrom + deeper,
          paint: {
            'fill-antialias': false,
            'fill-pattern': `pattern-${state}`,
            'fill-opacity': byState({ [state]: 0.55 }, 0),
          },
        },
        'road-name',
      )
    }
    addEdges(map, colours, deeper)
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

function addEdges(map: MapLibre, colours: MapColours, deeper: number) {
  const tint = Object.fromEntries(areaStates.map((state) => [state, colours[state]]))
  const from = edgesFrom + deeper
  map.addLayer(
    {
      ...ofArea,
      id: 'area-edge',
      type: 'line',
      minzoom: from,
      paint: {
        'line-color': byState(tint, colours.area),
        'line-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          from,
          byState(areaEdge, 0),
          from + 1.5,
          byState(areaEdge, 0.9),
        ],
        'line-width': [
          'interpolate',
          ['linear'],
          ['zoom'],
          from,
          0.8,
          from + 3,
          byState({ confirmed: 2.4, probable: 2 }, 1),
        ],
      },
    },
    'road-name',
  )
}

/** How late an area may lose its green. */
const fade_ms = 60_000

const areaEdge = { confirmed: 0.95, probable: 0.85, suspected: 0.8, partly_restored: 0.8, restored: 0.7 }
