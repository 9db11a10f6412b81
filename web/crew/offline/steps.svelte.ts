// The queue of steps: kept first, sent in order, each exactly once. A step without an answer is sent again with the same key; one
// that is refused is shown and does not hold up what follows.
import { ask, newKey, type Answered } from '../../live/ask.ts'
import { refusedWords } from '../../text/refused.ts'
import type { KeptPicture } from '../../ui/shrink-photograph.ts'
import type { CrewStore, KeptStep, StepName } from './store.ts'

/** Tried again this soon while the server cannot be reached; the browser's own sign of network comes sooner. */
const retry_ms = 4000
/** Finished business shown at most; older is forgotten. */
const shownSteps = 12

export class Steps {
  items = $state.raw<KeptStep[]>([])
  sending = $state(false)
  /** The token is no longer good: nothing is lost, sending waits for a new sign-in. */
  signedOut = $state(false)
  onsent: () => void = () => {}
  readonly #store: CrewStore
  readonly #crewId: string
  #token: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(store: CrewStore, crewId: string, token: string) {
    this.#store = store
    this.#crewId = crewId
    this.#token = token
  }

  get queued(): KeptStep[] {
    return this.items.filter((item) => item.state === 'queued')
  }

  async open() {
    await this.#read()
    void this.send()
  }

  close() {
    clearTimeout(this.#timer)
  }

  /** Kept before anything else happens, with the time of the press. */
  async add(assignmentId: string, step: StepName, more: Record<string, unknown> = {}, picture?: KeptPicture) {
    const at = new Date().toISOString()
    await this.#store.add('steps', {
      crew_id: this.#crewId,
      assignment_id: assignmentId,
      step,
      at,
      key: newKey(),
      body: { ...more, at },
      ...(picture ? { picture } : {}),
      state: 'queued',
      refusal: null,
    })
    await this.#read()
    void this.send()
  }

  async forgetRefused() {
    for (const { n, state } of this.items)
      if (state === 'refused' && n !== undefined) await this.#store.delete('steps', n)
    await this.#read()
  }

  /** One page sends at a time, however many are open. */
  async send() {
    clearTimeout(this.#timer)
    if (this.signedOut || this.sending) return
    this.sending = true
    try {
      await navigator.locks.request('relight-crew-steps', () => this.#sendAll())
    } finally {
      this.sending = false
    }
    if (this.queued.length > 0 && !this.signedOut) this.#timer = setTimeout(() => void this.send(), retry_ms)
  }

  async #sendAll() {
    for (;;) {
      await this.#read()
      const [next] = this.queued
      if (!next || !(await this.#sendOne(next))) return
    }
  }

  /** True when the step is done with, one way or the other. */
  async #sendOne(item: KeptStep): Promise<boolean> {
    const outcome = await this.#ask(item)
    const light = { ...item }
    delete light.picture
    if ('answer' in outcome) await this.#put({ ...light, state: 'sent' })
    else {
      const { status } = outcome.refused
      if (status === 401) this.signedOut = true
      // No answer, too many at once, or a server in trouble: the same step again, later.
      if (status === 0 || status === 401 || status === 429 || status >= 500) return false
      await this.#put({ ...light, state: 'refused', refusal: refusedWords(outcome.refused) })
    }
    await this.#read()
    this.onsent()
    return true
  }

  #ask({ assignment_id, step, at, key, body, picture }: KeptStep): Promise<Answered<unknown>> {
    const path = `/api/assignments/${assignment_id}/${step}`
    if (!picture) return ask(this.#token, path, { body, key })
    const raw = new Blob([picture.bytes], { type: picture.media_type })
    return ask(this.#token, `${path}s?taken_at=${encodeURIComponent(at)}`, { raw, key })
  }

  async #put(item: KeptStep) {
    await this.#store.put('steps', item)
  }

  async #read() {
    const all = (await this.#store.getAll('steps')).filter((item) => item.crew_id === this.#crewId)
    const over = all.filter((item) => item.state !== 'queued')
    for (const { n } of over.slice(0, Math.max(0, over.length - shownSteps))) await this.#store.delete('steps', n!)
    this.items = all.filter((item) => item.state === 'queued' || over.indexOf(item) >= over.length - shownSteps)
  }
}
