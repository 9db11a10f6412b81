// Applies a plan: offers each free crew its first stop, in one transaction, unless what the plan stands on has changed.
import type { AssignmentView } from '../contract/assignments.ts'
import type { PlanView } from '../contract/plans.ts'
import { Refusal } from '../contract/refusal.ts'
import { offerWithin } from './assign.ts'
import type { DispatchDeps } from './candidates.ts'
import { planViewOf, readPlan } from './make-plan.ts'
import type { Change } from './plan-changes.ts'

type FirstStop = { crewId: string; incidentId: string; role: 'lead' | 'support' }

/** Offers the first stops of plan `id` to the crews named, or to all; throws Refusal `stale` with all that has changed. */
export function applyPlan(
  deps: DispatchDeps,
  id: string,
  crewIds: string[] | undefined,
  actor: string,
): Promise<{ plan: PlanView; offered: AssignmentView[] }> {
  return deps.database.transaction(async (transaction) => {
    const now = deps.now()
    const { row, stale } = await readPlan(transaction, id, now)
    const chosen = firstStops(row.view, crewIds)
    refuseStale(id, crewIds === undefined ? stale : stale.filter((each) => concerns(each, chosen)))
    const offered: AssignmentView[] = []
    for (const { crewId, incidentId, role } of chosen)
      offered.push(await offerWithin(deps, transaction, incidentId, { crew_id: crewId, role, plan_id: id }, actor))
    await transaction.touch('dispatch/mark_plan_applied', { id, at: now, by: actor })
    return { plan: planViewOf(await readPlan(transaction, id, now)), offered }
  })
}

/** In order of crew, so that two who apply at once wait for each other instead of locking each other out. */
function firstStops(view: Pick<PlanView, 'id' | 'crews'>, crewIds: string[] | undefined): FirstStop[] {
  const unknown = crewIds?.find((id) => !view.crews.some(({ crew_id }) => crew_id === id))
  if (unknown !== undefined)
    throw new Refusal(
      'unprocessable',
      {
        zh: `班组 ${unknown} 不在方案 ${view.id} 中：当时不当班，或没有这个班组`,
        en: `Crew ${unknown} is not in plan ${view.id}: it was off shift or does not exist`,
      },
      [{ path: 'crew_ids', message: `${unknown} is not in the plan` }],
    )
  const led = new Set<string>()
  return view.crews
    .filter(({ crew_id, stops }) => stops[0] && !stops[0].committed && (crewIds?.includes(crew_id) ?? true))
    .sort((a, b) => (a.crew_id < b.crew_id ? -1 : 1))
    .flatMap(({ crew_id, stops }): FirstStop[] => {
      const { incident_id, kind } = stops[0]!
      // One leads: whoever assesses where another crew repairs, and everybody's generator vehicle is support.
      if (kind === 'repair' && isAssessedByAnother(view, incident_id, crew_id)) return []
      const role = kind === 'generator' || led.has(incident_id) ? 'support' : 'lead'
      if (role === 'lead') led.add(incident_id)
      return [{ crewId: crew_id, incidentId: incident_id, role }]
    })
}

function isAssessedByAnother(view: Pick<PlanView, 'crews'>, incidentId: string, crewId: string): boolean {
  return view.crews.some(
    ({ crew_id, stops }) =>
      crew_id !== crewId && stops.some((stop) => stop.incident_id === incidentId && stop.kind === 'assess'),
  )
}

function concerns({ subject }: Change, chosen: FirstStop[]): boolean {
  return subject === 'roads' || chosen.some(({ crewId, incidentId }) => subject === crewId || subject === incidentId)
}

function refuseStale(id: string, stale: Change[]): void {
  if (stale.length === 0) return
  const first = stale.slice(0, 3).map(({ says }) => says)
  const left = stale.length - first.length
  const zh = `${first.map((says) => says.zh).join('；')}${left > 0 ? `，另有 ${left} 项` : ''}`
  const en = `${first.map((says) => says.en).join('; ')}${left > 0 ? `, and ${left} more` : ''}`
  throw new Refusal(
    'stale',
    { zh: `方案 ${id} 已不成立：${zh}。请重新生成`, en: `Plan ${id} does not hold any more: ${en}. Make it again` },
    stale.map(({ subject, says }) => ({ path: subject, message: says.en })),
  )
}
