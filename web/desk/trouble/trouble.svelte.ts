// The areas that keep failing or keep complaining, read when somebody looks at them.
import type { TroubleArea } from '../../../server/contract/requests.ts'
import type { Desk } from '../desk.svelte.ts'

/** The months up to the one of `until`, the oldest first, as `2026-07`. */
export function monthsUntil(until: string, count: number): string[] {
  const [year = 0, month = 1] = until.split('-').map(Number)
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + month - 1 - (count - 1 - index)
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

export class Trouble {
  /** Null until they were read. */
  areas = $state.raw<TroubleArea[] | null>(null)
  failed = $state(false)
  isOpen = $state(false)
  chosenId = $state<string | null>(null)
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** What the map shows. */
  get shown(): readonly TroubleArea[] {
    return this.isOpen ? (this.areas ?? []) : []
  }

  async open() {
    this.isOpen = true
    this.failed = false
    const read = await this.#desk.get<{ items: TroubleArea[] }>('/api/trouble-areas')
    if ('answer' in read) this.areas = read.answer.items
    else this.failed = true
  }

  close() {
    this.isOpen = false
    this.chosenId = null
  }
}
