import { describe, expect, it } from 'vitest'
import { changeOf, marksOf } from '../../web/map/layers/incidents.ts'
import { incident } from './sketch.ts'

const now = Date.parse('2026-06-01T12:00:00+08:00')
const marks = (...incidents: ReturnType<typeof incident>[]) => marksOf(incidents, null, now).features
const drawnOf = (features: ReturnType<typeof marks>) => new Map(features.map((mark) => [mark.properties.id, mark]))
const city = Array.from({ length: 10 }, (_, index) =>
  incident({ id: `inc_${index}`, number: index, status: 'confirmed', customers_out: 10 + index }),
)

describe('what changes in the marks of incidents', () => {
  it('is nothing where nothing did', () => {
    expect(changeOf(drawnOf(marks(...city)), marks(...city))).toEqual({ remove: [], add: [] })
  })

  it('names the new, the changed and the gone, and no other', () => {
    const grown = { ...city[1]!, customers_out: 500 }
    const moved = { ...city[2]!, location: { lon: 113.5, lat: 22.7 } }
    const fresh = incident({ id: 'inc_new', number: 99, status: 'suspected', customers_out: 3 })
    const after = marks(grown, moved, ...city.slice(3), fresh)
    const change = changeOf(drawnOf(marks(...city)), after)!
    expect(change.remove).toEqual(['inc_0'])
    expect(change.add!.map(({ properties }) => (properties as { id: string }).id)).toEqual([
      'inc_1',
      'inc_2',
      'inc_new',
    ])
  })

  it('is said whole where it is most of them, and at the beginning', () => {
    expect(changeOf(new Map(), marks(...city))).toBeNull()
    expect(changeOf(drawnOf(marks(...city)), marks(...city.slice(6)))).toBeNull()
  })
})
