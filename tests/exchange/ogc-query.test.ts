import type { MultiPolygon, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { meetsBox } from '../../server/exchange/meets-box.ts'
import { itemsQuery, selectItems, type Item } from '../../server/exchange/ogc-query.ts'

// A ring from 0,0 to 10,10 with a hole from 4,4 to 6,6.
const square = (west: number, east: number) => [
  [west, west],
  [east, west],
  [east, east],
  [west, east],
  [west, west],
]
const holed: Polygon = { type: 'Polygon', coordinates: [square(0, 10), square(4, 6)] }
const two: MultiPolygon = { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(20, 21)]] }

test('a box meets a polygon inside it, around it, across its edge, and not in its hole', () => {
  expect(meetsBox(holed, [-5, -5, 20, 20])).toBe(true)
  expect(meetsBox(holed, [1, 1, 2, 2])).toBe(true)
  expect(meetsBox(holed, [9, 2, 30, 3])).toBe(true)
  expect(meetsBox(holed, [4.5, 4.5, 5.5, 5.5])).toBe(false)
  expect(meetsBox(holed, [11, 11, 12, 12])).toBe(false)
  expect(meetsBox(holed, [-1, 10.5, 11, 11])).toBe(false)
  expect(meetsBox(two, [19, 19, 22, 22])).toBe(true)
  expect(meetsBox(two, [5, 5, 6, 6])).toBe(false)
})

test('a box may span the antimeridian', () => {
  const east: Polygon = {
    type: 'Polygon',
    coordinates: [square(178, 179)].map((ring) => ring.map(([x, y]) => [x!, y! - 178])),
  }
  expect(meetsBox(east, [177, -1, -170, 2])).toBe(true)
  expect(meetsBox(east, [-170, -1, 177, 2])).toBe(false)
})

const item = (id: string, from: string | null, to: string | null, geometry: Polygon | null): Item => ({
  feature: { type: 'Feature', id, geometry, properties: {} },
  from: from === null ? null : new Date(from),
  to: to === null ? null : new Date(to),
})
const items = [
  item('past', '2026-07-01T00:00:00Z', '2026-07-01T02:00:00Z', holed),
  item('open', '2026-07-01T01:00:00Z', null, holed),
  item('hidden', '2026-07-01T01:00:00Z', null, null),
]
const idsFor = (query: Record<string, string>) =>
  selectItems(items, itemsQuery(query)).page.map(({ feature }) => feature.id)

test('datetime is an instant or an interval, ends included and open', () => {
  expect(idsFor({ datetime: '2026-07-01T02:00:00Z' })).toEqual(['past', 'open', 'hidden'])
  expect(idsFor({ datetime: '2026-07-01T02:00:01Z/..' })).toEqual(['open', 'hidden'])
  expect(idsFor({ datetime: '../2026-07-01T08:30:00+08:00' })).toEqual(['past'])
})

test('what has no shape to show lies in no box', () => {
  expect(idsFor({ bbox: '1,1,2,2' })).toEqual(['past', 'open'])
  expect(idsFor({ bbox: '1,1,0,2,2,9' })).toEqual(['past', 'open'])
})

test('a page has a limit and all that match are counted', () => {
  expect(selectItems(items, itemsQuery({ limit: '2', offset: '1' }))).toMatchObject({
    matched: 3,
    page: [{ feature: { id: 'open' } }, { feature: { id: 'hidden' } }],
  })
  expect(itemsQuery({ limit: '100000' }).limit).toBe(1000)
})

test('a parameter that is unknown or cannot be used is refused', () => {
  const wrong: Record<string, string>[] = [
    { colour: 'red' },
    { limit: '0' },
    { limit: '1.5' },
    { bbox: '1,2,3' },
    { bbox: '1,5,2,4' },
    { bbox: 'a,b,c,d' },
    { datetime: '2026-07-01' },
    { datetime: '2026-07-02T00:00:00Z/2026-07-01T00:00:00Z' },
    { f: 'html' },
  ]
  for (const query of wrong) expect(() => itemsQuery(query)).toThrow(Object.keys(query)[0]!)
})
