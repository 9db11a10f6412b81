// Crews on their own canvas above the map, so that gliding redraws a few hundred marks and never the ground: routes still to
// drive, the mark of each crew, and a pulse where something is new.
import type { Layer } from '@deck.gl/core'
import { IconLayer, PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibre } from 'maplibre-gl'
import type { CrewView } from '../../../server/contract/assignments.ts'
import { bytesOf, type MapColours } from '../colours.ts'
import { drawCrewAtlas, type CrewAtlas } from '../crew-marks.ts'
import { near_m, placeOnLine, positionAt, sliceLine, startGlide, type Glide, type Position } from '../glide.ts'
import type { MapLayer, Scene } from '../layer.ts'

export type CrewsLayer = MapLayer & { pulse(at: Position): void }

/** Twenty frames a second glide smoothly at a crew's speed and leave the machine cool for months. */
const frame_ms = 50
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
  let overlay: MapLibreOverlay | null = null
  let atlas: CrewAtlas | null = null
  let colours: MapColours | null = null
  let scene: Scene | null = null
  let timer: ReturnType<typeof setInterval> | undefined

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

  function layers(now: number): Layer[] {
    if (!colours || !atlas) return []
    const [ink, warm] = [bytesOf(colours.accent), bytesOf(colours.confirmed)]
    const marks = [...shown.values()].map((one) => {
      const at = positionAt(one.glide, now)
      const next = positionAt(one.glide, now + 800)
      if (near_m(at, next) > 0.5) one.heading = headingOf(at, next)
      return { ...one, at }
    })
    const paths = marks.flatMap(({ crew, at }) => {
      const route = crew.status === 'en_route' ? scene?.routes.get(crew.id) : undefined
      return route ? [{ path: sliceLine(route, placeOnLine(route, at).along_m) }] : []
    })
    const { image, cells } = atlas
    return [
      new PathLayer<{ path: Position[] }>({
        id: 'routes',
        data: paths,
        getPath: (route) => route.path as [number, number][],
        getColor: [ink[0], ink[1], ink[2], 150],
        getWidth: 3 * scale,
        widthUnits: 'pixels',
        capRounded: true,
        jointRounded: true,
      }),
      new ScatterplotLayer<{ at: Position; from: number }>({
        id: 'pulses',
        data: pulses.flatMap((one) => [one, { ...one, from: one.from + 750 }]),
        getPosition: (pulse) => [...pulse.at],
        getRadius: (pulse) => (12 + 70 * (((now - pulse.from + 1500) % 1500) / 1500)) * scale,
        getLineColor: (pulse) => [warm[0], warm[1], warm[2], 235 * (1 - ((now - pulse.from + 1500) % 1500) / 1500)],
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        getLineWidth: 3 * scale,
        filled: false,
        stroked: true,
        updateTriggers: { getRadius: now, getLineColor: now },
      }),
      new IconLayer<(typeof marks)[number]>({
        id: 'crews',
        data: marks,
        iconAtlas: image as never,
        iconMapping: cells,
        getIcon: (mark) => mark.crew.status,
        getPosition: (mark) => [...mark.at],
        getAngle: (mark) => (mark.crew.status === 'en_route' ? -mark.heading : 0),
        getSize: (mark) => (mark.crew.status === 'off_duty' ? 16 : 26) * scale,
        billboard: true,
      }),
    ]
  }

  function frame() {
    const now = Date.now()
    pulses = pulses.filter((pulse) => now - pulse.from < pulse_ms)
    overlay?.setProps({ layers: layers(now) })
    const moving = pulses.length > 0 || [...shown.values()].some((one) => one.glide.toAt > now)
    if (!moving) stop()
  }
  function stop() {
    clearInterval(timer)
    timer = undefined
  }
  function start() {
    if (document.hidden) return frame()
    timer ??= setInterval(frame, frame_ms)
  }

  return {
    add(map: MapLibre, freshColours) {
      colours = freshColours
      atlas = drawCrewAtlas(freshColours)
      if (!overlay) {
        overlay = new MapLibreOverlay({ interleaved: false, layers: [], useDevicePixels: true })
        map.addControl(overlay)
      }
      start()
    },
    draw(_map, fresh) {
      scene = fresh
      const now = Date.now()
      for (const crew of fresh.crews.values()) if (shown.get(crew.id)?.crew !== crew) hear(crew, now)
      for (const id of shown.keys()) if (!fresh.crews.has(id)) shown.delete(id)
      start()
    },
    pulse(at) {
      pulses = [...pulses.slice(1 - pulsesKept), { at, from: Date.now() }]
      start()
    },
    remove() {
      stop()
      overlay?.finalize()
      overlay = null
    },
  }
}
