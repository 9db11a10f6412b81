// Counts tries, so that other people's accounts cannot be guessed and one place cannot flood the rest.

/** Askers watched at once; past that all start afresh, so that made-up ones cannot fill the memory. */
const watched = 20_000

export type TryLimit = { count: number; within_ms: number }

export class Tries {
  private readonly seen = new Map<string, { count: number; since: number }>()
  private readonly limit: TryLimit

  constructor(limit: TryLimit) {
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

  /** Takes back one try that turned out to be right: only wrong ones are limited. */
  giveBack(asker: string): void {
    const current = this.seen.get(asker)
    if (current && current.count > 0) current.count--
  }

  /** Whole seconds until `asker` starts afresh. */
  wait_s(asker: string, now: Date): number {
    const since = this.seen.get(asker)?.since ?? now.getTime()
    return Math.max(1, Math.ceil((since + this.limit.within_ms - now.getTime()) / 1000))
  }
}
