// In a storm reports come in faster than the model can hear each before it is answered. Under such press a report is located, judged
// by what is known, kept and answered; as evidence it is heard a moment later, with all that came meanwhile.
import type { ReportedPlace } from './arriving.ts'
import { GivingWay } from './giving-way.ts'

/** Up to so many reports on their way at once, each is thought about before it is answered. */
const unhurried = 2
/** So many a second are a storm's, even where none waits for another. */
const unhurried_perSecond = 30
/** More are not put off: a caller waits then until the settling has caught up. Some 4 MB. */
const mostPutOff = 20_000

/** A report that was answered and is yet to be heard; the incident explained it then. */
export type PutOff = ReportedPlace & { incident_id: string | null }

/** What one server has put off. Without anybody who settles it, nothing is put off. */
export class Backlog {
  /** What settling leaves to those who are waiting for an answer. */
  readonly givingWay = new GivingWay()
  #waiting = new Map<string, PutOff[]>()
  #size = 0
  #settling = 0
  #onTheirWay = 0
  /** Those that are being thought about before they are answered. */
  #thoughtAbout = new Set<Promise<void>>()
  #count = 0
  #isServed = false
  #perSecond = 0
  #noticedAt = 0
  #wake: (() => void) | null = null

  /**
   * Counts a report as on its way for as long as `work` lasts. One that is pressed begins once those before it that are thought
   * about are answered: what came of them is known then. It holds nothing meanwhile that they could need.
   */
  async carry<T>(work: (isPressed: boolean) => Promise<T>): Promise<T> {
    const isPressed = this.#notice()
    const before = [...this.#thoughtAbout]
    let end = () => {}
    const over = new Promise<void>((resolve) => (end = resolve))
    if (!isPressed) this.#thoughtAbout.add(over)
    this.#onTheirWay++
    const since = performance.now()
    try {
      if (isPressed) await Promise.all(before)
      return await work(isPressed)
    } finally {
      if (isPressed) this.givingWay.answered(performance.now() - since)
      this.#onTheirWay--
      this.#thoughtAbout.delete(over)
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

  /** How many other places of the transformer have a report that is yet to be heard. */
  heardBeside(transformerId: string, servicePointId: string | null): number {
    const others = this.#waiting.get(transformerId)?.filter((each) => each.service_point_id !== servicePointId) ?? []
    return new Set(others.map((each) => each.service_point_id ?? each.report_id)).size
  }

  /** How many reports are yet to be heard and settled. */
  get size(): number {
    return this.#size + this.#settling
  }

  /** How many transformers have a report that is yet to be taken. */
  get places(): number {
    return this.#waiting.size
  }

  /** How often something was put off so far. */
  get count(): number {
    return this.#count
  }

  /** To be said once the report is committed. */
  putOff(report: PutOff): void {
    this.#count++
    this.#size++
    const there = this.#waiting.get(report.transformer_id)
    if (there) there.push(report)
    else this.#waiting.set(report.transformer_id, [report])
    this.#wake?.()
  }

  /** Says that so many of what was taken are settled, or put off again. */
  done(reports: number): void {
    this.#settling -= reports
  }

  /** Begins or ends to put off; `wake` is called whenever there is something to settle. */
  serve(isServed: boolean, wake: (() => void) | null = null): void {
    this.#isServed = isServed
    this.#wake = wake
  }

  /**
   * What is put off at up to `most` units, to be settled by the caller: by unit, each in the order in which it came. Units with a
   * call that nothing known explains come first: theirs may be a fault that nobody has on the map.
   */
  take(unitOf: (transformerId: string) => number | string = (id) => id, most = Infinity): PutOff[][] {
    const byUnit = new Map<number | string, string[]>()
    const unexplained = new Set<number | string>()
    for (const [transformer, reports] of this.#waiting) {
      const unit = unitOf(transformer)
      const transformers = byUnit.get(unit)
      if (transformers) transformers.push(transformer)
      else byUnit.set(unit, [transformer])
      if (reports.some(({ incident_id }) => incident_id === null)) unexplained.add(unit)
    }
    const units = new Set([...unexplained, ...byUnit.keys()])
    return [...units].slice(0, most).map((unit) => this.#takeOf(byUnit.get(unit)!))
  }

  #takeOf(transformers: string[]): PutOff[] {
    const taken = transformers.flatMap((transformer) => this.#waiting.get(transformer)!)
    for (const transformer of transformers) this.#waiting.delete(transformer)
    this.#settling += taken.length
    this.#size -= taken.length
    return taken
  }
}
