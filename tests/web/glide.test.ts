import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { near_m, placeOnLine, positionAt, sliceLine, startGlide, type Position } from '../../web/map/glide.ts'

//   (0, 0.02) ── (0.01, 0.02)
//       │
//   (0, 0)          an L-shaped road: north, then east
const road: Position[] = [
  [0, 0],
  [0, 0.02],
  [0.01, 0.02],
]

describe('gliding', () => {
  it('begins where the mark stands and ends where the crew was heard', () => {
    const glide = startGlide([0, 0], [0.001, 0.001], undefined, 1000, 2000)
    expect(positionAt(glide, 1000)).toEqual([0, 0])
    expect(positionAt(glide, 3000)).toEqual([0.001, 0.001])
    expect(positionAt(glide, 9000)).toEqual([0.001, 0.001])
  })

  it('follows the road around the corner rather than cutting it', () => {
    const glide = startGlide([0, 0.01], [0.01, 0.02], road, 0, 1000)
    const [lon] = positionAt(glide, 400)
    expect(lon).toBeCloseTo(0, 6)
  })

  it('goes straight where the crew is off its road', () => {
    const glide = startGlide([0.005, 0.005], [0.006, 0.006], road, 0, 1000)
    expect(positionAt(glide, 500)[0]).toBeCloseTo(0.0055, 6)
  })

  it('shows a jump of many kilometres at once: it is a correction, not a drive', () => {
    expect(positionAt(startGlide([0, 0], [1, 1], undefined, 0, 1000), 0)).toEqual([1, 1])
  })

  it('places a point at its nearest place on the line', () => {
    const { along_m, off_m } = placeOnLine(road, [0.001, 0.01])
    expect(along_m).toBeCloseTo(near_m([0, 0], [0, 0.01]), 0)
    expect(off_m).toBeCloseTo(near_m([0, 0.01], [0.001, 0.01]), 0)
  })

  it('cuts a piece whose length is what was asked for', () => {
    const length_m = near_m(road[0]!, road[1]!) + near_m(road[1]!, road[2]!)
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.98, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (a, b) => {
          const [from, to] = [Math.min(a, b - 0.005), b].map((share) => Math.max(0, share) * length_m) as [
            number,
            number,
          ]
          fc.pre(to - from > 1)
          const piece = sliceLine(road, from, to)
          const sum = piece.slice(1).reduce((total, point, index) => total + near_m(piece[index]!, point), 0)
          expect(sum).toBeCloseTo(to - from, 0)
        },
      ),
    )
  })
})
