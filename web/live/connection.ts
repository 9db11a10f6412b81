// Holds the live stream open for as long as the screen lives: reads it, resumes where it broke, backs off, and says when the
// token is no longer good. It knows nothing of what the events mean.
import { createEventReader, type StreamEvent } from './events.ts'

export type Connection = { close(): void; restart(): void }
export type ConnectionHooks = {
  /** Called with what one read brought, in order. */
  onEvents(events: StreamEvent[]): void
  /** Any bytes at all, heartbeats included, while the server sees its database. */
  onAlive(): void
  /** Nothing that happens is heard: the stream is broken, or the server has lost its database. */
  onDown(): void
  /** The server's time as the stream opened, milliseconds. */
  onTime(now: number): void
  /** Whether a server that says so of itself is the one of this page; of another nothing is taken. */
  isOurs(exercise: boolean): boolean
  onRefused(): void
}

/** A stream silent for longer is taken for dead: the server's heartbeat comes every 15 s. */
const silence_ms = 45_000
const firstWait_ms = 500
const longestWait_ms = 15_000

/** Doubling with a spread, so that a hundred walls do not return in the same instant. */
export const backOff_ms = (failures: number, random: number) =>
  Math.min(longestWait_ms, firstWait_ms * 2 ** Math.min(failures, 10)) * (0.5 + random / 2)

export function openConnection(url: string, token: string | null, hooks: ConnectionHooks): Connection {
  let lastId: string | null = null
  let failures = 0
  let closed = false
  let current: AbortController | null = null
  let wake: (() => void) | null = null

  async function readOnce() {
    const abort = new AbortController()
    current = abort
    let silence = setTimeout(() => abort.abort(), silence_ms)
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (token) headers['authorization'] = `Bearer ${token}`
      if (lastId !== null) headers['last-event-id'] = lastId
      const response = await fetch(url, { headers, signal: abort.signal, cache: 'no-store' })
      if (response.status === 401 || response.status === 403) {
        closed = true
        hooks.onRefused()
        return
      }
      if (!response.ok || !response.body) return
      const exercise = response.headers.get('x-relight-exercise')
      if (exercise !== null && !hooks.isOurs(exercise === 'on')) return abort.abort()
      const serverNow = Date.parse(response.headers.get('x-relight-now') ?? '')
      if (!Number.isNaN(serverNow)) hooks.onTime(serverNow)
      let blind = false
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      const read = createEventReader()
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        clearTimeout(silence)
        silence = setTimeout(() => abort.abort(), silence_ms)
        failures = 0
        const events = read(value)
        const sight = events.findLast(({ name }) => name === 'blind' || name === 'seeing')
        if (sight) blind = sight.name === 'blind'
        lastId = events.findLast(({ id }) => id !== null)?.id ?? lastId
        if (events.length > 0) hooks.onEvents(events)
        if (blind) hooks.onDown()
        else hooks.onAlive()
      }
    } finally {
      clearTimeout(silence)
    }
  }

  async function keepOpen() {
    while (!closed) {
      await readOnce().catch(() => undefined)
      if (closed) return
      hooks.onDown()
      const wait = new Promise<void>((resolve) => (wake = resolve))
      const timer = setTimeout(() => wake?.(), backOff_ms(failures++, Math.random()))
      await wait
      clearTimeout(timer)
    }
  }
  void keepOpen()
  // The machine knows of its own network at once; the stream would hear nothing for a while and take it for calm.
  const again = () => wake?.()
  const cut = () => current?.abort()
  addEventListener('online', again)
  addEventListener('offline', cut)

  return {
    close() {
      closed = true
      removeEventListener('online', again)
      removeEventListener('offline', cut)
      current?.abort()
      wake?.()
    },
    /** Forgets the place and begins with a snapshot. */
    restart() {
      lastId = null
      failures = 0
      current?.abort()
      wake?.()
    },
  }
}
