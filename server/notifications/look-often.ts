// A loop that looks for work when something was committed, and now and then in any case; one look at a time.
import type { Database } from '../database/index.ts'

export type Looking = { stop(): Promise<void> }

/** Starts looking. `complaint` heads the log line of a look that failed; the next one comes all the same. `stop` waits for the look at work. */
export function lookOften(
  database: Database,
  look: () => Promise<unknown>,
  look_ms: number,
  complaint: string,
): Looking {
  let stopped = false
  let again = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | null = null

  const lookAll = async () => {
    do {
      again = false
      await look()
    } while (again && !stopped)
  }
  const begin = () => {
    clearTimeout(timer)
    if (stopped) return
    if (work) {
      again = true
      return
    }
    work = lookAll()
      .catch((reason: Error) => console.error(`${complaint}, trying again:`, reason.message))
      .finally(() => {
        work = null
        if (!stopped) timer = setTimeout(begin, look_ms)
      })
  }

  const forget = database.onHint(begin)
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
