// Numbers that tell no household apart. A count under five is not said; a sum gives nothing that the counts beside it do not.

/** Counts from here on may be said. */
export const smallest = 5

/** Null stands for "fewer than 5". Nobody at all may be said. */
export function publicCount(count: number): number | null {
  return count === 0 || count >= smallest ? count : null
}

/** `leavesOut`: there are at least `count`, and how many more is not told. */
export type PublicTotal = { count: number | null; leavesOut: boolean }

/**
 * The sum of counts that are published one by one beside it, made of what is published alone: one that is hidden goes in as the one
 * customer it is at least, so no subtraction gives more than it had. The true sum would: of 8 hidden in two, each is four.
 */
export function publicTotal(counts: number[]): PublicTotal {
  const published = counts.map(publicCount)
  const hidden = published.filter((count) => count === null).length
  const atLeast = published.reduce<number>((sum, count) => sum + (count ?? 1), 0)
  return hidden === 1 && atLeast === 1 ? { count: null, leavesOut: false } : { count: atLeast, leavesOut: hidden > 0 }
}
