// What the staff's screens show on the ground, from the areas up to the marks.
import type { Padding, PickKind } from './grid-map.ts'
import type { MapLayer } from './layer.ts'
import { createAreasLayer } from './layers/areas.ts'
import { createDistrictNamesLayer } from './layers/district-names.ts'
import { createFeedersLayer } from './layers/feeders.ts'
import { createIncidentsLayer } from './layers/incidents.ts'

export const staffLayers = (scale: number, padding?: Padding): MapLayer[] => [
  createAreasLayer(scale),
  createFeedersLayer(),
  createDistrictNamesLayer(scale, padding),
  createIncidentsLayer(scale),
]

export const staffPicks: readonly (readonly [string, PickKind])[] = [
  ['incident-mark', 'incident'],
  ['incident-disc', 'incident'],
  ['area-fill', 'area'],
]
