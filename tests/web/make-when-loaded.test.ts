import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeWhenLoaded } from '../../web/map/make-when-loaded.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Code that comes at the `from`th asking. */
function made(from: number) {
  const log: string[] = []
  let asked = 0
  const load = () => (++asked < from ? Promise.reject(new Error('no network')) : Promise.resolve('code'))
  const end = makeWhenLoaded(load, (code) => {
    log.push(code)
    return { destroy: () => log.push('destroyed') }
  })
  return { log, end, asked: () => asked }
}

it('asks for the code of a map until it has come, makes one map, and ends with it', async () => {
  const { log, end, asked } = made(3)
  await vi.advanceTimersByTimeAsync(4999)
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([asked(), log]).toEqual([3, ['code']])
  end()
  expect(log).toEqual(['code', 'destroyed'])
})

it('asks no more, and makes nothing, once it is not wanted any more', async () => {
  const waiting = made(9)
  await vi.advanceTimersByTimeAsync(6000)
  waiting.end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(waiting.asked()).toBe(2)
  const coming = made(1)
  coming.end()
  await vi.advanceTimersByTimeAsync(1)
  expect(coming.log).toEqual([])
})
