// Cuts each feature into at most 63 bins of about equal weight, so that a tree need look at bins only, not at values.
// Bin 0 holds what is not known. As in LightGBM (Ke et al. 2017), histogram based: n log n a feature once.

export type Binned = {
  rows: number
  /** One column a feature. */
  bins: Uint8Array[]
  /** `cuts[feature][bin]`: the largest value of the bin; a value goes left of a split at that bin if it is no larger. */
  cuts: number[][]
}

const most_bins = 63
/** Quantiles of a sample of this size are close enough to the whole's. */
const sample_rows = 20_000

function cutsOf(rows: Float32Array[], feature: number): number[] {
  const step = Math.max(1, Math.floor(rows.length / sample_rows))
  const values: number[] = []
  for (let row = 0; row < rows.length; row += step) {
    const value = rows[row]![feature]!
    if (!Number.isNaN(value)) values.push(value)
  }
  values.sort((a, b) => a - b)
  const cuts = [-Infinity]
  for (let bin = 1; bin <= most_bins - 1; bin += 1) {
    const value = values[Math.min(values.length - 1, Math.floor((values.length * bin) / (most_bins - 1)))]
    if (value !== undefined && value > cuts.at(-1)!) cuts.push(value)
  }
  return cuts
}

/** The first bin whose cut is no smaller than the value; larger than every cut falls into the last. */
function binOf(cuts: number[], value: number): number {
  if (Number.isNaN(value)) return 0
  let low = 1
  let high = cuts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (cuts[middle]! >= value) high = middle
    else low = middle + 1
  }
  return Math.min(low, cuts.length - 1)
}

export function binRows(rows: Float32Array[], features: number): Binned {
  const cuts = Array.from({ length: features }, (_, feature) => cutsOf(rows, feature))
  const bins = cuts.map((own, feature) => {
    const column = new Uint8Array(rows.length)
    for (let row = 0; row < rows.length; row += 1) column[row] = binOf(own, rows[row]![feature]!)
    return column
  })
  return { rows: rows.length, bins, cuts }
}
