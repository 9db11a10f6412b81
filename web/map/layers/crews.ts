// Crews above the map, so that gliding redraws a few hundred marks and never the ground: where each is between two positions,
// its route still to drive, and a pulse where something is new.
import type { Map as MapLibre } from 'maplibre-gl'
import type { CrewView } from '../../../server/contract/assignments.ts'
import { steadyNow } from '../../live/steady-clock.ts'
import type { MapColours } from '../colours.ts'
import { drawCrewAtlas, type CrewAtlas } from '../crew-marks.ts'
import type { CrewOverlay, Painted } from '../crew-overlay.ts'
import { near_m, placeOnLine, positionAt, sliceLine, startGlide, type Glide, type Position } from '../glide.ts'
import type { MapLayer, Scene } from '../layer.ts'

export type CrewsLayer = MapLayer & { pulse(at: Position): void }

/** Twenty frames a second glide smoothly at a crew's speed and leave the machine cool for months. */
const frame_ms = 50
const slowest_ms = 2000
/** What is new is drawn on the ground first: a mark that begins to move this much later is not noticed, a state that waits is. */
const afterGround_ms = 250
const askAgain_ms = 5000
const restless_ms = 3000
/** Positions come every 5 to 60 s; the glide takes about the last gap. */
const shortestGlide_ms = 1500
const longestGlide_ms = 30_000
const pulse_ms = 9000
/** More would only be a burst's noise. */
const pulsesKept = 40

type Shown = { crew: CrewView; glide: Glide; heading: number; heardAt: number }

const headingOf = (from: Position, to: Position) =>
  (Math.atan2((to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180), to[1] - from[1]) * 180) / Math.PI

export function createCrewsLayer(scale: number): CrewsLayer {
  const shown = new Map<string, Shown>()
  let pulses: { at: Position; from: number }[] = []
  let map: MapLibre | null = null
  let overlay: CrewOverlay | null = null
  let atlas: CrewAtlas | null = null
  let colours: MapColours | null = null
  let scene: Scene | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function hear(crew: CrewView, now: number) {
    const to: Position = [crew.location.lon, crew.location.lat]
    const before = shown.get(crew.id)
    const here = before ? positionAt(before.glide, now) : to
    const still = before && near_m(before.glide.path.at(-1)!, to) < 1
    const gap_ms = before ? Math.min(longestGlide_ms, Math.max(shortestGlide_ms, (now - before.heardAt) * 1.1)) : 0
    const route = scene?.routes.get(crew.id)
    shown.set(crew.id, {
      crew,
      glide: still ? before.glide : startGlide(here, to, route, now, gap_ms),
      heading: before?.heading ?? crew.heading ?? 0,
      heardAt: still ? before.heardAt : now,
    })
  }

  function paintedAt(now: number): Painted {
    const marks = [...shown.values()].map((one) => {
      const at = positionAt(one.glide, now)
      const next = positionAt(one.glide, now + 800)
      if (near_m(at, next) > 0.5) one.heading = headingOf(at, next)
      return { at, status: one.crew.status, heading: one.heading, id: one.crew.id }
    })
    const routes = marks.flatMap(({ id, status, at }) => {
      const route = status === 'en_route' ? scene?.routes.get(id) : undefined
      return route ? [sliceLine(route, placeOnLine(route, at).along_m)] : []
    })
    return { marks, routes, pulses }
  }

  function paint() {
    if (!overlay || !atlas || !colours) return
    const now = steadyNow()
    pulses = pulses.filter((pulse) => now - pulse.from < pulse_ms)
    overlay.draw(paintedAt(now), { atlas, colours, scale, now })
  }

  /** Once the ground is there; what does not come is asked for again. */
  function openAbove(fresh: MapLibre) {
    if (overlay) return
    import('../crew-overlay.ts').then(
      ({ openCrewOverlay }) => {
        if (map !== fresh || overlay) return
        overlay = openCrewOverlay(fresh, () => openAnew(fresh))
        start()
      },
      () => setTimeout(() => map === fresh && openAbove(fresh), askAgain_ms),
    )
  }

  /** A lost context does not come back to deck.gl: another overlay takes its place. */
  function openAnew(fresh: MapLibre) {
    overlay?.remove()
    overlay = null
    setTimeout(() => map === fresh && openAbove(fresh), askAgain_ms)
  }

  /** The next frame comes after a rest of thrice what this one took: a slow machine glides in larger steps and stays at hand. */
  function frame() {
    const begun = performance.now()
    paint()
    const now = steadyNow()
    const moving = pulses.length > 0 || [...shown.values()].some((one) => one.glide.toAt > now)
    timer = undefined
    if (!moving) return
    requestAnimationFrame(() => {
      const took = performance.now() - begun
      timer ??= setTimeout(frame, Math.min(slowest_ms, Math.max(frame_ms, took * 3)))
    })
  }
  function start() {
    timer ??= setTimeout(frame, afterGround_ms)
  }

  return {
    add(fresh: MapLibre, freshColours) {
      colours = freshColours
      atlas = drawCrewAtlas(freshColours)
      if (map !== fresh) {
        overlay?.remove()
        overlay = null
        map = fresh
        // Once the ground is whole: making the overlay takes the thread for longer than drawing all of it. Where it never rests, soon after.
        void fresh.once('idle', () => openAbove(fresh))
        void fresh.once('load', () => setTimeout(() => map === fresh && openAbove(fresh), restless_ms))
      }
      start()
    },
    draw(_map, fresh) {
      scene = fresh
      const now = steadyNow()
      for (const crew of fresh.crews.values()) if (shown.get(crew.id)?.crew !== crew) hear(crew, now)
      for (const id of shown.keys()) if (!fresh.crews.has(id)) shown.delete(id)
      start()
    },
    pulse(at) {
      pulses = [...pulses.slice(1 - pulsesKept), { at, from: steadyNow() }]
      start()
    },
    remove() {
      clearTimeout(timer)
      timer = undefined
      overlay?.remove()
      overlay = null
      map = null
    },
  }
}
