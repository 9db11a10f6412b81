// How far settling gives way to those who are waiting for an answer: on a machine with processors to spare hardly, on one that is
// short of them by resting after each unit for a multiple of the time it took, found by what answers take meanwhile.

/** Settling may cost an answer so much. */
const bearable_ms = 25
/** After a unit by which answers were slowed, settling rests for so many times its work at most: a third of the time stays its own. */
const mostRests = 2
const leastRests = 0.25
/** After a unit by which no answer was slowed. */
const relief = 0.99

export class GivingWay {
  /** It begins by giving way: the first seconds of a storm are not the time to find out. */
  #rests = mostRests
  #slowest_ms = 0

  /** Whether somebody was answered since the last rest, and settling gives way. */
  get isAsked(): boolean {
    return this.#slowest_ms > 0
  }

  /** Says how long somebody waited for an answer. */
  answered(took_ms: number): void {
    this.#slowest_ms = Math.max(this.#slowest_ms, took_ms)
  }

  /**
   * How long to rest after `worked_ms` of settling: twice as long as before where an answer took more than it may, a little less
   * where none did, not at all where nobody asked.
   */
  restAfter(worked_ms: number): number {
    if (this.#slowest_ms === 0) return 0
    const isSlow = this.#slowest_ms > bearable_ms
    this.#slowest_ms = 0
    this.#rests = isSlow ? Math.min(mostRests, Math.max(leastRests, this.#rests * 2)) : this.#rests * relief
    return worked_ms * this.#rests
  }
}
