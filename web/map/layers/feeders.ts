// The medium-voltage lines: quiet while live; those of a feeder whose breaker is out are drawn dead: bright and broken.
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl'
import type { IncidentSummary } from '../../../server/contract/incidents.ts'
import { isOpen } from '../../live/picture.ts'
import type { MapLayer } from '../layer.ts'

const ofEquipment = { source: 'ground', 'source-layer': 'equipment' } as const

/** From zoom 13 the tiles hold switching devices as points too. */
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']

/** Feeders without supply from their head on. Pure. */
export function deadFeeders(incidents: Iterable<IncidentSummary>): string[] {
  const dead = new Set<string>()
  for (const incident of incidents) {
    const without = isOpen(incident) && incident.status !== 'restored' && incident.status !== 'partly_restored'
    if (without && incident.equipment.kind === 'breaker' && incident.feeder_id) dead.add(incident.feeder_id)
  }
  return [...dead].sort()
}

export function createFeedersLayer(): MapLayer {
  let shown = ''
  let drawn: unknown = null
  const dead = (ids: string[]): FilterSpecification => ['all', isLine, ['in', ['get', 'feeder_id'], ['literal', ids]]]
  return {
    add(map, colours) {
      shown = ''
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
      map.addLayer(
        {
          ...ofEquipment,
          id: 'feeder-dead',
          type: 'line',
          filter: dead([]),
          paint: {
            'line-color': colours.feederDead,
            'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1.2, 15, 3],
            'line-dasharray': [3, 1.6],
          },
        },
        'road-name',
      )
    },
    draw(map, scene) {
      if (scene.incidents === drawn) return
      drawn = scene.incidents
      const ids = deadFeeders(scene.incidents.values())
      const key = ids.join(' ')
      if (key === shown) return
      shown = key
      map.setFilter('feeder-dead', dead(ids))
    },
  }
}
