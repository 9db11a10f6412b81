// The roads that crews follow, asked for when crews set out and forgotten when they have arrived.
import type { AssignmentDetail, CrewView } from '../../server/contract/assignments.ts'
import { positionsOf, type Position } from '../map/glide.ts'
import type { Picture } from './picture.ts'

/** A route that could not be had is not asked for again sooner. */
const retry_ms = 60_000
/** Up to this many are asked for crew by crew; more come in one list of all that are active. */
const singly = 3

const keyOf = (assignmentId: string, travel_s: number | null | undefined) => `${assignmentId} ${travel_s ?? ''}`

function wayOf({ assignment_id, incident_id }: CrewView, { incidents }: Picture): string {
  const assignment = incidents.get(incident_id ?? '')?.assignments.find(({ id }) => id === assignment_id)
  return keyOf(assignment_id!, assignment?.travel_s)
}

export class Routes {
  /** By crew. */
  byCrew = $state.raw<ReadonlyMap<string, readonly Position[]>>(new Map())
  /** By assignment and its travel time, for those driving now: a crew that was given another way has another time. */
  #known = new Map<string, readonly Position[]>()
  #triedAt = new Map<string, number>()

  /** Called with each new picture. */
  follow(picture: Picture, token: string | null) {
    const driving = [...picture.crews.values()].filter((crew) => crew.status === 'en_route' && crew.assignment_id)
    const ways = new Map(driving.map((crew) => [crew.id, wayOf(crew, picture)]))
    const wanted = new Set(ways.values())
    for (const kept of [this.#known, this.#triedAt]) for (const id of kept.keys()) if (!wanted.has(id)) kept.delete(id)
    const now = Date.now()
    const missing = driving.filter(({ id }) => {
      const way = ways.get(id)!
      return !this.#known.has(way) && (this.#triedAt.get(way) ?? 0) < now - retry_ms
    })
    for (const { id } of missing) this.#triedAt.set(ways.get(id)!, now)
    if (missing.length > singly) void this.#ask('', token)
    else for (const { id } of missing) void this.#ask(`&crew_id=${encodeURIComponent(id)}`, token)
    const next = new Map(
      driving.flatMap((crew) => {
        const route = this.#known.get(ways.get(crew.id)!)
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
      for (const { id, travel_s, crew_id, route } of items) {
        const way = keyOf(id, travel_s)
        if (!route || !this.#triedAt.has(way)) continue
        const line = positionsOf(route)
        this.#known.set(way, line)
        this.byCrew = new Map([...this.byCrew, [crew_id, line]])
      }
    } catch {
      // The network is down: the stream says so, and a later picture asks again.
    }
  }
}
