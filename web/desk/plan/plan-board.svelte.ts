// The storm plan as the desk has it: the one in force or the one asked for, read again as events tell of it.
import type { AssignmentView } from '../../../server/contract/assignments.ts'
import type { PlanView, StandingPlan } from '../../../server/contract/plans.ts'
import type { Answered, Refused } from '../../live/ask.ts'
import type { Desk } from '../desk.svelte.ts'

/** What has changed since is asked for this long after an event, so that a burst costs one reading. */
const settle_ms = 800

export class PlanBoard {
  isKept = $state(false)
  plan = $state.raw<PlanView | null>(null)
  refused = $state.raw<Refused | null>(null)
  busy = $state(false)
  known = $state(false)
  readonly #desk: Desk
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Reads it and follows the stream; call the answer to stop. */
  start(): () => void {
    void this.read()
    const forget = this.#desk.live.listen((events) => {
      if (!events.some(({ name }) => ['plan', 'incident', 'assignment', 'network'].includes(name))) return
      this.#timer ??= setTimeout(() => void this.read(), settle_ms)
    })
    return () => {
      forget()
      clearTimeout(this.#timer)
    }
  }

  /** The plan in force; where none is kept, the one that was asked for, with what has changed since. */
  async read() {
    this.#timer = undefined
    const read = await this.#desk.get<StandingPlan>('/api/dispatch/standing-plan')
    if ('refused' in read) return
    this.known = true
    this.isKept = read.answer.is_on
    if (read.answer.is_on) this.plan = read.answer.plan
    else if (this.plan) await this.#readAgain(this.plan.id)
  }

  async #readAgain(id: string) {
    const read = await this.#desk.get<PlanView>(`/api/dispatch/plans/${id}`)
    if (this.plan?.id !== id) return
    if ('answer' in read) this.plan = read.answer
    else if (read.refused.status === 404) this.plan = null
  }

  async keep(isOn: boolean) {
    const standing = await this.#send(
      this.#desk.post<StandingPlan>('/api/dispatch/standing-plan', { is_on: isOn }, { method: 'PUT' }),
    )
    if (!standing) return
    this.isKept = standing.is_on
    if (standing.plan) this.plan = standing.plan
  }

  async make() {
    const plan = await this.#send(this.#desk.post<PlanView>('/api/dispatch/plans', {}))
    if (plan) this.plan = plan
  }

  /** Offers the first stops of the crews named, or of all; answers how many were offered. */
  async apply(crewIds?: string[]): Promise<number | null> {
    if (!this.plan) return null
    const body = crewIds ? { crew_ids: crewIds } : {}
    const path = `/api/dispatch/plans/${this.plan.id}/apply`
    const applied = await this.#send(this.#desk.post<{ plan: PlanView; offered: AssignmentView[] }>(path, body))
    if (!applied) {
      void this.read()
      return null
    }
    this.plan = applied.plan
    return applied.offered.length
  }

  async #send<T>(asked: Promise<Answered<T>>): Promise<T | null> {
    this.busy = true
    this.refused = null
    const outcome = await asked
    this.busy = false
    if ('answer' in outcome) return outcome.answer
    this.refused = outcome.refused
    return null
  }
}
