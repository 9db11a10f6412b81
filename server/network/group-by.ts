// Lists of numbers by owner in two typed arrays (compressed sparse rows): `items[starts[o] … starts[o + 1])` belong to `o`.

export type Grouped = { starts: Int32Array; items: Int32Array }

/** Groups `0 … owners.length - 1` by `owners[i]`; items of a negative owner are left out. Counting sort, linear. */
export function groupBy(owners: ArrayLike<number>, ownerCount: number): Grouped {
  const starts = new Int32Array(ownerCount + 1)
  for (let item = 0; item < owners.length; item++) if (owners[item]! >= 0) starts[owners[item]! + 1]!++
  for (let owner = 0; owner < ownerCount; owner++) starts[owner + 1]! += starts[owner]!
  const items = new Int32Array(starts[ownerCount]!)
  const next = starts.slice()
  for (let item = 0; item < owners.length; item++) if (owners[item]! >= 0) items[next[owners[item]!]!++] = item
  return { starts, items }
}

/** What belongs to `owner`, without copying. */
export function itemsOf(grouped: Grouped, owner: number): Int32Array {
  return grouped.items.subarray(grouped.starts[owner]!, grouped.starts[owner + 1]!)
}
