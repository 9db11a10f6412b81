// Says to the other desks what is open here, every so often and whenever it changes, and knows what they have open.
import type { PresenceList, PresenceView } from '../../server/contract/presence.ts'
import { newKey, writes } from '../live/ask.ts'
import type { Desk } from './desk.svelte.ts'

/** The server takes a desk for gone after three words missed. */
const beat_ms = 15_000
/** Running down the queue with a key held is one word. */
const settle_ms = 300

/**
 * A page that is loaded anew is the same desk: it would meet itself as somebody else. The name is kept only while the page is away,
 * so that a copy of the page takes none of its own.
 */
const keptKey = 'relight.desk.screen'
function takeKept(): string | null {
  const kept = sessionStorage.getItem(keptKey)
  sessionStorage.removeItem(keptKey)
  return kept
}

export class Presence {
  /** By incident, the other desks that have it open. */
  readonly byIncident = $derived.by(() => {
    const map = new Map<string, PresenceView[]>()
    for (const each of this.#desk.live.present) {
      if (each.screen !== this.#screen) map.set(each.incident_id, [...(map.get(each.incident_id) ?? []), each])
    }
    return map as ReadonlyMap<string, readonly PresenceView[]>
  })
  readonly #desk: Desk
  readonly #screen = takeKept() ?? newKey()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Call the answer to leave. */
  start(): () => void {
    const beat = setInterval(() => void this.#say(), beat_ms)
    const keep = () => sessionStorage.setItem(keptKey, this.#screen)
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      clearInterval(beat)
      clearTimeout(this.#timer)
      void this.#say(true)
    }
  }

  /** Something else is open, or another form lies over it. */
  changed() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#say(), settle_ms)
  }

  async #say(leaving = false) {
    // Whoever looks at the past is not at work on anything.
    if (writes.held) return
    const { opened, doing } = this.#desk
    const incident_id = !leaving && opened?.kind === 'incident' ? opened.id : null
    const body = { screen: this.#screen, incident_id, doing: incident_id ? doing : null }
    const read = await this.#desk.ask<PresenceList>('/api/presence', { method: 'PUT', body })
    if ('answer' in read && !leaving) this.#desk.live.present = read.answer.items
  }
}
