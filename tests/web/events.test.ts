import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOff_ms } from '../../web/live/connection.ts'
import { createEventReader } from '../../web/live/events.ts'
import { scriptOf } from '../../web/live/fresh-build.ts'

const stream = ': alive\n\nid: 7\nevent: incident\ndata: {"a":\ndata: 1}\n\ndata: plain\r\n\r\nevent: nothing\n\n'

describe('reading the stream', () => {
  it('reads ids, names and data of several lines, and passes over comments and events without data', () => {
    expect(createEventReader()(stream)).toEqual([
      { id: '7', name: 'incident', data: '{"a":\n1}' },
      { id: '7', name: 'message', data: 'plain' },
    ])
  })

  it('reads the same events however the bytes are cut', () => {
    const whole = createEventReader()(stream)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (cuts) => {
        const read = createEventReader()
        const events = []
        let at = 0
        for (const cut of cuts) {
          events.push(...read(stream.slice(at, at + cut)))
          at += cut
        }
        events.push(...read(stream.slice(at)))
        expect(events).toEqual(whole)
      }),
    )
  })
})

describe('coming back', () => {
  it('waits longer after each failure, spread, and never past the longest wait', () => {
    expect(backOff_ms(0, 0)).toBe(250)
    expect(backOff_ms(0, 1)).toBe(500)
    expect(backOff_ms(3, 1)).toBe(4000)
    expect(backOff_ms(1000, 1)).toBe(15_000)
  })

  it('knows a new version of the page by the name of its script', () => {
    expect(scriptOf('<script type="module" crossorigin src="/assets/wall-abc.js"></script>')).toBe(
      '/assets/wall-abc.js',
    )
    expect(scriptOf('<p>503</p>')).toBeNull()
  })
})
