// Crews' marks, one shape a status: a ring waits, a ring with a dot was asked, an arrow drives, a square works. Drawn once into
// one picture that the GPU keeps.
import type { CrewStatus } from '../../server/contract/assignments.ts'
import type { MapColours } from './colours.ts'

/** Pixels a side of one mark in the picture. */
const cell = 64
const statuses: readonly CrewStatus[] = ['available', 'offered', 'accepted', 'en_route', 'on_site', 'off_duty']

export type CrewAtlas = {
  image: HTMLCanvasElement
  cells: Record<string, { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number }>
}

function drawOne(pen: CanvasRenderingContext2D, status: CrewStatus, colours: MapColours) {
  const shape = new Path2D()
  if (status === 'en_route') {
    for (const [x, y] of [
      [0, -21],
      [16, 17],
      [0, 9],
      [-16, 17],
    ] as const)
      shape.lineTo(x, y)
    shape.closePath()
  } else if (status === 'on_site') shape.rect(-14, -14, 28, 28)
  else shape.arc(0, 0, status === 'off_duty' ? 8 : 13, 0, Math.PI * 2)
  const filled = status === 'en_route' || status === 'on_site'
  pen.lineJoin = 'round'
  pen.globalAlpha = status === 'off_duty' ? 0.6 : 1
  pen.strokeStyle = colours.labelHalo
  pen.lineWidth = 12
  pen.stroke(shape)
  pen.fillStyle = filled ? colours.accent : colours.panel
  pen.fill(shape)
  pen.strokeStyle = filled ? colours.ink : status === 'off_duty' ? colours.label : colours.accent
  pen.lineWidth = filled ? 2.5 : 5
  pen.stroke(shape)
  if (status === 'offered' || status === 'accepted') {
    pen.fillStyle = colours.accent
    pen.beginPath()
    pen.arc(0, 0, status === 'offered' ? 4 : 7, 0, Math.PI * 2)
    pen.fill()
  }
}

export function drawCrewAtlas(colours: MapColours): CrewAtlas {
  const image = document.createElement('canvas')
  image.width = cell * statuses.length
  image.height = cell
  const pen = image.getContext('2d')!
  const cells: CrewAtlas['cells'] = {}
  statuses.forEach((status, index) => {
    pen.save()
    pen.translate(index * cell + cell / 2, cell / 2)
    drawOne(pen, status, colours)
    pen.restore()
    cells[status] = { x: index * cell, y: 0, width: cell, height: cell, anchorX: cell / 2, anchorY: cell / 2 }
  })
  return { image, cells }
}
