// Counts tries, so that other people's accounts cannot be guessed and one place cannot flood the rest.

/** Askers watched at once; past that all start afresh, so that made-up ones cannot fill the memory. */
const watched = 20_000

export class Tries {
  private readonly seen = new Map<string, { count: number; since: number }>()
  private readonly limit: { count: number; within_ms: number }

  constructor(limit: { count: number; within_ms: number }) {
    this.limit = limit
  }

  /** Counts one try of `asker`; false once there were too many within the time. */
  allow(asker: string, now: Date): boolean {
    const at = now.getTime()
    const before = this.seen.get(asker)
    const current = before && at - before.since < this.limit.within_ms ? before : { count: 0, since: at }
    current.count++
    if (!before && this.seen.size >= watched) this.seen.clear()
    this.seen.set(asker, current)
    return current.count <= this.limit.count
  }
}
