// Whose the map is, as its line says it.
import { expect, it, vi } from 'vitest'
import { originsOf, readOrigins } from '../../web/map/base-map.ts'

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

it('asks again for what the server could not say', async () => {
  const answers = [new Response(null, { status: 204 }), new Response(null, { status: 503 })]
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return Promise.resolve(
      answers.shift() ?? Response.json(path === '/tiles/base.json' ? null : { attribution: '某市电网' }),
    )
  })
  await expect(readOrigins()).rejects.toThrow('/tiles/base.json: 204')
  await expect.poll(() => readOrigins()).toEqual(['某市电网'])
  const { length } = asked
  await readOrigins()
  expect(asked).toHaveLength(length)
  vi.unstubAllGlobals()
})
