// The roads that crews follow, asked for when crews set out and forgotten when they have arrived.
import type { AssignmentDetail } from '../../server/contract/assignments.ts'
import { positionsOf, type Position } from '../map/glide.ts'
import type { Picture } from './picture.ts'

/** A route that could not be had is not asked for again sooner. */
const retry_ms = 60_000
/** Up to this many are asked for crew by crew; more come in one list of all that are active. */
const singly = 3

export class Routes {
  /** By crew. */
  byCrew = $state.raw<ReadonlyMap<string, readonly Position[]>>(new Map())
  /** By assignment, for those driving now. */
  #known = new Map<string, readonly Position[]>()
  #triedAt = new Map<string, number>()

  /** Called with each new picture. */
  follow(picture: Picture, token: string | null) {
    const driving = [...picture.crews.values()].filter((crew) => crew.status === 'en_route' && crew.assignment_id)
    const wanted = new Set(driving.map((crew) => crew.assignment_id!))
    for (const kept of [this.#known, this.#triedAt]) for (const id of kept.keys()) if (!wanted.has(id)) kept.delete(id)
    const now = Date.now()
    const missing = driving.filter(({ assignment_id: id }) => {
      return !this.#known.has(id!) && (this.#triedAt.get(id!) ?? 0) < now - retry_ms
    })
    for (const { assignment_id } of missing) this.#triedAt.set(assignment_id!, now)
    if (missing.length > singly) void this.#ask('', token)
    else for (const { id } of missing) void this.#ask(`&crew_id=${encodeURIComponent(id)}`, token)
    const next = new Map(
      driving.flatMap((crew) => {
        const route = this.#known.get(crew.assignment_id!)
        return route ? [[crew.id, route] as const] : []
      }),
    )
    const same = next.size === this.byCrew.size && [...next].every(([id, route]) => this.byCrew.get(id) === route)
    if (!same) this.byCrew = next
  }

  async #ask(filter: string, token: string | null) {
    try {
      const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {}
      const response = await fetch(`/api/assignments?active=true&limit=1000${filter}`, { headers })
      if (!response.ok) return
      const { items } = (await response.json()) as { items: AssignmentDetail[] }
      for (const { id, crew_id, route } of items) {
        if (!route || !this.#triedAt.has(id)) continue
        const line = positionsOf(route)
        this.#known.set(id, line)
        this.byCrew = new Map([...this.byCrew, [crew_id, line]])
      }
    } catch {
      // The network is down: the stream says so, and a later picture asks again.
    }
  }
}
