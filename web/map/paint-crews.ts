// Paints crews onto a canvas of their own above the map: routes still to drive, a pulse where something is new, the mark of each
// crew. Plain 2D: some hundred marks need no shader, so nothing is compiled before the first is seen and no WebGL context is lost.
import type { CrewStatus } from '../../server/contract/assignments.ts'
import { withAlpha, type MapColours } from './colours.ts'
import { cell, type CrewAtlas } from './crew-marks.ts'
import type { Position } from './glide.ts'

export type CrewMark = { at: Position; status: CrewStatus; heading: number }
export type Pulse = { at: Position; from: number }
export type Painted = { routes: readonly (readonly Position[])[]; pulses: readonly Pulse[]; marks: readonly CrewMark[] }

/** Where a place lies on the canvas, in its pixels. */
export type Project = (at: Position) => { x: number; y: number }

const ring_ms = 1500
/** A ring follows the other by half a turn. */
const rings = [0, ring_ms / 2]
const shown_px: Partial<Record<CrewStatus, number>> = { off_duty: 16 }
const mark_px = 26

function paintRoutes(pen: CanvasRenderingContext2D, routes: Painted['routes'], project: Project, scale: number) {
  pen.beginPath()
  for (const route of routes) {
    route.forEach((at, index) => {
      const { x, y } = project(at)
      if (index === 0) pen.moveTo(x, y)
      else pen.lineTo(x, y)
    })
  }
  pen.lineWidth = 3 * scale
  pen.lineCap = pen.lineJoin = 'round'
  pen.stroke()
}

function paintPulse(pen: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, share: number, scale: number) {
  pen.globalAlpha = 0.92 * (1 - share)
  pen.beginPath()
  pen.arc(x, y, (12 + 70 * share) * scale, 0, Math.PI * 2)
  pen.stroke()
}

/** Paints everything anew; `now` in milliseconds turns the pulses. */
export function paintCrews(
  pen: CanvasRenderingContext2D,
  painted: Painted,
  look: { atlas: CrewAtlas; colours: MapColours; scale: number; project: Project; now: number },
) {
  const { atlas, colours, scale, project, now } = look
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height)
  pen.globalAlpha = 1
  pen.strokeStyle = withAlpha(colours.accent, 0.6)
  paintRoutes(pen, painted.routes, project, scale)
  pen.strokeStyle = colours.confirmed
  pen.lineWidth = 3 * scale
  for (const pulse of painted.pulses) {
    const at = project(pulse.at)
    for (const behind of rings) paintPulse(pen, at, ((now - pulse.from + behind) % ring_ms) / ring_ms, scale)
  }
  pen.globalAlpha = 1
  for (const { at, status, heading } of painted.marks) {
    const { x, y } = project(at)
    const size = (shown_px[status] ?? mark_px) * scale
    if (x < -size || y < -size || x > pen.canvas.width + size || y > pen.canvas.height + size) continue
    pen.save()
    pen.translate(x, y)
    if (status === 'en_route') pen.rotate((heading * Math.PI) / 180)
    pen.drawImage(atlas.image, atlas.places[status], 0, cell, cell, -size / 2, -size / 2, size, size)
    pen.restore()
  }
}
