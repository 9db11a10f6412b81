import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import { Clocks } from '../../web/live/clocks.svelte.ts'
import type { Listener } from '../../web/live/live.svelte.ts'
import { pictureOf } from '../../web/live/picture.ts'
import { isRecent } from '../../web/live/recent.ts'
import { clock, event, minutesAgo, noon, snapshot } from './sketch.ts'

let items: ClockView[] = []
let isDown = false
const asked = vi.fn()
const listeners = new Set<Listener>()
const live = {
  listen: (listener: Listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
const say = (name: LiveEvent['name']) =>
  listeners.forEach((listener) => listener([event(11, { name, data: { id: 'x' } })], pictureOf(snapshot())))

beforeEach(() => {
  vi.useFakeTimers({ now: noon })
  // A page without an exercise's mark.
  vi.stubGlobal('document', { querySelector: () => null })
  vi.stubGlobal('fetch', (path: string) => {
    asked(path)
    if (isDown) return Promise.reject(new Error('down'))
    return Promise.resolve(Response.json({ at: new Date().toISOString(), items, next_cursor: null }))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  asked.mockClear()
  isDown = false
})

it('lists the promise clocks most overdue first, with the instant of the answer', async () => {
  items = [clock({ kind: 'arrive', due_at: minutesAgo(-20) }), clock({ kind: 'dispatch', due_at: minutesAgo(7) })]
  const clocks = new Clocks(live)
  expect(clocks.at).toBeNull()
  const stop = clocks.follow('secret')
  await vi.advanceTimersByTimeAsync(10)
  expect(clocks.list.map(({ kind }) => kind)).toEqual(['dispatch', 'arrive'])
  expect(clocks.at).toBe(minutesAgo(0))
  stop()
})

it('reads again soon after the stream tells of a clock, once for a burst, and not for what moves none', async () => {
  const stop = new Clocks(live).follow('secret')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toHaveBeenCalledTimes(1)
  say('crew')
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveBeenCalledTimes(1)
  for (let i = 0; i < 50; i++) say('clock')
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveBeenCalledTimes(2)
  for (let i = 0; i < 8; i++) {
    say('clock')
    await vi.advanceTimersByTimeAsync(500)
  }
  expect(asked.mock.calls.length).toBeLessThanOrEqual(3)
  stop()
  expect(listeners.size).toBe(0)
})

it('keeps the last answer and its instant while none comes, so that it is seen to be old', async () => {
  items = [clock({ due_at: minutesAgo(7) })]
  const clocks = new Clocks(live)
  const stop = clocks.follow('secret')
  await vi.advanceTimersByTimeAsync(10)
  isDown = true
  await vi.advanceTimersByTimeAsync(120_000)
  expect(clocks.list).toHaveLength(1)
  expect(isRecent(clocks.at, noon + 30_000)).toBe(true)
  expect(isRecent(clocks.at, Date.now())).toBe(false)
  expect(isRecent(null, noon)).toBe(false)
  stop()
})
