// Holds the wall's curve and keeps it in the browser, so that a reload or a new version does not lose the night.
import type { LiveEvent } from '../../server/contract/live.ts'
import type { Picture } from '../live/picture.ts'
import { emptyHistory, record, recordCalls, type History } from './history.ts'

/** Written at most this often: a day of samples is 60 kB. */
const write_ms = 60_000

export class KeptHistory {
  history = $state.raw<History>(emptyHistory)
  #key = ''
  #writtenAt = 0

  /** Begins with what was kept for this network. */
  open(network: string) {
    this.#key = `relight.wall.history.${network}`
    try {
      this.history = { ...emptyHistory, ...(JSON.parse(localStorage.getItem(this.#key) ?? '{}') as Partial<History>) }
    } catch {
      localStorage.removeItem(this.#key)
    }
  }

  take(picture: Picture, now: number) {
    this.history = record(this.history, now, picture.counts.customers_out)
    if (now - this.#writtenAt < write_ms) return
    this.#writtenAt = now
    localStorage.setItem(this.#key, JSON.stringify(this.history))
  }

  hear(events: readonly LiveEvent[], now: number) {
    const calls = events.filter((event) => event.name === 'report' && event.step === 'submitted').length
    if (calls > 0) this.history = recordCalls(this.history, now, calls)
  }
}
