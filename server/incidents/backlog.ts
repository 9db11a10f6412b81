// In a storm calls come in faster than each can be thought about before it is answered. One that an open incident explains is
// then counted to that incident and answered at once, and its unit is settled a moment later with all that came meanwhile.

/** Up to so many reports on their way at once, each is thought about before it is answered. */
const unhurried = 2

/** What one server has put off: transformers whose units are to be settled. Without anybody who settles it, nothing is put off. */
export class Backlog {
  #transformers = new Set<string>()
  #onTheirWay = 0
  #count = 0
  #isServed = false

  /** Counts a report as on its way for as long as `work` lasts. */
  async carry<T>(work: () => Promise<T>): Promise<T> {
    this.#onTheirWay++
    try {
      return await work()
    } finally {
      this.#onTheirWay--
    }
  }

  /** Whether what is explained already is to be put off. */
  get isPressed(): boolean {
    return this.#isServed && this.#onTheirWay > unhurried
  }

  /** How often something was put off so far. */
  get count(): number {
    return this.#count
  }

  putOff(transformerId: string): void {
    this.#count++
    this.#transformers.add(transformerId)
  }

  serve(isServed: boolean): void {
    this.#isServed = isServed
  }

  /** Everything that is put off now, to be settled by the caller. */
  take(): string[] {
    const taken = [...this.#transformers]
    this.#transformers.clear()
    return taken
  }
}
