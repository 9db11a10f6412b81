// The promise clocks that run, as the server reckons them: read now and then, and soon after the stream says that one of them
// has changed. A failed reading leaves the last answer, and `at` says how old that is.
import type { ClockView } from '../../server/contract/clocks.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import { ask } from './ask.ts'
import type { Live } from './live.svelte.ts'

const look_ms = 30_000
/** What a storm brings in a burst is read once. */
const gather_ms = 400
/** A storm does not let up: the list of all clocks is read no more often than this. */
const rest_ms = 5000
/** A clock begins and ends by these. */
const moving = new Set(['clock', 'assignment', 'incident', 'estimate'])

type Answer = { at: string; items: ClockView[] }

export class Clocks {
  /** Most overdue first. */
  list = $state.raw<readonly ClockView[]>([])
  /** The server's instant of the answer that `list` came with; null before the first. */
  at = $state<string | null>(null)
  readonly #live: Pick<Live, 'listen'>

  constructor(live: Pick<Live, 'listen'>) {
    this.#live = live
  }

  /** Reads until the returned function is called. */
  follow(token: string): () => void {
    const ending = new AbortController()
    let isReading = false
    let readAt = -Infinity
    let soon: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      clearTimeout(soon)
      soon = undefined
      if (isReading) return
      isReading = true
      readAt = Date.now()
      const answered = await ask<Answer>(token, '/api/clocks', { signal: ending.signal })
      isReading = false
      if (ending.signal.aborted || !('answer' in answered)) return
      this.list = answered.answer.items.toSorted((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))
      this.at = answered.answer.at
    }
    const hear = (events: readonly LiveEvent[]) => {
      if (!events.some(({ name }) => moving.has(name))) return
      soon ??= setTimeout(() => void look(), Math.max(gather_ms, readAt + rest_ms - Date.now()))
    }
    void look()
    const forget = this.#live.listen(hear)
    const timer = setInterval(() => void look(), look_ms)
    return () => {
      ending.abort()
      forget()
      clearInterval(timer)
      clearTimeout(soon)
    }
  }
}
