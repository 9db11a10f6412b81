// Where the crew is: watched by the phone, kept, and sent in batches; without network they wait, oldest kept in order.
import type { PositionInput } from '../../../server/contract/assignments.ts'
import { ask } from '../../live/ask.ts'
import type { CrewStore } from './store.ts'

/** A batch each so often: the wall glides between. */
const send_ms = 8000
/** Nearer in time than this says nothing new on a road. */
const apart_ms = 4000
/** A day off the network at one every few seconds; past it the newest are not kept. */
const mostKept = 20_000
/** What one request may carry. */
const batch = 2000
const key = 'relight.crew.positions'

export class Positions {
  state = $state<'off' | 'on' | 'denied'>('off')
  waiting = $state(0)
  here = $state.raw<{ lon: number; lat: number } | null>(null)
  readonly #store: CrewStore
  readonly #crewId: string
  readonly #token: string
  #watch: number | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #lastAt = 0
  #sending = false

  constructor(store: CrewStore, crewId: string, token: string) {
    this.#store = store
    this.#crewId = crewId
    this.#token = token
  }

  /** As it was left: a crew that shares goes on sharing after a reload. */
  resume() {
    if (localStorage.getItem(key) === 'on') this.start()
    void this.#count()
    void this.send()
  }

  start() {
    if (!('geolocation' in navigator) || this.#watch !== null) return
    localStorage.setItem(key, 'on')
    this.state = 'on'
    this.#watch = navigator.geolocation.watchPosition(
      (position) => void this.#take(position),
      (error) => {
        if (error.code !== error.PERMISSION_DENIED) return
        this.stop()
        this.state = 'denied'
      },
      { enableHighAccuracy: true, maximumAge: 5000 },
    )
    this.#timer = setInterval(() => void this.send(), send_ms)
  }

  stop() {
    localStorage.removeItem(key)
    this.close()
    this.state = 'off'
  }

  close() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch)
    this.#watch = null
    clearInterval(this.#timer)
  }

  async #take({ coords, timestamp }: GeolocationPosition) {
    this.here = { lon: coords.longitude, lat: coords.latitude }
    if (timestamp - this.#lastAt < apart_ms || this.waiting >= mostKept) return
    this.#lastAt = timestamp
    await this.#store.add('positions', {
      crew_id: this.#crewId,
      lon: coords.longitude,
      lat: coords.latitude,
      at: new Date(timestamp).toISOString(),
      accuracy_m: Math.min(100_000, Math.max(0, coords.accuracy)),
      ...(coords.speed === null ? {} : { speed_mps: Math.min(100, Math.max(0, coords.speed)) }),
      ...(coords.heading === null || Number.isNaN(coords.heading) ? {} : { heading: coords.heading }),
    })
    await this.#count()
  }

  async send() {
    if (this.#sending) return
    this.#sending = true
    try {
      const kept = (await this.#store.getAll('positions', null, batch)).filter((each) => each.crew_id === this.#crewId)
      if (kept.length === 0) return
      const positions: PositionInput[] = kept.map(({ crew_id: _crew, n: _n, ...position }) => position)
      const outcome = await ask(this.#token, `/api/crews/${this.#crewId}/positions`, { body: { positions } })
      const done =
        'answer' in outcome ||
        (outcome.refused.status >= 400 && outcome.refused.status < 429 && outcome.refused.status !== 401)
      if (done) for (const { n } of kept) await this.#store.delete('positions', n!)
      await this.#count()
    } finally {
      this.#sending = false
    }
  }

  async #count() {
    this.waiting = await this.#store.count('positions')
  }
}
