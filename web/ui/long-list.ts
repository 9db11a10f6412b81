// Which rows of a long list are drawn, and how high the gaps between them are. Pure; a change of ten thousand heights is summed up
// anew in a fraction of a millisecond, so that no tree of sums is needed.

export type Range = { from: number; to: number }
/** A row by its index, or a gap (`index` -1) that stands for the rows from `before`. */
export type Piece = { index: number; before: number; height: number }

/** Where each row begins, and after the last where the list ends, in pixels. */
export function offsetsOf(count: number, heightOf: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1)
  for (let index = 0; index < count; index++) offsets[index + 1] = offsets[index]! + heightOf(index)
  return offsets
}

/** The first row that ends after `at`, by halving. */
function rowAt(offsets: Float64Array, at: number): number {
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[middle + 1]! > at) high = middle
    else low = middle + 1
  }
  return low
}

/** Rows in sight from `top` on over `height`, and `beyond` more on either side; a list out of sight draws its nearest end. */
export function rangeOf(offsets: Float64Array, top: number, height: number, beyond: number): Range {
  const count = offsets.length - 1
  const from = Math.max(0, Math.min(rowAt(offsets, top), count) - beyond)
  const to = Math.min(count, Math.max(rowAt(offsets, top + height), 0) + 1 + beyond)
  return { from, to: Math.max(from, to) }
}

/** The rows of `range` and those `kept` outside it, in order, with a gap for whatever lies between. */
export function gapsOf(offsets: Float64Array, { from, to }: Range, kept: readonly number[]): Piece[] {
  const count = offsets.length - 1
  const outside = [...new Set(kept)].filter((index) => index >= 0 && index < count && (index < from || index >= to))
  const drawn = [...outside, ...Array.from({ length: to - from }, (_, each) => from + each)].sort((a, b) => a - b)
  const pieces: Piece[] = []
  let next = 0
  for (const index of [...drawn, count]) {
    if (index > next) pieces.push({ index: -1, before: next, height: offsets[index]! - offsets[next]! })
    if (index < count) pieces.push({ index, before: index, height: offsets[index + 1]! - offsets[index]! })
    next = index + 1
  }
  return pieces
}
