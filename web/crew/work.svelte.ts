// The crew's work as last heard: asked for every few seconds while somebody looks, kept on the phone for when there is no network.
import type { CrewWork } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import { ask } from '../live/ask.ts'
import type { CrewStore, KeptWork } from './offline/store.ts'

/** An offer must be answered in three minutes: it is seen within these. */
const look_ms = 4000
/** With the page hidden the phone is left in peace. */
const hiddenLook_ms = 30_000

export class Work {
  known = $state.raw<KeptWork | null>(null)
  online = $state(true)
  signedOut = $state(false)
  readonly #store: CrewStore
  readonly #crewId: string
  readonly #token: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #open = false

  constructor(store: CrewStore, crewId: string, token: string) {
    this.#store = store
    this.#crewId = crewId
    this.#token = token
  }

  async open() {
    this.#open = true
    this.known = (await this.#store.get('work', this.#crewId)) ?? null
    await this.look()
  }

  close() {
    this.#open = false
    clearTimeout(this.#timer)
  }

  async look() {
    clearTimeout(this.#timer)
    const read = await ask<CrewWork>(this.#token, '/api/assignments/mine')
    this.online = 'answer' in read || read.refused.status !== 0
    if ('answer' in read) await this.#take(read.answer)
    else if (read.refused.status === 401) this.signedOut = true
    if (this.#open) this.#timer = setTimeout(() => void this.look(), document.hidden ? hiddenLook_ms : look_ms)
  }

  async #take(heard: CrewWork) {
    const { assignment } = heard
    const before = this.known?.incident ?? null
    const id = assignment?.incident_id
    const read = id ? await ask<IncidentView>(this.#token, `/api/incidents/${id}`) : null
    const incident = read && 'answer' in read ? read.answer : before?.id === id ? before : null
    const fresh: KeptWork = { ...heard, incident, heardAt: Date.now() }
    // Without its picture's parts that only grow: a phone keeps what the crew reads.
    if (fresh.incident) fresh.incident = { ...fresh.incident, timeline: [], evidence: [] }
    this.known = fresh
    await this.#store.put('work', fresh, this.#crewId)
  }
}
