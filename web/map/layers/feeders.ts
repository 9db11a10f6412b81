// The medium-voltage lines: quiet while live; without supply they are bright, whole where the device is certain and broken where it is
// only suspected or probable.
import type { ExpressionSpecification, FilterSpecification, Map as MapLibre } from 'maplibre-gl'
import type { IncidentSummary } from '../../../server/contract/incidents.ts'
import type { DeadLine } from '../../live/dead-lines.svelte.ts'
import type { MapLayer } from '../layer.ts'

const ofEquipment = { source: 'ground', 'source-layer': 'equipment' } as const
const target = (id: string) => ({ source: 'ground', sourceLayer: 'equipment', id })

/** From zoom 13 the tiles hold switching devices as points too. */
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']
/** What a style cannot tell by state, the dash, is a layer of its own. */
const kinds = ['certain', 'guessed'] as const
type Kind = (typeof kinds)[number]
const none: readonly DeadLine[] = []

/** Which lines are shown how: where two incidents leave one dead, the certain one counts. Pure. */
export function shownDead(dead: readonly DeadLine[]): Map<string, Kind> {
  const shown = new Map<string, Kind>()
  for (const { certain, equipment_ids } of dead)
    for (const id of equipment_ids) if (certain || !shown.has(id)) shown.set(id, certain ? 'certain' : 'guessed')
  return shown
}

/** The feeders that hold them: only their lines are looked at. Pure. */
export function feedersOf(dead: readonly DeadLine[], incidents: ReadonlyMap<string, IncidentSummary>): string[] {
  const feeders = dead.map(({ incident_id }) => incidents.get(incident_id)?.feeder_id)
  return [...new Set(feeders.filter((feeder) => typeof feeder === 'string'))].sort()
}

export function createFeedersLayer(): MapLayer {
  let shown: ReadonlyMap<string, Kind> = new Map()
  let looked = ''
  let drawn: unknown = null
  const among = (ids: string[]): FilterSpecification => ['all', isLine, ['in', ['get', 'feeder_id'], ['literal', ids]]]

  function addDead(map: MapLibre, kind: Kind, colour: string) {
    map.addLayer(
      {
        ...ofEquipment,
        id: `feeder-${kind}`,
        type: 'line',
        filter: among([]),
        paint: {
          'line-color': colour,
          'line-opacity': ['case', ['==', ['coalesce', ['feature-state', 'dead'], ''], kind], 1, 0],
          'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1.2, 15, kind === 'certain' ? 3.4 : 2.4],
          ...(kind === 'guessed' ? { 'line-dasharray': [2.4, 1.8] } : {}),
        },
      },
      'road-name',
    )
  }

  return {
    add(map, colours) {
      shown = new Map()
      looked = ''
      drawn = null
      map.addLayer(
        {
          ...ofEquipment,
          id: 'feeder',
          type: 'line',
          minzoom: 10,
          filter: isLine,
          paint: {
            'line-color': colours.feeder,
            'line-opacity': ['interpolate', ['linear'], ['zoom'], 10, 0.5, 13, 0.95],
            'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.6, 15, 2.2],
          },
        },
        'road-name',
      )
      for (const kind of kinds) addDead(map, kind, colours.feederDead)
    },
    draw(map, { dead = none, incidents }) {
      if (dead === drawn) return
      drawn = dead
      const feeders = feedersOf(dead, incidents)
      if (feeders.join(' ') !== looked) {
        looked = feeders.join(' ')
        for (const kind of kinds) map.setFilter(`feeder-${kind}`, among(feeders))
      }
      const next = shownDead(dead)
      for (const [id, kind] of next) if (shown.get(id) !== kind) map.setFeatureState(target(id), { dead: kind })
      for (const id of shown.keys()) if (!next.has(id)) map.removeFeatureState(target(id), 'dead')
      shown = next
    },
  }
}
