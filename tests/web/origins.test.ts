// Whose the map is, as its line says it.
import { expect, it } from 'vitest'
import { originsOf } from '../../web/map/base-map.ts'

it('says each origin once, as plain text, and nothing where nobody asks for it', () => {
  expect(
    originsOf([
      '<a href="https://www.openstreetmap.org/copyright">&copy; OpenStreetMap contributors</a>',
      undefined,
      ' © OpenStreetMap contributors',
      'A &amp; B',
    ]),
  ).toEqual(['© OpenStreetMap contributors', 'A & B'])
  expect(originsOf(['', undefined])).toEqual([])
})
