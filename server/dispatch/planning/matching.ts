// The cheapest way to pair rows with columns, each at most once.

/**
 * Hungarian method with shortest augmenting paths and potentials (Kuhn 1955; Jonker, Volgenant 1987, "A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems"), O(rows² × columns). `cost` is
 * rows × columns with rows ≤ columns, all finite. Returns the column of each row.
 */
export function cheapestMatching(cost: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) throw new RangeError(`${rows} rows cannot be matched to ${columns} columns`)
  // Row and column 0 stand for "none", so that the augmenting path has a place to begin.
  const rowPrice = new Float64Array(rows + 1)
  const columnPrice = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  const cameFrom = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    let column = 0
    const slack = new Float64Array(columns + 1).fill(Infinity)
    const done = new Uint8Array(columns + 1)
    while (rowOf[column] !== 0) {
      done[column] = 1
      const current = rowOf[column]!
      let step = Infinity
      let next = 0
      for (let to = 1; to <= columns; to++) {
        if (done[to]) continue
        const reduced = cost[(current - 1) * columns + to - 1]! - rowPrice[current]! - columnPrice[to]!
        if (reduced < slack[to]!) {
          slack[to] = reduced
          cameFrom[to] = column
        }
        if (slack[to]! < step) {
          step = slack[to]!
          next = to
        }
      }
      for (let to = 0; to <= columns; to++) {
        if (done[to]) {
          rowPrice[rowOf[to]!]! += step
          columnPrice[to]! -= step
        } else slack[to]! -= step
      }
      column = next
    }
    while (column !== 0) {
      const before = cameFrom[column]!
      rowOf[column] = rowOf[before]!
      column = before
    }
  }
  const columnOf = new Int32Array(rows)
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) columnOf[rowOf[column]! - 1] = column - 1
  return columnOf
}
