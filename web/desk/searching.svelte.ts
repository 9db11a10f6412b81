// What is typed into the desk's one field, and what the server finds for it: customers to take a call from, and everything else.
import type { ServicePointView } from '../../server/contract/network.ts'
import type { SearchHit, SearchKind } from '../../server/contract/search.ts'
import type { Desk } from './desk.svelte.ts'

/** Long enough to gather a number being typed, short enough not to be noticed. */
const pause_ms = 140
const mostCustomers = 8
const mostOfAKind = 4
/** Shorter words mean everything, but for an incident's number. */
const shortest = 2

const otherKinds: SearchKind[] = [
  ...(['incident', 'transformer', 'feeder', 'device', 'crew', 'report', 'planned', 'request'] as const),
]

export type HitGroup = { kind: SearchKind; hits: SearchHit[] }

export class Searching {
  typed = $state('')
  points = $state.raw<readonly ServicePointView[]>([])
  /** By kind, the kind with the best hit first. */
  groups = $state.raw<readonly HitGroup[]>([])
  phase = $state<'idle' | 'searching' | 'found' | 'failed'>('idle')
  readonly #desk: Desk
  #asking: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get words(): string {
    return this.typed.trim()
  }

  clear() {
    this.typed = ''
    this.search()
  }

  /** What is typed has changed. */
  search() {
    this.#asking?.abort()
    clearTimeout(this.#timer)
    if (this.words.length < shortest && !/^\d$/.test(this.words)) {
      this.points = []
      this.groups = []
      this.phase = 'idle'
      return
    }
    this.phase = 'searching'
    this.#timer = setTimeout(() => void this.#ask(this.words), pause_ms)
  }

  async #ask(wanted: string) {
    const { signal } = (this.#asking = new AbortController())
    const customers = new URLSearchParams({ q: wanted, limit: String(mostCustomers) })
    const kinds = otherKinds.join(',')
    const others = new URLSearchParams({ q: wanted, limit: String(mostOfAKind), kinds })
    const [points, hits] = await Promise.all([
      this.#desk.get<{ items: ServicePointView[] }>(`/api/service-points?${customers}`, signal),
      this.#desk.get<{ items: SearchHit[] }>(`/api/search?${others}`, signal),
    ])
    if (signal.aborted) return
    this.phase = 'answer' in points && 'answer' in hits ? 'found' : 'failed'
    this.points = 'answer' in points ? points.answer.items : []
    const groups = new Map<SearchKind, SearchHit[]>()
    // The best first: a kind stands where its best hit does.
    for (const hit of 'answer' in hits ? hits.answer.items : [])
      groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit])
    this.groups = [...groups].map(([kind, found]) => ({ kind, hits: found }))
  }
}
