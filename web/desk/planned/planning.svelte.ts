// Planned outages as the desk has them: those announced and at work, what could be joined, and the one being thought of, whose
// impact is asked for as it is drawn.
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import type { JoinProposal, PlannedSummary, PreviewAnswer } from '../../../server/contract/planned-outages.ts'
import type { Refused } from '../../live/ask.ts'
import { Pages } from '../../live/pages.svelte.ts'
import type { Position } from '../../map/glide.ts'
import type { Desk } from '../desk.svelte.ts'
import { zonedInstant, zonedText } from '../../text/zoned-time.ts'

export type Draft = {
  starts: string
  ends: string
  reason: string
  waiver: string
  temporary: boolean
  equipment_ids: string[]
  transformer_ids: string[]
}

/** Typing and clicking cost one preview. */
const settle_ms = 350
/** A finger or a mouse is this far off a thin line. */
const reach_px = 6
/** The server's own bound on a drawing. */
const mostCorners = 500

/** Eight days ahead, from nine to five: in time for the notice of planned work. */
function freshDraft(timezone: string | undefined): Draft {
  const day = zonedText(new Date(Date.now() + 8 * 86_400_000), timezone).slice(0, 10)
  const nothing = { reason: '', waiver: '', temporary: false, equipment_ids: [], transformer_ids: [] }
  return { starts: `${day}T09:00`, ends: `${day}T17:00`, ...nothing }
}

export class Planning {
  isOpen = $state(false)
  readonly list: Pages<PlannedSummary>
  joins = $state.raw<JoinProposal[]>([])
  draft = $state.raw<Draft | null>(null)
  preview = $state.raw<PreviewAnswer | null>(null)
  corners = $state.raw<Position[] | null>(null)
  /** The announced one whose ground is shown. */
  shownId = $state<string | null>(null)
  refused = $state.raw<Refused | null>(null)
  busy = $state<string | null>(null)
  readonly #desk: Desk
  #timer: ReturnType<typeof setTimeout> | undefined
  #readTimer: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
    this.list = new Pages((path) => desk.get(path), '/api/planned-outages?state=announced,started')
  }

  /** Null until they were read. */
  get items(): readonly PlannedSummary[] | null {
    return this.list.isKnown ? this.list.items : null
  }

  get timezone(): string | undefined {
    return this.#desk.live.picture?.network.timezone
  }

  /** Follows the stream; call the answer to stop. */
  start(): () => void {
    const forget = this.#desk.live.listen((events) => {
      if (!this.isOpen || !events.some(({ name }) => name === 'planned')) return
      this.#readTimer ??= setTimeout(() => void this.read(), settle_ms)
    })
    return () => {
      forget()
      clearTimeout(this.#timer)
      clearTimeout(this.#readTimer)
    }
  }

  toggle() {
    this.isOpen = !this.isOpen
    this.refused = null
    if (this.isOpen) void this.read()
    else this.leave()
  }

  /** The ground to be shown on the map: of the draft, else of the one that is looked at. */
  get ground(): readonly string[] {
    if (!this.isOpen) return []
    if (this.draft) return this.preview?.ground ?? this.draft.transformer_ids
    return this.items?.find((each) => each.id === this.shownId)?.ground ?? []
  }

  async read() {
    this.#readTimer = undefined
    const [, joins] = await Promise.all([
      this.list.again(),
      this.#desk.get<{ items: JoinProposal[] }>('/api/planned-outages/joins'),
    ])
    if (this.list.refused) this.refused = this.list.refused
    if ('answer' in joins) this.joins = joins.answer.items
  }

  begin() {
    this.refused = null
    this.preview = null
    this.draft = freshDraft(this.timezone)
  }

  leave() {
    this.draft = null
    this.preview = null
    this.corners = null
  }

  change(part: Partial<Draft>) {
    if (!this.draft) return
    this.draft = { ...this.draft, ...part }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.look(), settle_ms)
  }

  toggleItem(kind: 'equipment_ids' | 'transformer_ids', id: string) {
    const chosen = this.draft?.[kind] ?? []
    this.change({ [kind]: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id] })
  }

  /** A number may be a transformer's or an equipment's: the network knows. */
  async addById(id: string) {
    const found = await this.#ask('look', '/api/planned-outages/preview', { ...this.#times(), transformer_ids: [id] })
    this.refused = null
    this.toggleItem(found ? 'transformer_ids' : 'equipment_ids', id)
  }

  /** A click on the map while a draft is open: a corner of the drawing, a line, or an area. */
  click(map: MapLibre, { point, lngLat }: MapMouseEvent) {
    if (!this.draft || !this.isOpen) return
    if (this.corners) return this.putCorner([lngLat.lng, lngLat.lat])
    const around: [[number, number], [number, number]] = [
      [point.x - reach_px, point.y - reach_px],
      [point.x + reach_px, point.y + reach_px],
    ]
    const idOf = (layer: string, where: Parameters<MapLibre['queryRenderedFeatures']>[0]) => {
      const [feature] = map.queryRenderedFeatures(where, { layers: [layer] })
      return feature ? String(feature.id ?? feature.properties['id']) : null
    }
    const line = idOf('feeder', around)
    if (line) return this.toggleItem('equipment_ids', line)
    const area = idOf('area-fill', [point.x, point.y])
    if (area) this.toggleItem('transformer_ids', area)
  }

  putCorner(at: Position) {
    if (this.corners && this.corners.length < mostCorners) this.corners = [...this.corners, at]
  }

  /** What was drawn becomes the transformers within it. */
  async closeDrawing() {
    const area = this.corners
    if (!this.draft || !area || area.length < 3) return
    const found = await this.#ask('draw', '/api/planned-outages/preview', { ...this.#times(), area })
    if (!found) return
    this.corners = null
    this.change({ transformer_ids: [...new Set([...this.draft.transformer_ids, ...found.transformer_ids])] })
  }

  /** Asks what the draft would mean. */
  async look() {
    const { draft } = this
    if (!draft || draft.equipment_ids.length + draft.transformer_ids.length === 0) return (this.preview = null)
    const found = await this.#ask('look', '/api/planned-outages/preview', this.#named(draft))
    if (this.draft === draft) this.preview = found
  }

  async announce(said: string) {
    const { draft } = this
    if (!draft) return
    const { reason, waiver } = draft
    const body = { ...this.#named(draft), reason: reason.trim(), ...(waiver.trim() ? { waiver: waiver.trim() } : {}) }
    const done = await this.send('announce', '/api/planned-outages', body, said)
    if (done) this.leave()
  }

  /** One step; its refusal is shown, and the list read again. */
  async send(name: string, path: string, body: unknown, said: string, version?: number): Promise<boolean> {
    this.busy = name
    this.refused = null
    const outcome = await this.#desk.post<unknown>(path, body, version === undefined ? {} : { version })
    this.busy = null
    if ('refused' in outcome) this.refused = outcome.refused
    else this.#desk.say(said)
    await this.read()
    return 'answer' in outcome
  }

  async #ask(name: string, path: string, body: unknown): Promise<PreviewAnswer | null> {
    this.busy = name
    const outcome = await this.#desk.post<PreviewAnswer>(path, body)
    this.busy = null
    this.refused = 'refused' in outcome ? outcome.refused : null
    return 'answer' in outcome ? outcome.answer : null
  }

  #times() {
    const instant = (text = '') => zonedInstant(text, this.timezone)?.toISOString() ?? ''
    return { starts_at: instant(this.draft?.starts), ends_at: instant(this.draft?.ends) }
  }

  #named({ equipment_ids, transformer_ids, temporary }: Draft) {
    return { ...this.#times(), equipment_ids, transformer_ids, notice: temporary ? 'temporary' : 'planned' }
  }
}
