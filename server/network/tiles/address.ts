// A tile's place in the pyramid, read from the words of its address.

export type TileAddress = { z: number; x: number; y: number }

/** What is wrong with a tile's address, naming the part. */
export type AddressFault = { path: 'z' | 'x' | 'y'; message: string }

/** Beyond this a pixel is under four centimetres: nothing is drawn that fine, and the numbers would only fill the cache. */
const deepestZoom = 22

/** Reads `z`, `x` and `y`; a fault says what would be right. */
export function readAddress(z: string, x: string, y: string): TileAddress | AddressFault {
  const zoom = wholeUpTo(z, deepestZoom)
  if (zoom === null) return { path: 'z', message: `a whole number from 0 to ${deepestZoom}` }
  const last = 2 ** zoom - 1
  const column = wholeUpTo(x, last)
  if (column === null) return { path: 'x', message: `a whole number from 0 to ${last} at zoom ${zoom}` }
  const row = wholeUpTo(y, last)
  if (row === null) return { path: 'y', message: `a whole number from 0 to ${last} at zoom ${zoom}` }
  return { z: zoom, x: column, y: row }
}

function wholeUpTo(word: string, last: number): number | null {
  return /^\d{1,8}$/.test(word) && Number(word) <= last ? Number(word) : null
}
