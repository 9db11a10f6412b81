// The live store: one picture for a screen, kept current from the stream and replaced once a tick however many events came.
import { untrack } from 'svelte'
import type { Counts, LiveEvent, Snapshot } from '../../server/contract/live.ts'
import type { PresenceView } from '../../server/contract/presence.ts'
import { openConnection, type Connection } from './connection.ts'
import type { StreamEvent } from './events.ts'
import { fitsMark } from './exercise-page.ts'
import { merge, pictureOf, withCounts, withSums, type Picture } from './picture.ts'
import { steadyNow } from './steady-clock.ts'

/** `past`: a moment that has passed is shown in place of the stream. */
export type LiveState = 'connecting' | 'live' | 'offline' | 'refused' | 'past'
export type Listener = (events: readonly LiveEvent[], picture: Picture) => void

/** Events are gathered and drawn together: the first after a rest almost at once, a storm's ten times a second. */
const tick_ms = 100
const firstTick_ms = 15
/** Sums that no event carries (told, crossed, today) are read this often. */
const counts_ms = 20_000
/** A gap asks for a whole picture, but not again within this: what the snapshot leaves out would ask for ever. */
const gapRest_ms = 30_000
/** A whole picture is asked for this often, so that anything ever missed heals by itself. */
const refresh_ms = 10 * 60 * 1000

/** What cannot be read is passed over: one broken event must not stop a wall. */
function parse(event: StreamEvent): Record<string, unknown> | null {
  try {
    return JSON.parse(event.data) as Record<string, unknown>
  } catch {
    console.warn(`live: event ${event.id} (${event.name}) is not JSON`)
    return null
  }
}

export class Live {
  /** Null until the first snapshot; never null again. */
  picture = $state.raw<Picture | null>(null)
  state = $state<LiveState>('connecting')
  /** When the server last said anything, by the steady clock. */
  heardAt = $state(0)
  /** The server's clock minus the steady one, so that ages are right on a machine whose clock is off or is set. */
  skew_ms = $state(0)
  /** Counts the leaps of `picture` to another time: to a moment of the past, and back to now. What was heard before one is not of it. */
  leaps = $state(0)

  /** Who has what open at the desks, as the stream says it to dispatchers. */
  present = $state.raw<readonly PresenceView[]>([])

  #waiting: LiveEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #connection: Connection | null = null
  #listeners: Listener[] = []
  #refresh: ReturnType<typeof setInterval> | undefined
  #counts: ReturnType<typeof setInterval> | undefined
  /** The picture is of the past still, while the stream is on its way. */
  #returns = false
  #restartedAt = -Infinity
  #drawnAt = -Infinity
  readonly #url: string

  constructor(url = '/api/live') {
    this.#url = url
  }

  open(token: string | null) {
    this.close()
    this.#returns = untrack(() => this.state) === 'past'
    this.state = untrack(() => this.#isNow()) ? 'offline' : 'connecting'
    this.#connection = openConnection(this.#url, token, {
      onEvents: (events) => this.#take(events),
      onAlive: () => this.#heard(),
      onDown: () => (this.state = this.#isNow() ? 'offline' : 'connecting'),
      onTime: (now) => (this.skew_ms = now - steadyNow()),
      isOurs: fitsMark,
      onRefused: () => (this.state = 'refused'),
    })
    this.#counts = setInterval(() => void this.#readCounts(token), counts_ms)
    this.#refresh = setInterval(() => this.#connection?.restart(), refresh_ms)
  }

  close() {
    this.#connection?.close()
    clearInterval(this.#refresh)
    clearInterval(this.#counts)
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = []
  }

  /** There is a picture, and it was once how things stand. */
  #isNow() {
    return this.picture !== null && !this.#returns
  }

  /** Shows a moment of the past in place of the stream, until the stream is opened again. */
  showMoment(snapshot: Snapshot) {
    if (snapshot.exercise !== undefined && !fitsMark(snapshot.exercise)) return
    this.close()
    this.present = []
    this.picture = pictureOf(snapshot)
    this.leaps++
    this.state = 'past'
    this.passTo(Date.parse(snapshot.at), [])
  }

  /** The past goes on to `at_ms`, by what happened until then. */
  passTo(at_ms: number, events: readonly LiveEvent[]) {
    this.heardAt = steadyNow()
    this.skew_ms = at_ms - this.heardAt
    if (!this.picture || events.length === 0) return
    const { picture } = merge(this.picture, events)
    this.picture = picture
    for (const listener of this.#listeners) listener(events, picture)
  }

  /** The sums of the moment of the past that is shown. */
  takeSums(snapshot: Snapshot) {
    if (this.picture) this.picture = withSums(this.picture, snapshot)
  }

  /** What this screen kept of an earlier run, as old as it is, until the stream brings better. */
  showKept(snapshot: Snapshot, age_ms: number) {
    if (this.state !== 'connecting' || this.picture) return
    this.heardAt = steadyNow() - age_ms
    this.skew_ms = Date.now() - steadyNow()
    this.picture = pictureOf(snapshot)
    this.state = 'offline'
  }

  /** Hears every event once, after the picture has it. */
  listen(listener: Listener): () => unknown {
    this.#listeners = [...this.#listeners, listener]
    return () => (this.#listeners = this.#listeners.filter((other) => other !== listener))
  }

  /** A stream that resumed with nothing missed brings no event, only life. */
  #heard() {
    this.heardAt = steadyNow()
    if (this.#isNow()) this.state = 'live'
  }

  #take(events: StreamEvent[]) {
    for (const event of events) {
      const data = parse(event)
      if (event.name === 'snapshot' && data) {
        this.#waiting = []
        const snapshot = data as unknown as Snapshot
        this.picture = pictureOf(snapshot)
        if (this.#returns) this.leaps++
        this.#returns = false
        this.skew_ms = Date.parse(snapshot.at) - steadyNow()
        continue
      }
      if (event.name === 'presence' && Array.isArray(data?.['items'])) this.present = data['items'] as PresenceView[]
      if (typeof data?.['seq'] === 'number' && data['data']) this.#waiting.push(data as unknown as LiveEvent)
    }
    if (this.#waiting.length === 0) return
    const rested_ms = steadyNow() - this.#drawnAt
    this.#timer ??= setTimeout(() => this.#draw(), Math.max(firstTick_ms, tick_ms - rested_ms))
  }

  #draw() {
    this.#timer = undefined
    this.#drawnAt = steadyNow()
    const events = this.#waiting
    this.#waiting = []
    if (!this.picture || events.length === 0) return
    const { picture, gap } = merge(this.picture, events)
    this.picture = picture
    for (const listener of this.#listeners) listener(events, picture)
    if (gap && steadyNow() - this.#restartedAt > gapRest_ms) {
      this.#restartedAt = steadyNow()
      this.#connection?.restart()
    }
  }

  async #readCounts(token: string | null) {
    try {
      const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {}
      const response = await fetch('/api/counts', { headers })
      if (!response.ok) return
      const counts = (await response.json()) as Counts
      if (this.picture) this.picture = withCounts(this.picture, counts)
    } catch {
      // Down: the stream says so, and the next reading comes by itself.
    }
  }
}
