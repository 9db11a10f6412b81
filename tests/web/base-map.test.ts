import gcoord from 'gcoord'
import { expect, it } from 'vitest'
import { piecesOf, windowOf } from '../../web/map/gcj-tiles.ts'

const size = 256
const rowOf = (lat: number, z: number) => ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z
const columnOf = (lon: number, z: number) => ((lon + 180) / 360) * 2 ** z

it.each([10, 14, 17])('lays every point of a GCJ-02 tile within half a pixel of its WGS 84 place at zoom %i', (z) => {
  const jiangmen = { lon: 113.0817, lat: 22.579 }
  const at = { z, x: Math.floor(columnOf(jiangmen.lon, z)), y: Math.floor(rowOf(jiangmen.lat, z)) }
  const window = windowOf(at)
  const [lon, lat] = gcoord.transform([jiangmen.lon, jiangmen.lat], gcoord.WGS84, gcoord.GCJ02) as [number, number]
  const drawn = {
    x: ((columnOf(lon, z) - window.x0) / (window.x1 - window.x0)) * size,
    y: ((rowOf(lat, z) - window.y0) / (window.y1 - window.y0)) * size,
  }
  expect(Math.abs(drawn.x - (columnOf(jiangmen.lon, z) - at.x) * size)).toBeLessThan(0.5)
  expect(Math.abs(drawn.y - (rowOf(jiangmen.lat, z) - at.y) * size)).toBeLessThan(0.5)
})

it('shifts by hundreds of metres inside China and not at all outside', () => {
  const inside = windowOf({ z: 14, x: 13_338, y: 7131 })
  expect(Math.abs(inside.x0 - 13_338) * 256).toBeGreaterThan(30)
  const outside = windowOf({ z: 14, x: 8100, y: 5400 })
  expect(outside.x0).toBeCloseTo(8100, 6)
})

it('covers the whole tile with pieces that touch', () => {
  const pieces = piecesOf({ x0: 10.25, y0: 20.5, x1: 11.25, y1: 21.5 }, size)
  expect(pieces.map(({ x, y, left, top }) => [x, y, left, top])).toEqual([
    [10, 20, -64, -128],
    [11, 20, 192, -128],
    [10, 21, -64, 128],
    [11, 21, 192, 128],
  ])
})
