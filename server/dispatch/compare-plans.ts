// Lays a plan beside what the simple policies would come to from the same state. Pure.
import type { PlanFigures, PlanView } from '../contract/plans.ts'
import type { Says } from '../contract/shapes.ts'
import { policyNames, type PolicyName, type StormPlan, type StormState } from './planning/index.ts'

type Alternative = PlanView['alternatives'][number]
/** What some of the simple policies came to. */
export type PolicyPlans = Partial<Record<PolicyName, StormPlan>>

/**
 * The plan's figures and each policy's. An incident that one of them leaves to nobody counts as out until the last of all
 * is restored, or else leaving incidents out would look like saving.
 */
export function comparePlans(
  state: StormState,
  plan: StormPlan,
  others: PolicyPlans,
): { figures: PlanFigures; alternatives: Alternative[] } {
  const end = Math.max(state.now, ...[plan, ...Object.values(others)].flatMap(restorations))
  const figures = figuresOf(state, plan, end)
  const alternatives = policyNames.flatMap((policy): Alternative[] => {
    const other = others[policy]
    if (!other) return []
    const its = figuresOf(state, other, end)
    return [
      {
        policy,
        figures: its,
        saves: {
          customer_minutes: its.customer_minutes - figures.customer_minutes,
          distance_km: tenths(its.distance_km - figures.distance_km),
          promises: figures.promises_kept - its.promises_kept,
        },
      },
    ]
  })
  return { figures, alternatives }
}

function restorations({ crews }: StormPlan): number[] {
  return crews.flatMap(({ stops }) => stops.flatMap((stop) => (stop.restoredAt === undefined ? [] : [stop.restoredAt])))
}

const tenths = (value: number) => Math.round(value * 10) / 10

function figuresOf(state: StormState, plan: StormPlan, end: number): PlanFigures {
  const restored = new Set(
    plan.crews.flatMap(({ stops }) =>
      stops.flatMap((stop) => (stop.restoredAt === undefined ? [] : [stop.incidentId])),
    ),
  )
  const left = state.incidents.filter((incident) => !restored.has(incident.id))
  const waiting = left.reduce(
    (sum, { customersOut, startedAt }) => sum + (customersOut * (end - startedAt)) / 60_000,
    0,
  )
  return {
    customer_minutes: Math.round(plan.figures.customerMinutes + waiting),
    distance_km: tenths(plan.figures.distance_km),
    promises_owed: state.incidents.filter((incident) => incident.arrivalPromisedAt !== undefined).length,
    promises_kept: plan.figures.promisesKept,
    unassigned: left.length,
  }
}

/** The comparison in one sentence. */
export function saysOf(figures: PlanFigures, alternatives: Alternative[]): Says {
  const home = alternatives.find(({ policy }) => policy === 'home_first_come')
  if (!home || home.figures.customer_minutes === 0)
    return { zh: '没有等待派单的停电事件。', en: 'No incident waits for a crew.' }
  const minutes = Math.abs(home.saves.customer_minutes)
  const [zh, en] = home.saves.customer_minutes >= 0 ? ['少', 'fewer'] : ['多', 'more']
  return {
    zh: `比本区先来先修${zh}停${minutes}户·分钟，到场承诺兑现${figures.promises_kept}/${figures.promises_owed}。`,
    en: `${minutes} ${en} customer-minutes than home district, first come; ${figures.promises_kept} of ${figures.promises_owed} arrival promises kept.`,
  }
}
