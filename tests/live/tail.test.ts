// The tail alone, over an event log that a test holds by hand.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Database } from '../../server/database/index.ts'
import { tailEvents, type Tail } from '../../server/live/index.ts'

let seen: number[]
let writers: string[]
let tail: Tail

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  seen = []
  writers = ['stuck']
  const log = [1, 3].map((seq) => ({ seq, at: new Date(0) }))
  const rows = (name: string, { after, limit }: { after: number; limit: number } = { after: 0, limit: 0 }) =>
    Promise.resolve(
      name === 'live/read_writers'
        ? writers.map((writer) => ({ writer }))
        : log.filter(({ seq }) => seq > after).slice(0, limit),
    )
  const database = { rows, onHint: () => () => {} } as unknown as Database
  tail = tailEvents(database, 0, (events) => seen.push(...events.map(({ seq }) => seq)))
})
afterEach(() => {
  tail.stop()
  vi.useRealTimers()
})

it('goes on looking while a number is owed for a moment', async () => {
  await vi.advanceTimersByTimeAsync(3000)
  const { looks } = tail
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen).toEqual([1])
  expect(tail.looks).toBeGreaterThan(looks)
})

it('counts no looks while one transaction holds up all that came after it, and goes on once that has ended', async () => {
  await vi.advanceTimersByTimeAsync(10_000)
  const { looks } = tail
  await vi.advanceTimersByTimeAsync(10_000)
  expect(tail.looks).toBe(looks)
  writers = []
  await vi.advanceTimersByTimeAsync(100)
  expect(seen).toEqual([1, 3])
  await vi.advanceTimersByTimeAsync(2000)
  expect(tail.looks).toBeGreaterThan(looks)
})
