// How a utility's own vector map is drawn beneath ours.
import type { StyleSpecification } from 'maplibre-gl'
import { expect, it } from 'vitest'
import type { MapColours } from '../../web/map/colours.ts'
import { dressLayers, renamed } from '../../web/map/base-layers.ts'

const colours = new Proxy({}, { get: (_, name) => String(name) }) as MapColours

it('draws what both schemas call water, roads and places from the ground up, and passes over the rest', () => {
  const ids = dressLayers(['places', 'transportation', 'poi', 'water', 'earth'], colours).map(({ id }) => id)
  expect(ids).toEqual([
    'base',
    'base-earth',
    'base-water',
    'base-water-line',
    'base-transportation-line',
    'base-places',
  ])
})

it("keeps a style's own names apart from ours", () => {
  const style = {
    version: 8,
    sources: { ground: { type: 'vector', url: 'https://maps.example/tiles.json' } },
    layers: [
      { id: 'beyond', type: 'background' },
      { id: 'land', type: 'fill', source: 'ground', 'source-layer': 'land' },
    ],
  } as StyleSpecification
  expect(renamed(style)).toMatchObject({
    sources: { 'base-ground': { type: 'vector' } },
    layers: [{ id: 'base-beyond' }, { id: 'base-land', source: 'base-ground' }],
  })
})
