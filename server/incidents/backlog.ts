// In a storm calls come in faster than each can be thought about before it is answered. Under such press a call is located, judged
// by what is known, kept and answered; what it says of the fault is heard a moment later, with all that came meanwhile.
import type { Arriving } from './arriving.ts'

/** Up to so many reports on their way at once, each is thought about before it is answered. */
const unhurried = 2
/** So many a second are a storm's, even where none waits for another. */
const unhurried_perSecond = 30
/** More are not put off: whoever calls then waits until the thinking has caught up. */
const mostPutOff = 20_000

/** A call that was answered and is yet to be heard; `incident_id` explained it then, `taker` answered it. */
export type PutOff = {
  report_id: string
  transformer_id: string
  service_point_id: string | null
  at: Date
  symptom: NonNullable<Arriving['symptom']>
  taker: string
  incident_id: string | null
}

/** One report on its way. */
export type Turn = {
  readonly isPressed: boolean
  /** Says that the report is thought about before it is answered, and where. */
  lead(transformerId: string): void
  /** Resolves once none that came before is being thought about at `transformerId`: what came of those is known then. */
  untilQuiet(transformerId: string): Promise<void>
}

type Leading = { transformerId: string | null; placed: Promise<void>; over: Promise<void> }

async function untilQuiet(before: Leading[], transformerId: string): Promise<void> {
  await Promise.all(before.map(({ placed }) => placed))
  await Promise.all(before.filter((each) => each.transformerId === transformerId).map(({ over }) => over))
}

/** What one server has put off. Without anybody who settles it, nothing is put off. */
export class Backlog {
  #waiting = new Map<string, PutOff[]>()
  #size = 0
  #settling = 0
  #onTheirWay = 0
  #leading = new Set<Leading>()
  #count = 0
  #isServed = false
  #perSecond = 0
  #noticedAt = 0
  #wake: (() => void) | null = null

  /** Counts a report as on its way for as long as `work` lasts. */
  async carry<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
    const isPressed = this.#notice()
    let [place, end] = [() => {}, () => {}]
    const leading: Leading = {
      transformerId: null,
      placed: new Promise((resolve) => (place = resolve)),
      over: new Promise((resolve) => (end = resolve)),
    }
    // Not for one that came later: it may be waiting for the connection that this one holds.
    const before = [...this.#leading]
    if (!isPressed) this.#leading.add(leading)
    const lead = (transformerId: string) => {
      leading.transformerId = transformerId
      place()
    }
    this.#onTheirWay++
    try {
      return await work({ isPressed, lead, untilQuiet: (transformerId) => untilQuiet(before, transformerId) })
    } finally {
      this.#onTheirWay--
      this.#leading.delete(leading)
      place()
      end()
    }
  }

  /** Counts one more, in a rate that forgets within about a second; whether it is one too many to be thought about first. */
  #notice(): boolean {
    const now = performance.now()
    this.#perSecond = this.#perSecond * Math.exp((this.#noticedAt - now) / 1000) + 1
    this.#noticedAt = now
    const isMuch = this.#onTheirWay >= unhurried || this.#perSecond > unhurried_perSecond
    return this.#isServed && isMuch && this.size < mostPutOff
  }

  /** How many other places of the transformer have a call that is yet to be heard. */
  heardBeside(transformerId: string, servicePointId: string | null): number {
    const others = this.#waiting.get(transformerId)?.filter((each) => each.service_point_id !== servicePointId) ?? []
    return new Set(others.map((each) => each.service_point_id ?? each.report_id)).size
  }

  /** How many calls are yet to be heard and settled. */
  get size(): number {
    return this.#size + this.#settling
  }

  /** How often something was put off so far. */
  get count(): number {
    return this.#count
  }

  /** To be called once the call is committed. */
  putOff(call: PutOff): void {
    this.#count++
    this.#size++
    const there = this.#waiting.get(call.transformer_id)
    if (there) there.push(call)
    else this.#waiting.set(call.transformer_id, [call])
    this.#wake?.()
  }

  /** Says that so many of what was taken are settled, or put off again. */
  done(calls: number): void {
    this.#settling -= calls
  }

  /** Begins or ends to put off; `wake` is called whenever there is something to settle. */
  serve(isServed: boolean, wake: (() => void) | null = null): void {
    this.#isServed = isServed
    this.#wake = wake
  }

  /** Everything that is put off now, to be settled by the caller, in the order in which it came at each transformer. */
  take(): PutOff[] {
    const taken = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    this.#settling += this.#size
    this.#size = 0
    return taken
  }
}
