// Where a district's name stands. Two districts share a view of 8 by 4 places:
//
//     A A A A B B B B
//     A A A A B B B B      A is left of x = 4, B right of it; a lake in B's
//     A A A A B B B B      middle would be another district C.
//     A A A A B B B B
import { expect, it } from 'vitest'
import { placeNames } from '../../web/map/layers/district-names.ts'

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
const grid = Array.from({ length: 32 }, (_, index) => [(index % 8) + 0.5, 3.5 - Math.floor(index / 8)])

it('puts the name away from borders and from the edge of the view', () => {
  const names = placeNames(
    [
      { name: 'A', ring: box(-100, -100, 4, 100) },
      { name: 'B', ring: box(4, -100, 100, 100) },
    ],
    grid,
    8,
  )
  expect([...names.keys()].sort()).toEqual(['A', 'B'])
  for (const [name, [x = 0, y = 0]] of names) {
    expect(Math.abs(x - (name === 'A' ? 2 : 6))).toBeLessThan(1)
    expect(Math.abs(y - 2)).toBeLessThan(1)
  }
})

it('names nothing that is not in view', () => {
  expect(placeNames([{ name: 'far', ring: box(50, 50, 60, 60) }], grid, 8).size).toBe(0)
})
