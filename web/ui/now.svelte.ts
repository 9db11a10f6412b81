// The time that screens show, one tick a second for all of them, so that ages and clocks step together.

class Now {
  /** Milliseconds since 1970, by the second. */
  at = $state(Date.now())
  constructor() {
    if (typeof window !== 'undefined') setInterval(() => (this.at = Date.now()), 1000)
  }
}

export const now = new Now()
