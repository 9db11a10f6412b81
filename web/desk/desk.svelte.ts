// What the desk holds beside the live picture: who is signed in, what is open, reports without a place, what was said last.
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReportView } from '../../server/contract/reports.ts'
import { ask, newKey, type Answered, type Asking, type Refused } from '../live/ask.ts'
import { Clocks } from '../live/clocks.svelte.ts'
import type { Live } from '../live/live.svelte.ts'
import type { Session } from '../live/session.ts'
import type { Candidate } from '../../server/contract/assignments.ts'

const officeSides = ['ledger', 'requests', 'messages', 'survey', 'settings'] as const
export type OfficeSide = (typeof officeSides)[number]
/** The side that the desk's address asks for, `/desk?office=messages`; other screens lead there. */
const askedSide = (search: string) => officeSides.find((side) => side === new URLSearchParams(search).get('office'))
export type Opened = { kind: 'incident' | 'report'; id: string }
/** Somebody else's step on the incident that is open. */
export type Elsewhere = { actor: string; step: string; at: number }
type Page<T> = { items: T[]; next_cursor: string | null }

/** Candidates drawn and listed; past ten nobody is nearest. */
const candidatesShown = 8
/** Events of a burst cost one reading. */
const settle_ms = 250
const unlocatedShown = 200

export class Desk {
  readonly live: Live
  readonly clocks: Clocks
  /** Another one once it was renewed; what is open stays. */
  session: Session
  opened = $state.raw<Opened | null>(null)
  incident = $state.raw<IncidentView | null>(null)
  candidates = $state.raw<Candidate[] | null>(null)
  /** The candidate looked at, drawn above the others. */
  lookedAt = $state<string | null>(null)
  refusal = $state.raw<Refused | null>(null)
  said = $state<string | null>(null)
  elsewhere = $state.raw<Elsewhere | null>(null)
  unlocated = $state.raw<ReportView[]>([])
  /** There are more than are shown. */
  unlocatedMore = $state(false)
  busy = $state<string | null>(null)
  /** The form that lies over the incident. */
  doing = $state<string | null>(null)
  /** The token is no longer good. */
  signedOut = $state(false)
  /** Signing in again lies over the desk. */
  isRenewing = $state(false)
  /** What was promised and asked, opened on one of its sides. */
  office = $state<OfficeSide | null>(null)
  /** The storm plan lies over map and incident. */
  planOpen = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  #saidTimer: ReturnType<typeof setTimeout> | undefined
  #reportsTimer: ReturnType<typeof setTimeout> | undefined

  constructor(live: Live, session: Session) {
    this.live = live
    this.clocks = new Clocks(live)
    this.session = $state.raw(session)
  }

  /** Follows the stream; call the answer to stop. */
  start(): () => void {
    void this.readUnlocated()
    this.office = askedSide(location.search) ?? this.office
    const forget = this.live.listen((events) => {
      for (const event of events) {
        if (event.name === 'report') this.#later('reports')
        if (this.opened?.kind !== 'incident' || event.incident_id !== this.opened.id) continue
        this.#later('incident')
        const ours = event.actor === (this.session.name ?? 'administrator')
        if (
          event.name === 'incident' &&
          !ours &&
          /^(confirmed|restored|partly_restored|closed|cancelled|cause|estimate|took_in|merged|split)$/.test(event.step)
        ) {
          this.elsewhere = { actor: event.actor, step: `${event.name} ${event.step}`, at: Date.parse(event.at) }
        }
      }
    })
    return () => {
      forget()
      clearTimeout(this.#timer)
      clearTimeout(this.#reportsTimer)
      clearTimeout(this.#saidTimer)
    }
  }

  #later(what: 'incident' | 'reports') {
    if (what === 'reports') this.#reportsTimer ??= setTimeout(() => void this.readUnlocated(), settle_ms)
    else this.#timer ??= setTimeout(() => void this.readIncident(), settle_ms)
  }

  open(opened: Opened | null) {
    if (opened) this.planOpen = false
    this.opened = opened
    this.incident = null
    this.candidates = null
    this.lookedAt = null
    this.refusal = null
    this.elsewhere = null
    this.said = null
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (opened?.kind === 'incident') void this.readIncident()
  }

  async readIncident() {
    this.#timer = undefined
    const id = this.opened?.id
    if (!id || this.opened?.kind !== 'incident') return
    const read = await this.get<IncidentView>(`/api/incidents/${id}`)
    if (this.opened?.id !== id) return
    if ('refused' in read) this.refusal = read.refused
    else {
      const moved = this.incident?.version !== read.answer.version
      this.incident = read.answer
      if (moved || !this.candidates) await this.readCandidates(id)
    }
  }

  async readCandidates(id: string) {
    const ended = this.isPast || ['closed', 'cancelled', 'restored'].includes(this.incident?.status ?? '')
    const read = ended
      ? { answer: { items: [], next_cursor: null } }
      : await this.get<Page<Candidate>>(`/api/incidents/${id}/candidates?limit=${candidatesShown}&route=true`)
    if (this.opened?.id !== id) return
    this.candidates = 'answer' in read ? read.answer.items : []
  }

  async readUnlocated() {
    this.#reportsTimer = undefined
    const read = await this.get<Page<ReportView>>(`/api/reports?kind=unlocated&set_aside=false&limit=${unlocatedShown}`)
    if (!('answer' in read)) return
    this.unlocated = read.answer.items.filter((report) => report.located === null)
    this.unlocatedMore = read.answer.next_cursor !== null
  }

  /** A moment that has passed is shown: what is on the screen is not how things stand. */
  get isPast(): boolean {
    return this.live.state === 'past'
  }

  renew(session: Session) {
    this.session = session
    this.signedOut = false
    this.isRenewing = false
    this.refusal = null
    void this.readUnlocated()
    void this.readIncident()
  }

  get<T>(path: string, signal?: AbortSignal): Promise<Answered<T>> {
    return this.ask<T>(path, signal ? { signal } : {})
  }

  /** A write that is not a step of the open incident. */
  post<T>(path: string, body: unknown, asking: Pick<Asking, 'method' | 'version' | 'key'> = {}): Promise<Answered<T>> {
    return this.ask<T>(path, { method: 'POST', body, key: newKey(), ...asking })
  }

  /** One step, decided on `version` of the incident; its refusal is shown where it happened, and nothing is believed before the server has said it. */
  async step<T>(
    name: string,
    path: string,
    body: unknown,
    said: (answer: T) => string,
    version?: number,
  ): Promise<T | null> {
    if (this.busy) return null
    this.busy = name
    this.refusal = null
    this.elsewhere = null
    const outcome = await this.ask<T>(path, { body, key: newKey(), ...(version === undefined ? {} : { version }) })
    this.busy = null
    if ('refused' in outcome) {
      this.refusal = outcome.refused
      this.#later('incident')
      return null
    }
    this.say(said(outcome.answer))
    void this.readIncident()
    return outcome.answer
  }

  say(sentence: string) {
    this.said = sentence
    clearTimeout(this.#saidTimer)
    this.#saidTimer = setTimeout(() => (this.said = null), 6000)
  }

  /** Asks in the name of whoever is signed in; a token that is no longer good is noticed here. */
  async ask<T>(path: string, asking: Asking): Promise<Answered<T>> {
    const outcome = await ask<T>(this.session.token, path, asking)
    if ('refused' in outcome && outcome.refused.status === 401) this.signedOut = true
    return outcome
  }
}
