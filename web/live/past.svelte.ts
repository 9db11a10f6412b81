// The time machine of a screen: shows a moment of the past as it was known then, and plays on from there by what happened.
import { untrack } from 'svelte'
import type { PastExtent } from '../../server/contract/history.ts'
import type { LiveEvent, Snapshot } from '../../server/contract/live.ts'
import { ask, writes } from './ask.ts'
import type { Live } from './live.svelte.ts'
import { steadyNow } from './steady-clock.ts'

export const speeds = [1, 10, 60, 300, 600] as const
export type Speed = (typeof speeds)[number]

/** The past moves on four times a second, however fast: a screen follows that with ease. */
const beat_ms = 250
/** Events are fetched for so many seconds of watching ahead, and again when a third of them is left. */
const ahead_s = 24
/** A page of events, and the pages asked for at once: more than a storm brings in the time they are watched. */
const page = 1000
const pagesAtOnce = 8
/** Sums and shifts, which no event tells, are read this often, for the moment that comes after so many seconds of watching. */
const sums_ms = 5000
const sumsAhead_s = 2
/** Events that could not be read are asked for again after this long. */
const askAgain_ms = 5000

type Page = { items: LiveEvent[]; next_cursor: string | null }

export class Past {
  /** The moment shown; null while the screen is live. */
  at = $state<number | null>(null)
  isPlaying = $state(false)
  speed = $state<Speed>(60)
  extent = $state.raw<PastExtent | null>(null)
  isLoading = $state(false)
  /** What the server said of a moment that it could not show. */
  failed = $state(false)

  readonly #live: Live
  #token: string
  #events: LiveEvent[] = []
  /** Everything up to here is in `#events`, or was shown. */
  #fetchedTo = 0
  #fetching = false
  /** When events were last asked for in vain; what is at hand is played to its end meanwhile. */
  #refusedAt: number | null = null
  /** Shown once their moment has come. */
  #sums: Snapshot | null = null
  #summedAt = 0
  #turn = 0
  #beat: ReturnType<typeof setInterval> | undefined

  constructor(live: Live, token: string) {
    this.#live = live
    this.#token = token
  }

  /** Opens the stream, or the moment that the address asks for; answers how to end. */
  begin(): () => void {
    const asked = Date.parse(new URLSearchParams(location.search).get('at') ?? '')
    untrack(() => (Number.isNaN(asked) ? this.#live.open(this.#token) : void this.goTo(asked)))
    return () => {
      this.pause()
      writes.held = false
      this.#live.close()
    }
  }

  /** Signed in again: what is shown stays, the stream goes on. */
  renew(token: string) {
    this.#token = token
    if (this.at === null) this.#live.open(token)
  }

  /** How far back one can go; read when the bar is opened. */
  async readExtent(): Promise<void> {
    const answered = await ask<PastExtent>(this.#token, '/api/past')
    if ('answer' in answered) this.extent = answered.answer
  }

  get from() {
    return this.extent?.from ? Date.parse(this.extent.from) : null
  }
  get to() {
    return this.extent ? Date.parse(this.extent.to ?? this.extent.now) : null
  }

  /** Shows the moment `at_ms`, within what is recorded. */
  async goTo(at_ms: number): Promise<void> {
    const turn = ++this.#turn
    this.isLoading = true
    this.failed = false
    if (!this.extent) await this.readExtent()
    const at = Math.round(Math.min(Math.max(at_ms, this.from ?? at_ms), this.to ?? at_ms))
    const answered = await ask<Snapshot>(
      this.#token,
      `/api/snapshot?at=${encodeURIComponent(new Date(at).toISOString())}`,
    )
    if (turn !== this.#turn) return
    this.isLoading = false
    if (!('answer' in answered)) {
      this.failed = true
      if (this.at !== null) return
      // The address keeps its moment for whoever must sign in first, or has no network just now.
      if ([0, 401, 403].includes(answered.refused.status)) this.#openNow()
      else this.leave()
      return
    }
    writes.held = true
    this.at = at
    this.#events = []
    this.#fetchedTo = at
    this.#sums = null
    this.#summedAt = steadyNow()
    this.#refusedAt = null
    this.#live.showMoment(answered.answer)
    this.#remember(at)
    clearInterval(this.#beat)
    this.#beat = setInterval(() => this.#step(), beat_ms)
  }

  play() {
    if (this.at !== null && this.to !== null && this.at >= this.to) void this.goTo(this.from ?? this.at)
    this.isPlaying = true
    this.failed = false
    this.#refusedAt = null
  }
  pause() {
    if (this.at !== null && this.isPlaying) void this.#readSums(this.at)
    this.isPlaying = false
    if (this.at !== null) this.#remember(this.at)
  }

  /** Back to how things stand now. */
  leave() {
    this.#remember(null)
    this.#openNow()
  }

  #openNow() {
    this.#turn++
    clearInterval(this.#beat)
    this.isPlaying = false
    this.isLoading = false
    this.at = null
    writes.held = false
    this.#live.open(this.#token)
  }

  /** The address of this moment, to be handed on. */
  link(): string {
    const url = new URL(location.href)
    if (this.at !== null) url.searchParams.set('at', new Date(this.at).toISOString())
    return url.href
  }

  #remember(at: number | null) {
    const url = new URL(location.href)
    if (at === null) url.searchParams.delete('at')
    else url.searchParams.set('at', new Date(at).toISOString())
    history.replaceState(null, '', url)
  }

  /** One beat: time goes on only where all that happened until then is at hand. */
  #step() {
    if (this.at === null) return
    this.#takeSums(this.at)
    if (!this.isPlaying || this.isLoading) return this.#live.passTo(this.at, [])
    const end = this.to ?? this.at
    const next = Math.min(end, this.at + beat_ms * this.speed)
    if (this.#fetchedTo < end && this.#fetchedTo - next < (ahead_s / 3) * 1000 * this.speed) void this.#fetch()
    if (next > this.#fetchedTo) {
      if (this.#refusedAt !== null) {
        this.failed = true
        this.pause()
      }
      return this.#live.passTo(this.at, [])
    }
    const until = this.#events.findIndex((event) => Date.parse(event.at) > next)
    const due = this.#events.splice(0, until < 0 ? this.#events.length : until)
    this.at = next
    this.#live.passTo(next, due)
    if (next >= end) this.pause()
    else if (steadyNow() - this.#summedAt >= sums_ms)
      void this.#readSums(Math.min(end, next + sumsAhead_s * 1000 * this.speed))
  }

  #takeSums(at: number) {
    if (!this.#sums || Date.parse(this.#sums.at) > at) return
    this.#live.takeSums(this.#sums)
    this.#sums = null
  }

  async #readSums(at: number) {
    this.#summedAt = steadyNow()
    const turn = this.#turn
    const answered = await ask<Snapshot>(this.#token, `/api/snapshot?at=${new Date(at).toISOString()}`)
    if (turn === this.#turn && 'answer' in answered) this.#sums = answered.answer
  }

  async #fetch() {
    if (this.#fetching || (this.#refusedAt !== null && steadyNow() - this.#refusedAt < askAgain_ms)) return
    this.#fetching = true
    const turn = this.#turn
    const from = this.#fetchedTo
    let to = Math.min(this.to ?? from, from + ahead_s * 1000 * this.speed)
    const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&limit=${page}`
    const found: LiveEvent[] = []
    let cursor: string | null = ''
    let refused = false
    for (let pages = 0; cursor !== null && pages < pagesAtOnce; pages++) {
      const answered: Awaited<ReturnType<typeof ask<Page>>> = await ask<Page>(
        this.#token,
        `/api/events?${span}${cursor ? `&cursor=${cursor}` : ''}`,
      )
      if (!('answer' in answered)) {
        refused = true
        break
      }
      found.push(...answered.answer.items)
      cursor = answered.answer.next_cursor
    }
    this.#fetching = false
    if (turn !== this.#turn) return
    this.#refusedAt = refused ? steadyNow() : null
    // Cut short: only what is whole counts as fetched, and the next beat asks on from there.
    if (cursor !== null) to = found.length > 0 ? Date.parse(found.at(-1)!.at) - 1 : from
    this.#events.push(...found.filter((event) => Date.parse(event.at) <= to))
    this.#fetchedTo = to
  }
}
