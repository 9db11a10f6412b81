// Holds every listener of the live stream. Each event is encoded once for all of them; a listener that stops reading is
// dropped, not buffered, and comes back with its last number.
import type { ServerResponse } from 'node:http'
import type { LiveEvent } from '../contract/live.ts'

/** A listener further behind than this many unsent bytes is dropped: it resumes from its last number. */
const backlog_bytes = 1_000_000
/** Recent events kept in memory for listeners that resume; older ones are read from the log, much older get a snapshot. */
const recentEvents = 5000
/** A comment line keeps proxies from closing a quiet stream and tells the screen that the server lives. */
const heartbeat_ms = 15_000

export type Listener = { response: ServerResponse; wants: (event: LiveEvent) => boolean }

/** One frame of the stream. */
export function frameOf(event: LiveEvent): Buffer {
  return Buffer.from(`id: ${event.seq}\nevent: ${event.name}\ndata: ${JSON.stringify(event)}\n\n`)
}

export class Hub {
  private readonly listeners = new Set<Listener>()
  private readonly recent: LiveEvent[] = []
  private readonly heartbeat: NodeJS.Timeout
  /** Listeners dropped for not reading, since the start. */
  dropped = 0

  constructor() {
    this.heartbeat = setInterval(() => this.beat(), heartbeat_ms)
    this.heartbeat.unref()
  }

  get size(): number {
    return this.listeners.size
  }

  /** Sends `events` to all who want them. */
  deliver(events: LiveEvent[]): void {
    for (const event of events) {
      this.recent.push(event)
      const frame = frameOf(event)
      for (const listener of this.listeners) if (listener.wants(event)) this.send(listener, frame)
    }
    if (this.recent.length > recentEvents) this.recent.splice(0, this.recent.length - recentEvents)
  }

  /** The events after `seq` if all of them are still in memory, else null. */
  since(seq: number, head: number): LiveEvent[] | null {
    if (seq === head) return []
    const first = this.recent[0]
    if (!first || first.seq > seq + 1) return null
    return this.recent.filter((event) => event.seq > seq)
  }

  add(listener: Listener): void {
    this.listeners.add(listener)
    listener.response.on('close', () => this.listeners.delete(listener))
  }

  send(listener: Listener, frame: Buffer): void {
    const { response } = listener
    if (response.writableLength > backlog_bytes) {
      this.listeners.delete(listener)
      this.dropped++
      response.destroy()
      return
    }
    response.write(frame)
  }

  close(): void {
    clearInterval(this.heartbeat)
    for (const { response } of this.listeners) response.end()
    this.listeners.clear()
  }

  private beat(): void {
    const frame = Buffer.from(': alive\n\n')
    for (const listener of this.listeners) this.send(listener, frame)
  }
}
