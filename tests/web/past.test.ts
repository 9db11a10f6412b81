// The time machine over a server that a test holds by hand: what it asks, and what it does with the answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Live } from '../../web/live/live.svelte.ts'
import { Past } from '../../web/live/past.svelte.ts'
import { noon, snapshot } from './sketch.ts'

const live = {
  open: vi.fn(),
  close: vi.fn(),
  showMoment: vi.fn(),
  passTo: vi.fn(),
  takeSums: vi.fn<Live['takeSums']>(),
}
const replaced = vi.fn()
const moment = '2026-07-01T11:00:00.000Z'
let past: Past
let asked: string[]
/** The status of what is asked for beneath a path; 0 is no answer. */
let statuses: Record<string, number>

const answers: Record<string, unknown> = {
  '/api/past': { from: '2026-07-01T00:00:00Z', to: null, now: new Date(noon).toISOString(), replay: null },
  '/api/events': { items: [], next_cursor: null },
}
const answer = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://relight')
  asked.push(pathname)
  const status = statuses[pathname] ?? 200
  if (status === 0) return Promise.reject(new TypeError('no network'))
  const found = pathname === '/api/snapshot' ? snapshot({ at: searchParams.get('at')! }) : answers[pathname]
  return Promise.resolve(new Response(JSON.stringify(found), { status }))
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  asked = []
  statuses = {}
  vi.stubGlobal('location', { search: `?at=${moment}`, href: `http://relight/wall?at=${moment}` })
  vi.stubGlobal('history', { replaceState: (_: null, _title: string, url: URL) => void replaced(url.search) })
  vi.stubGlobal('document', { querySelector: () => null })
  vi.stubGlobal('fetch', answer)
  past = new Past(live as unknown as Live, 'token')
})
afterEach(() => {
  past.leave()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the moment that an address asks for', () => {
  it.each([401, 403, 0])('stays in the address where the server answers %i', async (status) => {
    statuses['/api/snapshot'] = status
    past.begin()
    await vi.advanceTimersByTimeAsync(100)
    expect(live.open).toHaveBeenCalledTimes(1)
    expect(replaced).not.toHaveBeenCalled()
  })

  it('leaves the address where there is no such moment', async () => {
    statuses['/api/snapshot'] = 400
    past.begin()
    await vi.advanceTimersByTimeAsync(100)
    expect(live.open).toHaveBeenCalledTimes(1)
    expect(replaced).toHaveBeenLastCalledWith('')
  })
})

describe('the past that is played', () => {
  const eventsAsked = () => asked.filter((path) => path === '/api/events').length

  it('stops and says so where what happened cannot be read, and is not asked for again at once', async () => {
    statuses['/api/events'] = 503
    past.begin()
    await vi.advanceTimersByTimeAsync(100)
    past.play()
    await vi.advanceTimersByTimeAsync(2000)
    expect([past.isPlaying, past.failed]).toEqual([false, true])
    expect(eventsAsked()).toBe(1)
    statuses = {}
    past.play()
    await vi.advanceTimersByTimeAsync(6000)
    expect([past.isPlaying, past.failed]).toEqual([true, false])
    expect(past.at).toBeGreaterThan(Date.parse(moment))
  })

  it('reads every few seconds the sums that no event tells, and shows them when their moment has come', async () => {
    past.begin()
    await vi.advanceTimersByTimeAsync(100)
    past.play()
    await vi.advanceTimersByTimeAsync(12_000)
    const sums = live.takeSums.mock.calls.map(([{ at }]) => Date.parse(at))
    expect(sums.length).toBeGreaterThan(0)
    expect(asked.filter((path) => path === '/api/snapshot').length).toBeLessThanOrEqual(4)
    expect(Math.max(...sums)).toBeLessThanOrEqual(past.at!)
    past.pause()
    const stoodAt = new Date(past.at!).toISOString()
    await vi.advanceTimersByTimeAsync(1000)
    expect(live.takeSums).toHaveBeenLastCalledWith(expect.objectContaining({ at: stoodAt }))
  })
})
