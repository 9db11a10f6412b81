// A list of the server as a screen holds it: read page by page as it is scrolled to, read again when something has changed.
import type { Answered, Refused } from './ask.ts'

export type Page<Item> = { items: Item[]; next_cursor: string | null }

/** Rows asked for at once: more than a screen shows, few enough to be there at once. */
const page = 200
/** A list read again is read in larger steps. */
const largePage = 1000
/** Past this many nobody scrolls: one searches. */
const most = 10_000

export class Pages<Item> {
  items = $state.raw<readonly Item[]>([])
  /** Something has been answered. */
  isKnown = $state(false)
  /** There are more than are here. */
  hasMore = $state(false)
  refused = $state.raw<Refused | null>(null)
  #cursor: string | null = null
  #turn = 0
  #isReading = false
  readonly #get: (path: string) => Promise<Answered<Page<Item>>>
  readonly #path: string

  /** `path` with whatever it is filtered by. */
  constructor(get: (path: string) => Promise<Answered<Page<Item>>>, path: string) {
    this.#get = get
    this.#path = path + (path.includes('?') ? '&' : '?')
  }

  /** Reads from the start, as many as were here; what is shown stays until the answer is there. */
  async again(): Promise<void> {
    const turn = ++this.#turn
    const wanted = Math.max(page, this.items.length)
    let items: Item[] = []
    let cursor: string | null = null
    do {
      const read: Page<Item> | null = await this.#read(wanted > page ? largePage : page, cursor)
      if (turn !== this.#turn) return
      if (!read) return
      items = items.concat(read.items)
      cursor = read.next_cursor
    } while (cursor !== null && items.length < wanted)
    this.#keep(items, cursor)
  }

  /** Reads the next page; all that are left where `whole`. */
  async more(whole = false): Promise<void> {
    if (this.#isReading || !this.hasMore) return
    this.#isReading = true
    const turn = this.#turn
    const read = await this.#read(whole ? largePage : page, this.#cursor)
    this.#isReading = false
    if (!read || turn !== this.#turn) return
    this.#keep(this.items.concat(read.items), read.next_cursor)
    if (whole) await this.more(true)
  }

  #keep(items: readonly Item[], cursor: string | null) {
    this.items = items
    this.#cursor = cursor
    this.isKnown = true
    this.hasMore = cursor !== null && items.length < most
  }

  async #read(limit: number, cursor: string | null): Promise<Page<Item> | null> {
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const outcome = await this.#get(`${this.#path}limit=${limit}${from}`)
    this.refused = 'refused' in outcome ? outcome.refused : null
    return 'answer' in outcome ? outcome.answer : null
  }
}
