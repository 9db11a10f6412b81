// What a plan stands on, and what of it has changed since: why a plan made a while ago may not be applied. Pure.
import type { Says } from '../contract/shapes.ts'
import type { PlanCrew, PlanIncident } from './plan-state.ts'

/** The state that a plan was made for, kept with it. */
export type StandsOn = {
  incidents: Record<
    string,
    { lead_id: string | null; customers_out: number; critical_customers: number; place: string }
  >
  crews: Record<string, { on_shift: boolean; job_id: string | null; skills: string }>
  closures: string[]
}

export type Change = { subject: string; says: Says }

/** Customers restored or lost by less than this share change no order of stops. */
const sameCustomers = 0.2

export function standsOn(incidents: PlanIncident[], crews: PlanCrew[], closures: string[]): StandsOn {
  return {
    incidents: Object.fromEntries(
      incidents.map(({ id, lead_id, customers_out, critical_customers, lon, lat }) => [
        id,
        { lead_id, customers_out, critical_customers, place: `${lon.toFixed(5)},${lat.toFixed(5)}` },
      ]),
    ),
    crews: Object.fromEntries(
      crews.map(({ id, on_shift, job_id, skills }) => [id, { on_shift, job_id, skills: skills.toSorted().join(';') }]),
    ),
    closures: closures.toSorted(),
  }
}

/**
 * What has changed between the two states. Assignments that the plan itself has made (`planId`) are no change. Positions
 * are none either: a crew that drives along is still the crew that was planned.
 */
export function changesSince(
  before: StandsOn,
  incidents: PlanIncident[],
  crews: PlanCrew[],
  closures: string[],
  planId: string,
): Change[] {
  const own = new Set(crews.flatMap((crew) => (crew.job_plan_id === planId ? [crew.job_id] : [])))
  const now = standsOn(incidents, crews, closures)
  return [
    ...incidentChanges(before, now, own),
    ...crewChanges(before, now, own),
    ...(before.closures.join() === now.closures.join()
      ? []
      : [change('roads', '道路封闭情况已变化', 'Other roads are closed now')]),
  ]
}

const change = (subject: string, zh: string, en: string): Change => ({ subject, says: { zh, en } })

function incidentChanges(before: StandsOn, now: StandsOn, own: Set<string | null>): Change[] {
  const changes: Change[] = []
  for (const id of Object.keys(now.incidents))
    if (!before.incidents[id]) changes.push(change(id, `新的停电事件${id}`, `Incident ${id} is new`))
  for (const [id, was] of Object.entries(before.incidents)) {
    const is = now.incidents[id]
    if (!is) changes.push(change(id, `停电事件${id}已复电或撤销`, `Incident ${id} is restored or cancelled`))
    else if (is.lead_id !== was.lead_id && !own.has(is.lead_id))
      changes.push(change(id, `停电事件${id}的主抢班组已变化`, `Incident ${id} has another lead crew`))
    else if (is.place !== was.place)
      changes.push(change(id, `停电事件${id}的故障设备已变化`, `Incident ${id} is at another device`))
    else if (
      is.critical_customers !== was.critical_customers ||
      Math.abs(is.customers_out - was.customers_out) > sameCustomers * Math.max(was.customers_out, 5)
    )
      changes.push(
        change(
          id,
          `停电事件${id}的停电用户由${was.customers_out}户变为${is.customers_out}户`,
          `Incident ${id} has ${is.customers_out} customers out instead of ${was.customers_out}`,
        ),
      )
  }
  return changes
}

function crewChanges(before: StandsOn, now: StandsOn, own: Set<string | null>): Change[] {
  const changes: Change[] = []
  for (const [id, is] of Object.entries(now.crews)) {
    const was = before.crews[id]
    if (is.on_shift !== (was?.on_shift ?? false))
      changes.push(
        change(id, `班组${id}已${is.on_shift ? '上班' : '下班'}`, `Crew ${id} is ${is.on_shift ? 'on' : 'off'} shift`),
      )
    else if (!is.on_shift) continue
    else if (is.job_id !== (was?.job_id ?? null) && !own.has(is.job_id))
      changes.push(change(id, `班组${id}的工单已变化`, `Crew ${id} has another assignment, or is done`))
    else if (is.skills !== was?.skills) changes.push(change(id, `班组${id}的技能已变化`, `Crew ${id} has other skills`))
  }
  for (const id of Object.keys(before.crews))
    if (!now.crews[id]) changes.push(change(id, `班组${id}已不存在`, `There is no crew ${id} any more`))
  return changes
}
