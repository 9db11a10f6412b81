// The plan kept in force: while a dispatcher has it switched on it is made again, from itself, at every event that matters.
// It is advice that keeps up. What it says is offered by whoever applies it, never by itself.
import type { PlanView, StandingPlan } from '../contract/plans.ts'
import type { Queries } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { makePlan, planViewOf, readPlan, type Compared } from './make-plan.ts'

/** Signs the plans that nobody asked for one by one. */
export const keeper = 'standing plan'
/** With the tables of drives before it and the timetable after, a re-plan is to stay within 50 ms: these take up to 15. */
const search_ms = 30
/** The simple policies beside it take several times as long as the plan itself: they are laid beside it this often. */
const compareEvery_ms = 30_000
/** Shifts end and crews run late without an event: a plan is not left standing longer than this. */
const oldest_ms = 5 * 60_000
/** A dispatcher may still look at one that was replaced. */
const keepReplaced_ms = 10 * 60_000

type StandingRow = {
  is_on: boolean
  changed_by: string | null
  changed_at: Date | null
  plan_id: string | null
  event_seq: number
  made_at: Date | null
  is_due: boolean
}

const readRow = (queries: Queries) => queries.one<StandingRow>('dispatch/read_standing_plan')

export async function readStandingPlan({ database, now }: DispatchDeps): Promise<StandingPlan> {
  const { is_on, changed_by, changed_at, plan_id } = await readRow(database)
  const plan = plan_id === null ? null : planViewOf(await readPlan(database, plan_id, now()))
  return { is_on, changed_by, changed_at: changed_at?.toISOString() ?? null, plan }
}

/** Switches it on, with a first plan at once, or off. */
export async function switchStandingPlan(deps: DispatchDeps, isOn: boolean, actor: string): Promise<StandingPlan> {
  await deps.database.transaction(async (transaction) => {
    const switched = await transaction.touch('dispatch/switch_standing_plan', {
      is_on: isOn,
      by: actor,
      at: deps.now(),
    })
    if (switched > 0)
      await appendEvent(transaction, {
        name: 'plan',
        step: isOn ? 'kept' : 'left',
        subject_id: 'standing_plan',
        incident_id: null,
        actor,
        data: { is_on: isOn },
      })
  })
  if (isOn) await planAgain(deps)
  return readStandingPlan(deps)
}

/** Makes the plan in force again if there is reason to; null where there is none, or another server was first. */
export async function planAgain(deps: DispatchDeps): Promise<PlanView | null> {
  const standing = await readRow(deps.database)
  const now = deps.now()
  const age_ms = standing.made_at ? now.getTime() - standing.made_at.getTime() : Infinity
  if (!standing.is_on || (!standing.is_due && age_ms < oldest_ms)) return null
  const previous = standing.plan_id === null ? {} : { previous_plan_id: standing.plan_id }
  const compared = await lastComparison(deps, standing.plan_id, now)
  const plan = await makePlan(deps, { ...previous, budget_ms: search_ms }, keeper, compared)
  return (await putInForce(deps, plan, standing.plan_id)) ? plan : null
}

async function lastComparison({ database }: DispatchDeps, planId: string | null, now: Date): Promise<Compared | null> {
  const row =
    planId === null ? null : await database.maybe<{ view: PlanView }>('dispatch/read_plan', { id: planId, since: now })
  const at = row?.view.compared_at
  if (!row || !at || now.getTime() - Date.parse(at) >= compareEvery_ms) return null
  return { at, alternatives: row.view.alternatives }
}

function putInForce(deps: DispatchDeps, plan: PlanView, before: string | null): Promise<boolean> {
  return deps.database.transaction(async (transaction) => {
    const put = await transaction.touch('dispatch/put_standing_plan', {
      plan_id: plan.id,
      event_seq: plan.event_seq,
      before,
    })
    if (put === 0) return false
    const { id, made_at, figures, crews_changed, search_ms, says } = plan
    await appendEvent(transaction, {
      name: 'plan',
      step: 'made',
      subject_id: id,
      incident_id: null,
      actor: keeper,
      data: { id, made_at, figures, crews_changed, search_ms, says },
    })
    await transaction.touch('dispatch/forget_standing_plans', {
      before: new Date(deps.now().getTime() - keepReplaced_ms),
      by: keeper,
    })
    return true
  })
}
