// Closed roads as the desk has them: those that stand, the one being drawn, and the candidates asked for again when either
// this dispatcher or another closes or opens a road.
import type { ClosureView } from '../../../server/contract/roads.ts'
import type { Refused } from '../../live/ask.ts'
import type { Position } from '../../map/glide.ts'
import { shapeOf, type Drawing } from '../../map/layers/closures.ts'
import type { Desk } from '../desk.svelte.ts'

/** Another server's roads follow a closure within half a second and a look: asked sooner, its candidates are the old ones. */
const elsewhereFollows_ms = 1000
/** The server's own bound on a drawing. */
const mostPoints = 100

export class Closures {
  standing = $state.raw<ClosureView[]>([])
  drawing = $state.raw<Drawing | null>(null)
  refused = $state.raw<Refused | null>(null)
  busy = $state(false)
  readonly #desk: Desk
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Reads them and follows the stream; call the answer to stop. */
  start(): () => void {
    void this.read()
    const forget = this.#desk.live.listen((events) => {
      if (!events.some(({ name, step }) => name === 'network' && step.startsWith('road_'))) return
      void this.read()
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#askAgain(), elsewhereFollows_ms)
    })
    return () => {
      forget()
      clearTimeout(this.#timer)
    }
  }

  async read() {
    const read = await this.#desk.get<{ items: ClosureView[] }>('/api/roads/closures')
    if ('answer' in read) this.standing = read.answer.items
  }

  begin(kind: Drawing['kind']) {
    this.refused = null
    this.drawing = { kind, points: [] }
  }

  put(at: Position) {
    const { drawing } = this
    if (drawing && drawing.points.length < mostPoints)
      this.drawing = { ...drawing, points: [...drawing.points, [at[0], at[1]]] }
  }

  takeBack() {
    if (this.drawing) this.drawing = { ...this.drawing, points: this.drawing.points.slice(0, -1) }
  }

  leave() {
    this.drawing = null
  }

  async close(reason: string, said: string) {
    const shape = this.drawing && shapeOf(this.drawing)
    if (!shape) return
    if (await this.#send('/api/roads/closures', { shape, reason }, said)) this.drawing = null
  }

  async lift(id: string, said: string) {
    await this.#send(`/api/roads/closures/${id}/lift`, {}, said)
  }

  /** The answer means that this server's roads have followed: what is nearest is asked again at once. */
  async #send(path: string, body: unknown, said: string): Promise<boolean> {
    this.busy = true
    this.refused = null
    const outcome = await this.#desk.post<unknown>(path, body)
    this.busy = false
    if ('refused' in outcome) this.refused = outcome.refused
    else this.#desk.say(said)
    await Promise.all([this.read(), this.#askAgain()])
    return 'answer' in outcome
  }

  async #askAgain() {
    const { opened } = this.#desk
    if (opened?.kind === 'incident') await this.#desk.readCandidates(opened.id)
  }
}
