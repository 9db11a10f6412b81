// Takes a handful of neighbouring stops out of a plan, as strings of consecutive stops from crews that work side by side.
import type { Problem } from './problem.ts'
import type { RouteBook } from './route-book.ts'
import type { Random } from './seeded-random.ts'

/** Mean stops taken out an iteration, the longest string, and how seldom a kept middle stops growing: the paper's values. */
const meanRemoved = 10
const longestString = 10
const stopGrowing = 0.01
/** Neighbours kept an incident; ruining never looks at more than a few dozen of them. */
const neighboursKept = 100

/**
 * An incident's neighbours, nearest first (by the shorter of the two drives), itself at the head. Sorted when first
 * asked for: a re-plan of 300 incidents touches half of them, and sorting all would take a fifth of its 50 ms.
 */
export function neighboursOf(problem: Problem): (incident: number) => Int32Array {
  const { incidents: n, travel } = problem
  const known: (Int32Array | undefined)[] = new Array<undefined>(n)
  const drive = new Float64Array(n)
  return (from) => {
    const already = known[from]
    if (already) return already
    // Drive and number in one value: plain numbers sort five times as fast as through a comparison.
    for (let to = 0; to < n; to++) {
      const near = Math.min(travel[from * n + to]!, travel[to * n + from]!)
      drive[to] = to === from ? from - n : Math.floor(near * 16) * n + to
    }
    const sorted = drive
      .slice()
      .sort()
      .subarray(0, neighboursKept + 1)
    return (known[from] = Int32Array.from(sorted, (value) => (value + n) % n))
  }
}

/**
 * Adjacent string removal of SISR (Christiaens, Vanden Berghe 2020, "Slack Induction by String Removals for Vehicle
 * Routing Problems", Transportation Science 54(2)): the strings are near one another, so that what is taken out can
 * change places. O(stops removed × route length).
 */
export function removeStrings(book: RouteBook, neighbours: (incident: number) => Int32Array, random: Random): void {
  const n = book.problem.incidents
  const routed = n - book.absent.length
  if (routed === 0) return
  let used = 0
  for (let crew = 0; crew < book.problem.crews; crew++) if (book.lengths[crew]! > 0) used++
  const longest = Math.min(longestString, routed / used)
  const most = (4 * meanRemoved) / (1 + longest) - 1
  let strings = Math.floor(1 + random() * most)
  const seed = Math.floor(random() * n)
  for (const incident of neighbours(seed)) {
    if (strings === 0) return
    const crew = book.crewOf[incident]!
    if (crew < 0 || book.wasTouched(crew)) continue
    removeStringAround(book, crew, book.placeOf[incident]!, longest, random)
    strings--
  }
}

function removeStringAround(book: RouteBook, crew: number, place: number, longest: number, random: Random): void {
  const length = book.lengths[crew]!
  const removed = Math.floor(1 + random() * Math.min(length, longest))
  let kept = 0
  if (removed > 1 && removed < length && random() < 0.5) {
    kept = 1
    while (removed + kept < length && random() > stopGrowing) kept++
  }
  const span = removed + kept
  const earliest = Math.max(0, place - span + 1)
  const start = earliest + Math.floor(random() * (Math.min(place, length - span) - earliest + 1))
  if (kept === 0) return book.remove(crew, start, removed)
  const before = Math.floor(random() * (removed + 1))
  if (removed > before) book.remove(crew, start + before + kept, removed - before)
  if (before > 0) book.remove(crew, start, before)
}
