// The marks of incidents as images for the map, drawn from the shapes that badges have, with a dark or light rim to stand off.
import type { MapColours } from './colours.ts'
import { stateShapes } from '../ui/state-shapes.ts'

export const markStates = [
  'suspected',
  'probable',
  'confirmed',
  'partly_restored',
  'unverified',
  'restored',
  'hazard',
] as const
export type MarkState = (typeof markStates)[number]
type DrawnState = MarkState | 'planned' | 'planned_running'

/** A mark's colour: those that have none of their own borrow the nearest in meaning. */
export const markColour = (state: DrawnState, colours: MapColours) =>
  state === 'hazard'
    ? colours.confirmed
    : state === 'unverified'
      ? colours.partly_restored
      : state === 'planned_running'
        ? colours.planned
        : colours[state]

/** Device pixels a side; shown at half that or less. */
const size = 72

export function drawMark(state: DrawnState, colours: MapColours): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  const shape = stateShapes[state]
  const colour = markColour(state, colours)
  pen.scale(size / 28, size / 28)
  pen.translate(2, 2)
  pen.lineJoin = pen.lineCap = 'round'
  const outline = new Path2D(shape.outline)
  pen.strokeStyle = colours.labelHalo
  pen.lineWidth = 5.4
  pen.stroke(outline)
  pen.fillStyle = shape.paint === 'solid' ? colour : colours.panel
  pen.fill(outline)
  pen.strokeStyle = pen.fillStyle = colour
  if (shape.half) pen.fill(new Path2D(shape.half))
  pen.lineWidth = 2.6
  pen.stroke(outline)
  if (shape.mark) {
    pen.strokeStyle = shape.paint === 'solid' ? colours.panel : colour
    pen.lineWidth = 3
    pen.stroke(new Path2D(shape.mark))
  }
  return pen.getImageData(0, 0, size, size)
}
