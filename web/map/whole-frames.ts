// Frames that show half of what is on its way cost as much as whole ones: each is a drawing of the map and of the page around it, and
// a machine without a graphics card makes four or five a second. Such frames are left out for a moment, so that the first one shows the
// map as it is. While the camera moves every frame is drawn.
import type { Map as MapLibre } from 'maplibre-gl'

/** The first map: as long as a slow network may keep it away before its parts are shown as they come. */
const firstPatience_ms = 2500
/** Later ones: shorter than anyone notices. */
const patience_ms = 300

export type WholeFrames = {
  /** Again for a fresh WebGL context. */
  watch(): void
  end(): void
}

/** Calls `drawn` after each frame that was really drawn. */
export function drawWholeFrames(map: MapLibre, drawn: () => void): WholeFrames {
  let heldSince: number | null = null
  let wasWhole = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let watched: unknown = null

  /** Whether this frame is to wait for the rest of what it shows. */
  function waits(isWhole: boolean): boolean {
    wasWhole ||= isWhole
    if (isWhole || map.isMoving()) {
      heldSince = null
      return false
    }
    const now = performance.now()
    heldSince ??= now
    const left_ms = heldSince + (wasWhole ? patience_ms : firstPatience_ms) - now
    if (left_ms <= 0) return false
    timer ??= setTimeout(() => {
      timer = undefined
      map.triggerRepaint()
    }, left_ms)
    return true
  }

  function watch() {
    const { painter } = map
    if (painter === watched) return
    watched = painter
    const paint = painter.render.bind(painter)
    painter.render = (style, ...rest) => {
      // Labels that a fresh tile brought are placed once more in the very next frame.
      if (waits(style.loaded() && !style.placement?.stale)) return
      paint(style, ...rest)
      drawn()
    }
  }

  watch()
  return {
    watch,
    end() {
      clearTimeout(timer)
    },
  }
}
