// The ways of dispatching as they meet a simulated storm: the simple policies, and the plan made again at every turn.
import {
  homeOrNearestHelp,
  planStorm,
  policies,
  usualPrices,
  weightOf,
  type PolicyName,
  type Sending,
  type StormCrew,
  type StormIncident,
  type StormState,
  type ToldPlan,
} from '../../server/dispatch/index.ts'
import { drive_m, drive_s, type MadeCrew, type MadeIncident, type Storm } from './generate.ts'
import type { Dispatcher, Situation } from './simulate.ts'

/** The simple policies know the incidents' weights and expected times just as the plan does. */
export function policyDispatcher(storm: Storm, name: PolicyName): Dispatcher {
  const crews = storm.crews.map((crew) => asCrew(crew, 0))
  const incidents = storm.incidents.map(asIncident)
  const isHome = homeOrNearestHelp(crews, incidents)
  const able = (crew: number, incident: number) =>
    incidents[incident]!.skills.every((skill) => crews[crew]!.skills.includes(skill))
  return {
    name,
    decide: ({ waiting, freeCrews, freePlace }) =>
      freeCrews.length === 0
        ? []
        : policies[name]({
            freeCrews,
            waiting,
            startedAt: (incident) => incidents[incident]!.startedAt,
            weight: (incident) => weightOf(incidents[incident]!, usualPrices),
            drive_s: (crew, incident) =>
              able(crew, incident) ? drive_s(freePlace[crew]!, storm.incidents[incident]!) : Infinity,
            onSite_s: (_, incident) => incidents[incident]!.repair_s,
            isHome: (crew, incident) => isHome(crews[crew]!, incidents[incident]!),
          }),
  }
}

export type PlanChoices = { iterations: number; changePrice: number; insideDistricts: boolean; seed: number }

/** How often the plan was made again, and how many crews then had another next stop than they were told. */
export type Replans = { count: number; crewsChanged: number }

/** Plans again whenever an incident appears or a repair time is revealed; in between crews follow what they were told. */
export function planDispatcher(name: string, storm: Storm, choices: PlanChoices): Dispatcher & { replans: Replans } {
  const replans: Replans = { count: 0, crewsChanged: 0 }
  const all = storm.incidents.map(asIncident)
  const mayServe = homeOrNearestHelp(
    storm.crews.map((crew) => asCrew(crew, 0)),
    all,
  )
  const indexOf = new Map(all.map(({ id }, at) => [id, at]))
  let told: ToldPlan = []
  const replan = (situation: Situation) => {
    const plan = planStorm(stateOf(situation, all, told), {
      budget: { iterations: choices.iterations },
      seed: choices.seed + replans.count,
      prices: { change: choices.changePrice },
      ...(choices.insideDistricts ? { mayServe } : {}),
    })
    replans.count++
    replans.crewsChanged += plan.figures.crewsChanged
    told = plan.crews
  }
  const decide = (situation: Situation): Sending[] => {
    const idle = situation.freeCrews.some((crew) => !told[crew]?.stops.length)
    if (situation.cause !== 'finishes' || idle) replan(situation)
    return situation.freeCrews.flatMap((crew) => {
      const next = told[crew]?.stops[0]
      if (!next) return []
      told[crew] = { crewId: told[crew]!.crewId, stops: told[crew]!.stops.slice(1) }
      return [{ crew, incident: indexOf.get(next.incidentId)! }]
    })
  }
  return { name, decide, replans }
}

function stateOf(situation: Situation, all: StormIncident[], told: ToldPlan): StormState {
  const { storm, waiting, freeAt_s, freePlace, now_s } = situation
  const place = (incident: number) => storm.incidents[waiting[incident]!]!
  return {
    crews: storm.crews.map((crew, at) => asCrew(crew, freeAt_s[at]!)),
    incidents: waiting.map((incident) => all[incident]!),
    now: now_s * 1000,
    ...(told.length > 0 ? { previousPlan: told } : {}),
    travel: {
      crewTo_s: (crew, incident) => drive_s(freePlace[crew]!, place(incident)),
      between_s: (from, to) => drive_s(place(from), place(to)),
      crewTo_m: (crew, incident) => drive_m(freePlace[crew]!, place(incident)),
      between_m: (from, to) => drive_m(place(from), place(to)),
    },
  }
}

function asCrew({ id, skills, homeDistrict }: MadeCrew, freeAt_s: number): StormCrew {
  return { id, skills, homeDistrict, freeAt: freeAt_s * 1000 }
}

function asIncident(made: MadeIncident): StormIncident {
  return {
    id: made.id,
    startedAt: made.appearsAt_s * 1000,
    customersOut: made.customersOut,
    criticalCustomers: made.criticalCustomers,
    repair_s: made.expected_s,
    skills: made.skills,
    district: made.district,
    arrivalPromisedAt: (made.appearsAt_s + made.promise_s) * 1000,
  }
}
