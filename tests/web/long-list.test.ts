import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsOf, offsetsOf, rangeOf } from '../../web/ui/long-list.ts'

const same = (count: number) => offsetsOf(count, () => 10)

describe('a long list', () => {
  it('draws the rows in sight and as many beyond as it is told', () => {
    // rows of 10; in sight from 45 to 75: rows 4, 5, 6, 7
    expect(rangeOf(same(100), 45, 30, 0)).toEqual({ from: 4, to: 8 })
    expect(rangeOf(same(100), 45, 30, 2)).toEqual({ from: 2, to: 10 })
    expect(rangeOf(same(100), 45, 30, 50)).toEqual({ from: 0, to: 58 })
  })

  it('draws only its nearest end while it is out of sight', () => {
    expect(rangeOf(same(100), -500, 30, 2)).toEqual({ from: 0, to: 3 })
    expect(rangeOf(same(100), 5000, 30, 2)).toEqual({ from: 98, to: 100 })
    expect(rangeOf(same(0), 0, 30, 2)).toEqual({ from: 0, to: 0 })
  })

  it('keeps a row outside what is drawn, between two gaps', () => {
    expect(gapsOf(same(10), { from: 5, to: 7 }, [2, -1, 6])).toEqual([
      { index: -1, before: 0, height: 20 },
      { index: 2, before: 2, height: 10 },
      { index: -1, before: 3, height: 20 },
      { index: 5, before: 5, height: 10 },
      { index: 6, before: 6, height: 10 },
      { index: -1, before: 7, height: 30 },
    ])
  })

  it('is as high as all its rows, has each drawn row once, and covers what is in sight, whatever the heights', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 })
    fc.assert(
      fc.property(heights, fc.integer({ min: -300, max: 9000 }), fc.nat(800), fc.nat(70), (rows, top, height, kept) => {
        const offsets = offsetsOf(rows.length, (index) => rows[index]!)
        const range = rangeOf(offsets, top, height, 3)
        const pieces = gapsOf(offsets, range, [kept])
        expect(pieces.reduce((sum, piece) => sum + piece.height, 0)).toBe(offsets[rows.length])
        const drawn = pieces.filter(({ index }) => index >= 0).map(({ index }) => index)
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
        if (kept < rows.length) expect(drawn).toContain(kept)
        for (let index = 0; index < rows.length; index++) {
          const inSight = offsets[index + 1]! > top && offsets[index]! < top + height
          if (inSight) expect(drawn).toContain(index)
        }
      }),
    )
  })
})
