// Holds every listener of the live stream. What happens within a tick is encoded once and written once to each of them; a
// listener that stops reading is dropped, not buffered, and comes back with its last number.
import type { ServerResponse } from 'node:http'
import type { LiveEvent } from '../contract/live.ts'

/** A listener further behind than this many unsent bytes, beyond what it began with, is dropped. */
const backlog_bytes = 1_000_000
/** One that has had bytes waiting for this long is dropped too, however few: a quiet stream would hold it for ever. */
const behind_ms = 45_000
/**
 * No stream lives longer, and its screen resumes at once: on a quiet stream the machine's own buffers hide for hours that nobody
 * reads. Spread by up to as much again, so that ten thousand do not return together.
 */
const longest_ms = 20 * 60 * 1000
/** Recent events kept in memory for listeners that resume; older ones are read from the log, much older get a snapshot. */
const recentEvents = 5000
/** A comment line keeps proxies from closing a quiet stream and tells the screen that the server lives. */
const heartbeat_ms = 15_000
/** How often it is looked whether the event log is still read, and how many looks in a row without make the stream blind. */
const watch_ms = 2000
const blindAfter = 3
/** Between two rounds of writing the process does other work for at least this long, and as long as the last round took. */
const rest_ms = 15
/** Listeners written to before other work has its turn: about 10 ms of writing. */
const turn = 1000

export type Listener = {
  response: ServerResponse
  /** The last event it was given when it joined. */
  seq: number
  /** Bytes it was given when it joined: a city's snapshot is more than it may be behind by later. */
  begunWith_bytes: number
  /** A dispatcher's: hears also who has what open. */
  isDesk?: boolean
}
type Held = Listener & { endsAt: number; behindSince: number | null }

/** Switching deep in the network is for the server's own model; a screen reads its outcome from the incidents. */
export const isForScreens = (event: LiveEvent): boolean => event.name !== 'network' || event.step === 'imported'

/** One frame of the stream. */
export function frameOf(event: LiveEvent): Buffer {
  return Buffer.from(`id: ${event.seq}\nevent: ${event.name}\ndata: ${JSON.stringify(event)}\n\n`)
}

/** What is shown may be old: the server cannot read what happens. Until `seeing`. */
export const blind = Buffer.from('event: blind\ndata: {}\n\n')
const seeing = Buffer.from('event: seeing\ndata: {}\n\n')

const frameOfAll = (events: readonly LiveEvent[]): Buffer => Buffer.concat(events.map(frameOf))

export class Hub {
  private readonly listeners = new Set<Held>()
  private readonly recent: LiveEvent[] = []
  private readonly heartbeat: NodeJS.Timeout
  private pending: LiveEvent[] = []
  private writing = false
  private restedAt = 0
  private wroteAt = 0
  private watching: NodeJS.Timeout | undefined
  private missedLooks = 0
  /** Listeners dropped for not reading, since the start. */
  dropped = 0

  constructor() {
    this.heartbeat = setInterval(() => this.beat(Date.now()), heartbeat_ms)
    this.heartbeat.unref()
  }

  /**
   * Tells the listeners when the event log can no longer be read and when it can again: a stream over a database that is away is
   * quiet as a calm night is, and must not pass for one. `looks` rises with every reading of the log.
   */
  watch(looks: () => number): void {
    let seen = looks()
    this.watching = setInterval(() => {
      const now = looks()
      const was = this.isBlind
      this.missedLooks = now === seen ? this.missedLooks + 1 : 0
      seen = now
      if (was !== this.isBlind) for (const held of this.listeners) this.send(held, this.isBlind ? blind : seeing)
    }, watch_ms)
    this.watching.unref()
  }

  get isBlind(): boolean {
    return this.missedLooks >= blindAfter
  }

  get size(): number {
    return this.listeners.size
  }

  /** Sends `events` to all, with whatever else comes until their turn. */
  deliver(events: LiveEvent[]): void {
    for (const event of events) {
      this.recent.push(event)
      if (isForScreens(event)) this.pending.push(event)
    }
    if (this.recent.length > recentEvents) this.recent.splice(0, this.recent.length - recentEvents)
    if (this.writing || this.pending.length === 0) return
    this.writing = true
    setTimeout(() => void this.writeRounds(), Math.max(0, this.restedAt - Date.now()))
  }

  /** The events after `seq` if all of them are still in memory, else null. */
  since(seq: number, head: number): LiveEvent[] | null {
    if (seq === head) return []
    const first = this.recent[0]
    if (!first || first.seq > seq + 1) return null
    return this.recent.filter((event) => event.seq > seq && isForScreens(event))
  }

  get hasDesks(): boolean {
    return [...this.listeners].some(({ isDesk }) => isDesk)
  }

  /** Sends dispatchers' screens what is of the moment and has no number; there are few of them. */
  tellDesks(frame: Buffer): void {
    for (const held of this.listeners) if (held.isDesk) this.send(held, frame)
  }

  add(listener: Listener): void {
    const endsAt = Date.now() + longest_ms * (1 + Math.random())
    const held = { ...listener, endsAt, behindSince: null }
    this.listeners.add(held)
    held.response.on('close', () => this.listeners.delete(held))
  }

  close(): void {
    clearInterval(this.heartbeat)
    clearInterval(this.watching)
    for (const { response } of this.listeners) response.end()
    this.listeners.clear()
  }

  /** A heartbeat where nothing was sent since the last, and an end for those that no longer read. `now` in milliseconds. */
  beat(now: number): void {
    const quiet = now - this.wroteAt >= heartbeat_ms - 1000
    const frame = Buffer.from(': alive\n\n')
    for (const held of this.listeners) {
      if (this.isGone(held, now)) continue
      if (now > held.endsAt) this.endStream(held)
      else if (quiet) this.send(held, frame)
    }
  }

  private async writeRounds(): Promise<void> {
    while (this.pending.length > 0) {
      const begun = Date.now()
      const events = this.pending
      this.pending = []
      await this.writeRound(events)
      this.wroteAt = Date.now()
      const rest = Math.max(rest_ms, this.wroteAt - begun)
      this.restedAt = this.wroteAt + rest
      if (this.pending.length > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    }
    this.writing = false
  }

  /** Those who join during the round have its events already. */
  private async writeRound(events: LiveEvent[]): Promise<void> {
    const frame = frameOfAll(events)
    const first = events[0]!.seq
    let written = 0
    for (const held of [...this.listeners]) {
      if (held.seq < first) this.send(held, frame)
      else {
        const unheard = events.filter((event) => event.seq > held.seq)
        if (unheard.length > 0) this.send(held, frameOfAll(unheard))
      }
      if (++written % turn === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  private send(held: Held, frame: Buffer): void {
    const { response } = held
    if (response.destroyed) return
    if (response.writableLength === 0) held.begunWith_bytes = 0
    if (response.writableLength > backlog_bytes + held.begunWith_bytes) return this.drop(held)
    response.write(frame)
  }

  /** Drops one whose unsent bytes did not go away in time. */
  private isGone(held: Held, now: number): boolean {
    if (held.response.writableLength === 0) held.behindSince = null
    else held.behindSince ??= now
    if (held.behindSince === null || now - held.behindSince < behind_ms) return false
    this.drop(held)
    return true
  }

  private drop(held: Held): void {
    this.listeners.delete(held)
    this.dropped++
    held.response.destroy()
  }

  /** Ends in peace what is read; what is not is cut. */
  private endStream(held: Held): void {
    const { response } = held
    this.listeners.delete(held)
    const cut = setTimeout(() => response.destroy(), 5000).unref()
    response.on('close', () => clearTimeout(cut))
    response.end()
  }
}
