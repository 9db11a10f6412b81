// The roads that crews follow, asked for once an assignment when its crew sets out, and forgotten when it is over.
import type { AssignmentDetail } from '../../server/contract/assignments.ts'
import { positionsOf, type Position } from '../map/glide.ts'
import type { Picture } from './picture.ts'

/** Asked for at a time: a storm's first picture may hold hundreds. */
const atOnce = 4
/** A route that could not be had is not asked for again sooner. */
const retry_ms = 60_000

export class Routes {
  /** By crew. */
  byCrew = $state.raw<ReadonlyMap<string, readonly Position[]>>(new Map())
  #known: Record<string, readonly Position[]> = {}
  #triedAt: Record<string, number> = {}
  #asking = 0

  /** Called with each new picture. */
  follow(picture: Picture, token: string | null) {
    const driving = [...picture.crews.values()].filter((crew) => crew.status === 'en_route' && crew.assignment_id)
    const wanted = new Set(driving.map((crew) => crew.assignment_id!))
    for (const id of Object.keys(this.#known)) if (!wanted.has(id)) delete this.#known[id]
    for (const id of Object.keys(this.#triedAt)) if (!wanted.has(id)) delete this.#triedAt[id]
    const missing = [...wanted].filter((id) => !this.#known[id] && (this.#triedAt[id] ?? 0) < Date.now() - retry_ms)
    for (const id of missing.slice(0, Math.max(0, atOnce - this.#asking))) void this.#ask(id, token)
    const next = new Map(
      driving.flatMap((crew) => {
        const route = this.#known[crew.assignment_id!]
        return route ? [[crew.id, route] as const] : []
      }),
    )
    const same = next.size === this.byCrew.size && [...next].every(([id, route]) => this.byCrew.get(id) === route)
    if (!same) this.byCrew = next
  }

  async #ask(id: string, token: string | null) {
    this.#asking++
    this.#triedAt[id] = Date.now()
    try {
      const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {}
      const response = await fetch(`/api/assignments/${id}`, { headers })
      if (!response.ok) return
      const { route } = (await response.json()) as AssignmentDetail
      if (route) this.#known[id] = positionsOf(route)
    } catch {
      // The network is down: the stream says so, and the next picture asks again.
    } finally {
      this.#asking--
    }
  }
}
