// Which crews are worth asking when a stop has to be put back.
import type { RouteBook } from './route-book.ts'

/** Stops whose crews are asked when an instance is large, and what counts as large. */
const neighboursAsked = 30
const largeFrom = 120

/**
 * The crews worth asking for an incident. All of them, but in large instances without penalties only those that visit one
 * of its nearest neighbours or nobody yet: 400 stops then get twice as many iterations into the same time. A storm's
 * crews differ too much for that, and there hopeless crews are passed over by their distance.
 */
export class Shortlist {
  readonly crews: Int32Array
  count: number
  private readonly book: RouteBook
  private readonly neighbours: (incident: number) => Int32Array
  private readonly askedFor: Int32Array
  private readonly short: boolean
  private asked = 0

  constructor(book: RouteBook, neighbours: (incident: number) => Int32Array) {
    const { crews, incidents, extras } = book.problem
    this.book = book
    this.neighbours = neighbours
    this.short = incidents >= largeFrom && extras === undefined
    this.crews = Int32Array.from({ length: crews }, (_, crew) => crew)
    this.count = crews
    this.askedFor = new Int32Array(crews)
  }

  fill(incident: number): void {
    if (!this.short) return
    const { crewOf, lengths } = this.book
    const asked = ++this.asked
    this.count = 0
    const near = this.neighbours(incident)
    for (let at = 1; at <= neighboursAsked && at < near.length; at++) {
      const crew = crewOf[near[at]!]!
      if (crew < 0 || this.askedFor[crew] === asked) continue
      this.askedFor[crew] = asked
      this.crews[this.count++] = crew
    }
    for (let crew = 0; crew < lengths.length; crew++) if (lengths[crew] === 0) this.crews[this.count++] = crew
  }
}
