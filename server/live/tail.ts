// Follows the event log without gap or repeat. Numbers are handed out before their transactions commit, so a number may
// turn up after a higher one: at a gap the tail waits until every transaction that may own it has ended.
import type { LiveEvent } from '../contract/live.ts'
import type { Database } from '../database/index.ts'

/** One look takes at most this many events, so that a server that was away catches up in bounded bites. */
const batch = 500
/** Without a hint the tail looks this often: hints are only ever a reason to look sooner. */
const look_ms = 1000
/** How often a gap is looked at again. */
const gap_ms = 10
/** No transaction takes this long to commit unless it is stuck: what happens behind it is not seen meanwhile. */
const gapPatience_ms = 5000

type EventRow = Omit<LiveEvent, 'at'> & { at: Date }
type Gap = { after: number; writers: Set<string>; foundAt: number }

export type Tail = {
  stop(): void
  readonly seq: number
  /** Rises with every look that the database answered, and at which nothing had been waiting for long behind a gap. */
  readonly looks: number
}

/** Reads on from `after`, calling `deliver` with events in strictly rising order. Lost connections are tried again. */
export function tailEvents(database: Database, after: number, deliver: (events: LiveEvent[]) => void): Tail {
  let seq = after
  let looks = 0
  let gap: Gap | null = null
  let stopped = false
  let looking = false
  let again = false
  let timer: NodeJS.Timeout

  const lookOnce = async (): Promise<number> => {
    const rows = await database.rows<EventRow>('live/read_events', { after: seq, limit: batch })
    if (!gap || performance.now() - gap.foundAt < gapPatience_ms) looks++
    const contiguous = rows.findIndex((row, index) => row.seq !== seq + 1 + index)
    const ready = contiguous === -1 ? rows : rows.slice(0, contiguous)
    if (ready.length > 0) {
      seq = ready[ready.length - 1]!.seq
      gap = null
      deliver(ready.map((row) => ({ ...row, at: row.at.toISOString() })))
    }
    if (contiguous === -1) return rows.length === batch ? 0 : look_ms
    return waitAtGap()
  }

  /** A gap is dead, a number taken back, once none of the writers seen when it was found is still at work. */
  const waitAtGap = async (): Promise<number> => {
    const writers = new Set((await database.rows<{ writer: string }>('live/read_writers')).map((row) => row.writer))
    if (gap?.after !== seq) {
      gap = { after: seq, writers, foundAt: performance.now() }
      return writers.size === 0 ? 0 : gap_ms
    }
    if ([...gap.writers].some((writer) => writers.has(writer))) return gap_ms
    const [next] = await database.rows<EventRow>('live/read_events', { after: seq, limit: 1 })
    if (next) seq = next.seq - 1
    gap = null
    return 0
  }

  const look = async () => {
    if (looking || stopped) {
      again = true
      return
    }
    looking = true
    clearTimeout(timer)
    let wait = look_ms
    do {
      again = false
      try {
        wait = await lookOnce()
      } catch (reason) {
        if (!stopped) console.error('event log not readable, trying again:', (reason as Error).message)
        wait = look_ms
      }
    } while (!stopped && (wait === 0 || again))
    looking = false
    if (!stopped) timer = setTimeout(() => void look(), wait)
  }

  const forget = database.onHint(() => void look())
  timer = setTimeout(() => void look(), 0)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      forget()
    },
    get seq() {
      return seq
    },
    get looks() {
      return looks
    },
  }
}
