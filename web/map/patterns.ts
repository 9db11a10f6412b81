// The patterns that tell area states apart without colour: dots for suspected, strokes for probable, cross strokes for confirmed,
// level lines for partly restored; restored ground stays plain.
import type { AreaState } from './area-states.ts'

export const areaPatterns: readonly AreaState[] = ['suspected', 'probable', 'confirmed', 'partly_restored']

const size = 24

export function drawPattern(state: AreaState, colour: string): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  pen.strokeStyle = pen.fillStyle = colour
  pen.lineWidth = 2
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    pen.beginPath()
    pen.moveTo(x1, y1)
    pen.lineTo(x2, y2)
    pen.stroke()
  }
  const rising = (offset: number) => line(-size + offset, size, offset, 0)
  const falling = (offset: number) => line(-size + offset, 0, offset, size)
  if (state === 'suspected') {
    for (const [x, y] of [
      [6, 6],
      [18, 18],
    ] as const) {
      pen.beginPath()
      pen.arc(x, y, 2.4, 0, Math.PI * 2)
      pen.fill()
    }
  } else if (state === 'partly_restored') {
    line(0, 6, size, 6)
    line(0, 18, size, 18)
  } else {
    for (let offset = 0; offset <= size * 2; offset += 12) rising(offset)
    if (state === 'confirmed') for (let offset = 0; offset <= size * 2; offset += 12) falling(offset)
  }
  return pen.getImageData(0, 0, size, size)
}
