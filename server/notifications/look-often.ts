// A loop that looks for work when something was committed, and now and then in any case; one look at a time.
import type { Database } from '../database/index.ts'

export type Looking = { stop(): Promise<void> }

export type Rhythm = {
  /** Between looks where nothing is committed. */
  look_ms: number
  /** Between looks where something is committed all the time. */
  rest_ms: number
}

/** Starts looking. `complaint` heads the log line of a look that failed; the next one comes all the same. `stop` waits for the look at work. */
export function lookOften(
  database: Database,
  look: () => Promise<unknown>,
  { look_ms, rest_ms }: Rhythm,
  complaint: string,
): Looking {
  let stopped = false
  let again = false
  let endedAt = -Infinity
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | null = null

  const begin = () => {
    if (stopped) return
    again = false
    work = look()
      .then(() => {})
      .catch((reason: Error) => console.error(`${complaint}, trying again:`, reason.message))
      .finally(() => {
        work = null
        endedAt = performance.now()
        if (!stopped) timer = setTimeout(begin, again ? rest_ms : look_ms)
      })
  }
  const hear = () => {
    again = true
    if (work || stopped) return
    clearTimeout(timer)
    timer = setTimeout(begin, Math.max(0, endedAt + rest_ms - performance.now()))
  }

  const forget = database.onHint(hear)
  begin()
  return {
    stop: async () => {
      stopped = true
      forget()
      clearTimeout(timer)
      await work
    },
  }
}
