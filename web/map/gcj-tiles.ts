// Lays raster tiles drawn in GCJ-02 where they belong: each tile of ours is put together from the pieces of theirs that show the
// same ground. Within one tile the two systems differ by a shift and a stretch to a tenth of a pixel, so two corners tell all.
import gcoord from 'gcoord'

export type TileAt = { z: number; x: number; y: number }
/** A rectangle of their pyramid at the same zoom, in tiles: from x0, y0 to x1, y1. */
export type Window = { x0: number; y0: number; x1: number; y1: number }
/** A piece of their tile x, y onto our tile of `size` pixels. */
export type Piece = { x: number; y: number; left: number; top: number; width: number; height: number }

const lonOf = (x: number, z: number) => (x / 2 ** z) * 360 - 180
const latOf = (y: number, z: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI
const columnOf = (lon: number, z: number) => ((lon + 180) / 360) * 2 ** z
const rowOf = (lat: number, z: number) => ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z

function cornerOf(x: number, y: number, z: number): [number, number] {
  const place: [number, number] = [lonOf(x, z), latOf(y, z)]
  const [lon, lat] = gcoord.transform(place, gcoord.WGS84, gcoord.GCJ02) as [number, number]
  return [columnOf(lon, z), rowOf(lat, z)]
}

/** Where our tile's ground lies in their pyramid. */
export function windowOf({ z, x, y }: TileAt): Window {
  const [x0, y0] = cornerOf(x, y, z)
  const [x1, y1] = cornerOf(x + 1, y + 1, z)
  return { x0, y0, x1, y1 }
}

/** The pieces that our tile is put together from: four, or nine where it is wider than theirs. */
export function piecesOf(window: Window, size: number): Piece[] {
  const pieces: Piece[] = []
  const across = size / (window.x1 - window.x0)
  const down = size / (window.y1 - window.y0)
  for (let y = Math.floor(window.y0); y < window.y1; y++)
    for (let x = Math.floor(window.x0); x < window.x1; x++)
      pieces.push({
        x,
        y,
        left: (x - window.x0) * across,
        top: (y - window.y0) * down,
        width: across,
        height: down,
      })
  return pieces
}

async function fetchPicture(url: string, signal: AbortSignal): Promise<ImageBitmap | null> {
  const answer = await fetch(url, { signal })
  return answer.status === 200 ? createImageBitmap(await answer.blob()) : null
}

const size = 256

/** Our tile as a picture; null where they have none of its pieces. */
export async function drawGcjTile(at: TileAt, signal: AbortSignal): Promise<ImageBitmap | null> {
  const canvas = new OffscreenCanvas(size, size)
  const pen = canvas.getContext('2d')!
  const pieces = piecesOf(windowOf(at), size)
  const pictures = await Promise.all(
    pieces.map(({ x, y }) => fetchPicture(`${location.origin}/tiles/base/${at.z}/${x}/${y}`, signal)),
  )
  pictures.forEach((picture, index) => {
    const { left, top, width, height } = pieces[index]!
    // A pixel of overlap: edges that fall between pixels would show as a lattice.
    if (picture) pen.drawImage(picture, left, top, width + 0.5, height + 0.5)
  })
  return pictures.some((picture) => picture) ? createImageBitmap(canvas) : null
}
