import type { Map as MapLibre } from 'maplibre-gl'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawWholeFrames } from '../../web/map/whole-frames.ts'

/** As much of a map as draws: its state is set by hand, `frame` is what its own loop does. */
function sketchMap() {
  const state = { loaded: false, stale: false, moving: false, asked: 0, painted: 0 }
  const style = {
    loaded: () => state.loaded,
    get placement() {
      return { stale: state.stale }
    },
  }
  const painter = { render: () => void (state.painted += 1) }
  const map = { painter, isMoving: () => state.moving, triggerRepaint: () => void (state.asked += 1) }
  const frame = () => (map.painter.render as (style: unknown) => void)(style)
  return { state, map, frame, asMap: map as unknown as MapLibre }
}

describe('frames of the map', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are left out until the first map is whole, and told once drawn', () => {
    const { state, frame, asMap } = sketchMap()
    const drawn = vi.fn()
    drawWholeFrames(asMap, drawn)
    frame()
    frame()
    expect(state.painted).toBe(0)
    state.loaded = true
    frame()
    expect(state.painted).toBe(1)
    expect(drawn).toHaveBeenCalledTimes(1)
  })

  it('show what there is once the network has kept it waiting, though nothing more comes', () => {
    const { state, frame, asMap } = sketchMap()
    drawWholeFrames(asMap, () => {})
    frame()
    vi.advanceTimersByTime(2400)
    frame()
    expect([state.painted, state.asked]).toEqual([0, 0])
    vi.advanceTimersByTime(200)
    expect(state.asked).toBe(1)
    frame()
    frame()
    expect(state.painted).toBe(2)
  })

  it('wait for a change a third of a second at most, and for the labels that come with it', () => {
    const { state, frame, asMap } = sketchMap()
    drawWholeFrames(asMap, () => {})
    state.loaded = true
    frame()
    state.loaded = false
    frame()
    state.loaded = true
    state.stale = true
    frame()
    expect(state.painted).toBe(1)
    state.stale = false
    frame()
    expect(state.painted).toBe(2)
    state.loaded = false
    frame()
    vi.advanceTimersByTime(310)
    frame()
    expect(state.painted).toBe(3)
  })

  it('are all drawn while the camera moves', () => {
    const { state, frame, asMap } = sketchMap()
    drawWholeFrames(asMap, () => {})
    state.moving = true
    frame()
    frame()
    expect(state.painted).toBe(2)
  })

  it('are watched again on the painter of a fresh context, and only once on the same', () => {
    const { state, map, frame, asMap } = sketchMap()
    const frames = drawWholeFrames(asMap, () => {})
    frames.watch()
    state.loaded = true
    frame()
    expect(state.painted).toBe(1)
    map.painter = { render: () => void (state.painted += 10) }
    frames.watch()
    state.loaded = false
    frame()
    expect(state.painted).toBe(1)
    frames.end()
  })
})
