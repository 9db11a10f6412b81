// Numbers that tell no household apart. A count under five is not said; a sum never gives away one that was left out.

/** Counts from here on may be said. */
export const smallest = 5

/** Null stands for "fewer than 5". Nobody at all may be said. */
export function publicCount(count: number): number | null {
  return count === 0 || count >= smallest ? count : null
}

/**
 * The sum of counts that are published one by one beside it. Subtracting the published ones must not leave a single hidden
 * one: the hidden are counted only where there are two or more of them and they come to five.
 */
export function publicSum(counts: number[]): number | null {
  const hidden = counts.filter((count) => publicCount(count) === null)
  const said = counts.reduce((sum, count) => sum + (publicCount(count) ?? 0), 0)
  const hiddenSum = hidden.reduce((sum, count) => sum + count, 0)
  if (hidden.length > 1 && hiddenSum >= smallest) return said + hiddenSum
  return said === 0 && hidden.length > 0 ? null : said
}
