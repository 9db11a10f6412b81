// The public answers as bytes, made once for each state of the event log however many ask. If the database does not answer
// in a storm, the last ones go on being served, saying of when they are.
import type { EstimateScore } from '../contract/ledger.ts'
import type { Language } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { readLedger, scoreView } from '../estimates/index.ts'
import { pack, type Packed } from './answer.ts'
import { statusPage, type PlannedRow } from './page.ts'
import { readPublic, Shapes, withPlanned, type PublicState, type Shape } from './public.ts'

export type PageName = 'incidents' | 'summary' | `status.${Language}`
export type Pages = Record<PageName, Packed>

/** In a storm events come without a pause: the pages are made anew at most this often, and never for more than a fifth of the time. */
const soonest_ms = 250
/** What is summed over months is read this often. */
const sums_ms = 300_000
const ledger_ms = 90 * 86_400_000
/** Words that speak of the time grow old even when nothing happens. */
const latest_ms = 20_000

type Made = { pages: Pages; state: PublicState; seq: number; at: number; took_ms: number }

export class PublicPages {
  private made: Made | null = null
  private making: Promise<Made> | null = null
  private readonly shapes = new Shapes()
  private imported = ''
  private scored: { estimates: EstimateScore; at: number } | null = null
  private readonly deps: { database: Database; tail: { readonly seq: number }; now(): Date }

  constructor(deps: { database: Database; tail: { readonly seq: number }; now(): Date }) {
    this.deps = deps
  }

  /** The pages if they are good as they are: nothing to wait for. */
  atHand(): Pages | null {
    if (!this.made) return null
    const { seq, at, took_ms, pages } = this.made
    // A clock that was set back must not keep them for good.
    const age = Math.abs(this.deps.now().getTime() - at)
    const changed = seq !== this.deps.tail.seq && age >= Math.max(soonest_ms, 4 * took_ms)
    return changed || age >= latest_ms ? null : pages
  }

  /** The pages, made anew where something happened since. */
  async take(): Promise<Pages> {
    return (await this.current()).pages
  }

  /** What the pages say, for other formats. */
  async state(): Promise<PublicState> {
    return (await this.current()).state
  }

  /** The ground of one transformer as it may be shown; null where it has none. */
  shapeOf(transformerId: string): Promise<Shape | null> {
    return this.shapes.of(this.deps.database.replica, [transformerId])
  }

  private async current(): Promise<Made> {
    if (this.made && this.atHand()) return this.made
    this.making ??= this.make().finally(() => (this.making = null))
    try {
      return await this.making
    } catch (reason) {
      if (!this.made) throw reason
      console.error('public pages kept as they were:', (reason as Error).message)
      return this.made
    }
  }

  private async make(): Promise<Made> {
    const { database, tail, now } = this.deps
    const begun = performance.now()
    const seq = tail.seq
    const { version } = await database.replica.one<{ version: string }>('tiles/version')
    if (version !== this.imported) this.shapes.forget()
    this.imported = version
    const at = now()
    const state = await readPublic(database.replica, this.shapes, at)
    const planned = await database.replica.rows<PlannedRow>('planned-outages/list_public', { at })
    state.summary = { ...withPlanned(state.summary, planned, at), estimates: await this.estimates() }
    const page = (language: Language) => pack('text/html; charset=utf-8', statusPage(state, planned, language))
    const [incidents, summary, zh, en] = await Promise.all([
      pack('application/geo+json; charset=utf-8', JSON.stringify(state.features)),
      pack('application/json; charset=utf-8', JSON.stringify(state.summary)),
      page('zh'),
      page('en'),
    ])
    const pages: Pages = { incidents, summary, 'status.zh': zh, 'status.en': en }
    this.made = { pages, state, seq, at: now().getTime(), took_ms: performance.now() - begun }
    return this.made
  }

  /** How good our estimates turned out to be, read again every few minutes. */
  private async estimates(): Promise<EstimateScore> {
    const { database, now } = this.deps
    const until = now()
    if (!this.scored || until.getTime() - this.scored.at >= sums_ms) {
      const { all } = await readLedger(database.replica, { since: new Date(until.getTime() - ledger_ms), until })
      this.scored = { estimates: scoreView(all), at: until.getTime() }
    }
    return this.scored.estimates
  }
}
