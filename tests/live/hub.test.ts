// The hub alone, before responses that a test holds still.
import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveEvent } from '../../server/contract/live.ts'
import { Hub } from '../../server/live/index.ts'

class StillResponse extends EventEmitter {
  written: Buffer[] = []
  writableLength = 0
  destroyed = false
  ended = false
  reads = true
  write(bytes: Buffer) {
    this.written.push(bytes)
    if (!this.reads) this.writableLength += bytes.length
  }
  end() {
    this.ended = true
  }
  destroy() {
    this.destroyed = true
    this.emit('close')
  }
}

const event = (seq: number, name: LiveEvent['name'] = 'crew'): LiveEvent => ({
  seq,
  at: '2026-07-01T00:00:00Z',
  name,
  step: 'moved',
  subject_id: 'c1',
  incident_id: null,
  actor: 'test',
  data: {},
})
const join = (hub: Hub, seq: number) => {
  const response = new StillResponse()
  hub.add({ response: response as unknown as ServerResponse, seq, begunWith_bytes: 0 })
  return response
}
const idsOf = (response: StillResponse) =>
  [
    ...Buffer.concat(response.written)
      .toString()
      .matchAll(/^id: (\d+)$/gm),
  ].map((match) => Number(match[1]))

let hub: Hub
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  hub = new Hub()
})
afterEach(() => {
  hub.close()
  vi.useRealTimers()
})

it('writes what came within a tick to each listener in one piece that they share', async () => {
  const [one, another] = [join(hub, 0), join(hub, 0)]
  hub.deliver([event(1)])
  hub.deliver([event(2), event(3)])
  await vi.advanceTimersByTimeAsync(100)
  expect(idsOf(one)).toEqual([1, 2, 3])
  expect(one.written).toHaveLength(1)
  expect(one.written[0]).toBe(another.written[0])
})

it('gives one that joined in the middle of a tick only what it has not heard', async () => {
  hub.deliver([event(1), event(2)])
  const late = join(hub, 1)
  await vi.advanceTimersByTimeAsync(100)
  expect(idsOf(late)).toEqual([2])
})

it('keeps switching deep in the network from the screens', async () => {
  const one = join(hub, 0)
  hub.deliver([event(1, 'network'), event(2)])
  await vi.advanceTimersByTimeAsync(100)
  expect(idsOf(one)).toEqual([2])
})

it('drops one that stops reading once a megabyte waits for it', async () => {
  const one = join(hub, 0)
  one.reads = false
  for (let seq = 1; seq < 40 && !one.destroyed; seq++) {
    hub.deliver([{ ...event(seq), data: { fill: '.'.repeat(100_000) } }])
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(one.destroyed).toBe(true)
  expect(hub.dropped).toBe(1)
  expect(hub.size).toBe(0)
})

it('drops one that stops reading on a quiet stream too, within a minute and a half of heartbeats', async () => {
  const [stopped, reading] = [join(hub, 0), join(hub, 0)]
  stopped.reads = false
  await vi.advanceTimersByTimeAsync(90_000)
  expect(stopped.destroyed).toBe(true)
  expect(reading.destroyed).toBe(false)
  expect(hub.size).toBe(1)
})

it('ends every stream in time, so that one whose bytes a dead connection swallows is not held for ever', async () => {
  const one = join(hub, 0)
  await vi.advanceTimersByTimeAsync(41 * 60_000)
  expect(one.ended).toBe(true)
  expect(one.destroyed).toBe(true)
  expect(hub.dropped).toBe(0)
})

it('tells its listeners when the event log is no longer read, and when it is again', async () => {
  let looks = 0
  let reads = true
  const reading = setInterval(() => reads && looks++, 1000)
  hub.watch(() => looks)
  const one = join(hub, 0)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(Buffer.concat(one.written).toString()).not.toContain('blind')
  reads = false
  await vi.advanceTimersByTimeAsync(9000)
  expect(hub.isBlind).toBe(true)
  reads = true
  await vi.advanceTimersByTimeAsync(5000)
  expect(hub.isBlind).toBe(false)
  expect(
    Buffer.concat(one.written)
      .toString()
      .match(/event: \w+/g),
  ).toEqual(['event: blind', 'event: seeing'])
  clearInterval(reading)
})
