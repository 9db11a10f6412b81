// Offers an incident to a crew: the one that a person names, or the best that has not refused it.
import type { AssignmentView, Candidate } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import { incidentStatusZh } from '../contract/status-words.ts'
import { createId, type Transaction } from '../database/index.ts'
import { outStates } from '../incidents/index.ts'
import { findCandidates, routeOf, type DispatchDeps } from './candidates.ts'
import { arrivalPromisedAt, type Target } from './rank.ts'
import { answer_s } from './rules.ts'
import { answerHelp } from './answer-help.ts'
import { tellAssignment } from './tell-assignment.ts'

export type Offering = {
  crew_id?: string | undefined
  auto?: boolean | undefined
  role: 'lead' | 'support'
  plan_id?: string
  handed_from?: string
  /** A person names the crew, and may have reason to name one that did not take it before; no plan or policy goes back to it. */
  by_person?: boolean
}

/** What `offered_by` of an automatic offer begins with; a refused one goes to the next crew by itself. */
export const automatic = 'auto:'

/** Offers incident `incidentId`; throws Refusal `conflict` where the crew or the lead is taken. */
export function offerAssignment(
  deps: DispatchDeps,
  incidentId: string,
  offering: Offering,
  actor: string,
): Promise<AssignmentView> {
  return deps.database.transaction((transaction) => offerWithin(deps, transaction, incidentId, offering, actor))
}

/** The same within a transaction that has begun. */
export async function offerWithin(
  deps: DispatchDeps,
  transaction: Transaction,
  incidentId: string,
  offering: Offering,
  actor: string,
): Promise<AssignmentView> {
  const { target, candidates } = await findCandidates(deps, transaction, incidentId, { limit: Infinity, routes: false })
  if (!outStates.includes(target.status as 'suspected'))
    throw new Refusal('out_of_order', {
      zh: `停电事件 ${incidentId} 的状态是“${incidentStatusZh[target.status]}”：不需要派人去`,
      en: `Incident ${incidentId} is ${target.status}: nobody needs to drive there`,
    })
  const untried = candidates.filter((each) => !each.refused_before)
  const chosen = offering.auto
    ? firstFree(untried, incidentId)
    : named(offering.by_person ? candidates : untried, offering.crew_id!, incidentId)
  const id = createId('asg')
  await insert(deps, transaction, {
    id,
    target,
    chosen,
    home: firstOfHome(untried, target),
    offering,
    by: offering.auto ? `${automatic}${actor}` : actor,
  })
  if (offering.role === 'support') await answerHelp(deps, transaction, { id: null, incident_id: target.id }, actor)
  return tellAssignment(deps, transaction, id, 'offered', actor)
}

function firstFree(candidates: Candidate[], incidentId: string): Candidate {
  const chosen = candidates.find((each) => each.free && each.skills_missing.length === 0)
  if (!chosen)
    throw new Refusal('unprocessable', {
      zh: `当班班组中，没有技能合适又有空的能去停电事件 ${incidentId}`,
      en: `No crew on shift with the right skills is free for incident ${incidentId}`,
    })
  return chosen
}

function named(candidates: Candidate[], crewId: string, incidentId: string): Candidate {
  const chosen = candidates.find((each) => each.crew_id === crewId)
  if (!chosen)
    throw new Refusal('unprocessable', {
      zh: `班组 ${crewId} 不能派往停电事件 ${incidentId}：没有这个班组、不当班，或已拒绝过`,
      en: `Crew ${crewId} cannot be sent to incident ${incidentId}: it does not exist, is off shift, or has refused it already`,
    })
  return chosen
}

/** The soonest of the incident's own district that has the skills: what staying inside it would have meant. */
function firstOfHome(candidates: Candidate[], target: Target): Candidate | null {
  const home = candidates.filter(
    (each) => each.home_district === target.district_code && each.skills_missing.length === 0,
  )
  return home.sort((a, b) => Date.parse(a.arrives_at) - Date.parse(b.arrives_at))[0] ?? null
}

type Insertion = {
  id: string
  target: Target
  chosen: Candidate
  home: Candidate | null
  offering: Offering
  by: string
}

async function insert(
  deps: DispatchDeps,
  transaction: Transaction,
  { id, target, chosen, home, offering, by }: Insertion,
): Promise<void> {
  const now = deps.now()
  const crew = await transaction.one<{ lon: number; lat: number }>('crews/read_position', { id: chosen.crew_id })
  const offered = await transaction.touch('dispatch/offer_assignment', {
    id,
    incident_id: target.id,
    crew_id: chosen.crew_id,
    role: offering.role,
    offered_by: by,
    now,
    answer_by: new Date(now.getTime() + answer_s * 1000),
    travel_s: chosen.travel_s,
    distance_m: chosen.distance_m,
    method: chosen.method,
    crosses_boundary: chosen.crosses_boundary,
    promised_at: arrivalPromisedAt(target),
    arrives_at: chosen.arrives_at,
    route: JSON.stringify(routeOf(deps.roads, crew, target)),
    home_arrives_at: home?.arrives_at ?? null,
    customers_at_offer: target.customers_out ?? null,
    plan_id: offering.plan_id ?? null,
    handed_from: offering.handed_from ?? null,
  })
  if (offered === 0) throw await raceOf(transaction, target.id, chosen.crew_id)
}

/** The unique indices have the last word on who was first; which of the two it was is read after. */
async function raceOf(transaction: Transaction, incidentId: string, crewId: string): Promise<Refusal> {
  const [busy] = await transaction.rows('dispatch/list_assignments', {
    before: null,
    before_id: null,
    crew_id: crewId,
    incident_id: null,
    active: true,
    limit: 1,
  })
  return busy
    ? new Refusal('conflict', {
        zh: `班组 ${crewId} 手上已有工单：一次只能一单`,
        en: `Crew ${crewId} has an assignment already: one at a time`,
      })
    : new Refusal('conflict', {
        zh: `停电事件 ${incidentId} 已有主责班组：请先撤回，或派这个班组支援`,
        en: `Incident ${incidentId} has a lead crew already: withdraw it first, or send this one in support`,
      })
}
