import { expect, it, vi } from 'vitest'
import { pictureOf } from '../../web/live/picture.ts'
import { steadyNow } from '../../web/live/steady-clock.ts'
import type { GridMap } from '../../web/map/grid-map.ts'
import { Camera } from '../../web/wall/direct-camera.svelte.ts'
import { crew, event, incident, snapshot } from './sketch.ts'

function direct() {
  const map = { fit: vi.fn(), flyTo: vi.fn() }
  const camera = new Camera(() => ({ top: 0, bottom: 0, left: 0, right: 0 }))
  camera.use(map as unknown as GridMap)
  return { camera, map }
}
const crewAt = (lon: number) =>
  pictureOf(snapshot({ crews: [crew({ id: 'c1', incident_id: 'i1', location: { lon, lat: 22.6 } })] }))
const outIn = (south: number, north: number) =>
  pictureOf(
    snapshot({
      incidents: [
        incident({ id: 'i1', district_code: 'south', customers_out: south }),
        incident({ id: 'i2', district_code: 'north', customers_out: north }),
      ],
    }),
  )

it('that stays with the crews follows them as they drive', () => {
  const { camera, map } = direct()
  camera.stayWith('crews')
  const now = steadyNow()
  camera.tick(crewAt(113), now)
  camera.tick(crewAt(113.05), now + 5000)
  expect(map.fit).toHaveBeenCalledTimes(1)
  camera.tick(crewAt(113.09), now + 25_000)
  expect(map.fit).toHaveBeenCalledTimes(2)
  expect(map.fit.mock.calls[1]).not.toEqual(map.fit.mock.calls[0])
})

it('names the district that is on its map, whichever has become the worst since', () => {
  const { camera } = direct()
  camera.stayWith('district')
  const now = steadyNow()
  camera.tick(outIn(70, 10), now)
  camera.tick(outIn(70, 100), now + 5000)
  expect(camera.district).toBe('南区')
  camera.tick(outIn(70, 100), now + 25_000)
  expect(camera.district).toBe('北区')
})

it('tells no news that has been overtaken, nor any of another time', () => {
  const { camera } = direct()
  const now = steadyNow()
  const opened = event(11, { step: 'opened', data: incident({ id: 'i1' }) })
  const open = pictureOf(snapshot({ incidents: [incident({ id: 'i1' })] }))
  camera.hear([opened], open)
  camera.tick(pictureOf(snapshot({ incidents: [incident({ id: 'i1', status: 'closed' })] })), now)
  expect(camera.news).toBeNull()
  camera.hear([opened], open)
  camera.tick(open, now)
  expect(camera.news?.incident.id).toBe('i1')
  camera.forget()
  expect(camera.news).toBeNull()
})
