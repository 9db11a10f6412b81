// Times a piece of work over and over, and says what it came to.

/** Milliseconds of single runs. */
export type Timing = { minimum: number; median: number; p99: number; maximum: number; runs: number }

/** Runs `work` on each input, once unmeasured so that it is compiled, then measured. */
export function timeEach<Input>(inputs: readonly Input[], work: (input: Input) => unknown): Timing {
  for (const input of inputs) work(input)
  return summarise(
    inputs.map((input) => {
      const before = performance.now()
      work(input)
      return performance.now() - before
    }),
  )
}

export function summarise(took_ms: number[]): Timing {
  const sorted = took_ms.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { minimum: at(0), median: at(0.5), p99: at(0.99), maximum: sorted.at(-1)!, runs: sorted.length }
}

export function describe(name: string, { minimum, median, p99, maximum, runs }: Timing): string {
  const [least, middle, high, most] = [minimum, median, p99, maximum].map((ms) => ms.toFixed(3))
  return `${name.padEnd(44)} min ${least}, median ${middle}, p99 ${high}, max ${most} ms (${runs} runs)`
}
