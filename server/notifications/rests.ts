// What failed as a whole is left alone for a while: a second at first, then twice as long each time, up to a minute.

const first_ms = 1000
const longest_ms = 60_000

/** Rests by name. */
export class Rests {
  readonly #rests = new Map<string, { until: number; length_ms: number }>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  isResting(name: string): boolean {
    return (this.#rests.get(name)?.until ?? 0) > this.#now().getTime()
  }

  rest(name: string): void {
    const before = this.#rests.get(name)
    const length_ms = before ? Math.min(longest_ms, before.length_ms * 2) : first_ms
    this.#rests.set(name, { until: this.#now().getTime() + length_ms, length_ms })
  }

  wake(name: string): void {
    this.#rests.delete(name)
  }
}
