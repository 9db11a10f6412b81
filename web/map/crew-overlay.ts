// Crews drawn by deck.gl on a canvas of its own above the map: routes still to drive, a pulse where something is new, the mark of
// each crew. Asked for only once the map stands: its 190 kB and its shaders would hold up the ground.
import { IconLayer, PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibre } from 'maplibre-gl'
import type { CrewStatus } from '../../server/contract/assignments.ts'
import { bytesOf, type MapColours } from './colours.ts'
import type { CrewAtlas } from './crew-marks.ts'
import type { Position } from './glide.ts'

export type CrewMark = { at: Position; status: CrewStatus; heading: number }
export type Pulse = { at: Position; from: number }
export type Painted = { routes: readonly (readonly Position[])[]; pulses: readonly Pulse[]; marks: readonly CrewMark[] }
export type Look = { atlas: CrewAtlas; colours: MapColours; scale: number; now: number }
export type CrewOverlay = { draw(painted: Painted, look: Look): void; remove(): void }

/** Each drawing is a whole one: nothing of the one before need be kept, which would copy the screen at every frame. */
const deviceProps = { type: 'webgl', webgl: { preserveDrawingBuffer: false } } as const
const ring_ms = 1500
const restedSize_px = 16
const markSize_px = 30

/** Puts the overlay above `map`. `onLost` is called once it has lost its WebGL context: it draws nothing from then on. */
export function openCrewOverlay(map: MapLibre, onLost: () => void): CrewOverlay {
  const overlay = new MapLibreOverlay({ interleaved: false, layers: [], useDevicePixels: true, deviceProps })
  map.addControl(overlay)
  const container = map.getContainer()
  const hear = (event: Event) => event.target === overlay.getCanvas() && onLost()
  // The event does not bubble, and the canvas comes later than the overlay.
  container.addEventListener('webglcontextlost', hear, true)
  const show = hideUntilSized(() => overlay.getCanvas())
  return {
    draw: (painted, look) =>
      overlay.setProps({
        layers: [routesLayer(painted.routes, look), pulsesLayer(painted.pulses, look), marksLayer(painted.marks, look)],
      }),
    remove() {
      show()
      container.removeEventListener('webglcontextlost', hear, true)
      overlay.finalize()
    },
  }
}

/** A canvas as the browser makes it: deck.gl draws into it once before it has taken the map's size, and it would be seen stretched. */
const unsized = { width: 300, height: 150 }

/** Hides the canvas until it has a size of its own; the returned function ends the waiting. */
function hideUntilSized(canvasOf: () => HTMLCanvasElement | null): () => void {
  let ended = false
  const look = () => {
    if (ended) return
    const canvas = canvasOf()
    const isSized = canvas !== null && (canvas.width !== unsized.width || canvas.height !== unsized.height)
    if (canvas) canvas.style.visibility = isSized ? '' : 'hidden'
    if (!isSized) requestAnimationFrame(look)
  }
  look()
  return () => {
    ended = true
  }
}

function routesLayer(routes: Painted['routes'], { colours, scale }: Look) {
  const [red, green, blue] = bytesOf(colours.accent)
  return new PathLayer<readonly Position[]>({
    id: 'routes',
    data: routes,
    getPath: (route) => route as [number, number][],
    getColor: [red, green, blue, 150],
    getWidth: 3 * scale,
    widthUnits: 'pixels',
    capRounded: true,
    jointRounded: true,
  })
}

/** Two rings follow each other outwards, half a turn apart. */
function pulsesLayer(pulses: readonly Pulse[], { colours, scale, now }: Look) {
  const [red, green, blue] = bytesOf(colours.confirmed)
  const share = (pulse: Pulse) => ((now - pulse.from + ring_ms) % ring_ms) / ring_ms
  return new ScatterplotLayer<Pulse>({
    id: 'pulses',
    data: pulses.flatMap((one) => [one, { ...one, from: one.from + ring_ms / 2 }]),
    getPosition: (pulse) => [...pulse.at],
    getRadius: (pulse) => (12 + 70 * share(pulse)) * scale,
    getLineColor: (pulse) => [red, green, blue, 235 * (1 - share(pulse))],
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getLineWidth: 3 * scale,
    filled: false,
    stroked: true,
    updateTriggers: { getRadius: now, getLineColor: now },
  })
}

function marksLayer(marks: readonly CrewMark[], { atlas, scale }: Look) {
  return new IconLayer<CrewMark>({
    id: 'crews',
    data: marks,
    iconAtlas: atlas.image as never,
    iconMapping: atlas.cells,
    getIcon: (mark) => mark.status,
    getPosition: (mark) => [...mark.at],
    getAngle: (mark) => (mark.status === 'en_route' ? -mark.heading : 0),
    getSize: (mark) => (mark.status === 'off_duty' ? restedSize_px : markSize_px) * scale,
    billboard: true,
  })
}
