// Plays a simple policy forward from one instant with expected times, so that it can be laid beside the plan.
import type { Routes } from './problem.ts'
import { policies, type DispatchView, type PolicyName } from './policies.ts'
import { stormProblem, type StormProblem } from './storm-problem.ts'
import { writePlan } from './storm-timetable.ts'
import { usualPrices, weightOf, type StormPlan, type StormPrices, type StormState } from './storm.ts'
import { homeOrNearestHelp } from './home-districts.ts'

/** What would come of dispatching by the policy from now on; the same shape as the plan's own result. */
export function planByPolicy(state: StormState, policy: PolicyName, prices?: Partial<StormPrices>): StormPlan {
  const all = { ...usualPrices, ...prices }
  const storm = stormProblem(state, all, () => true)
  return writePlan(state, storm, rollOut(state, storm, policy, all), policy)
}

function rollOut(state: StormState, storm: StormProblem, policy: PolicyName, prices: StormPrices): Routes {
  const { problem, stopOf } = storm
  const n = problem.incidents
  const routes: Routes = state.crews.map(() => [])
  const freeAt = state.crews.map(({ freeAt }) => Math.max(0, (freeAt - state.now) / 1000))
  const last = state.crews.map(() => -1)
  const repairOf = state.incidents.map(({ id }) => stopOf(id, 'repair'))
  const assessOf = state.incidents.map(({ id }) => stopOf(id, 'assess'))
  const isHome = homeOrNearestHelp(state.crews, state.incidents)
  const onSite_s = (crew: number, incident: number) =>
    problem.work[crew * n + repairOf[incident]!]! +
    (assessOf[incident]! < 0 ? 0 : problem.work[crew * n + assessOf[incident]!]!)
  const drive_s = (crew: number, incident: number) => {
    const drive =
      last[crew]! < 0 ? state.travel.crewTo_s(crew, incident) : state.travel.between_s(last[crew]!, incident)
    const inTime = freeAt[crew]! + drive + onSite_s(crew, incident) <= problem.latest[crew]!
    return inTime && onSite_s(crew, incident) < Infinity ? drive : Infinity
  }
  const view: Omit<DispatchView, 'freeCrews' | 'waiting'> = {
    startedAt: (incident) => state.incidents[incident]!.startedAt,
    weight: (incident) => weightOf(state.incidents[incident]!, prices),
    drive_s,
    onSite_s,
    isHome: (crew, incident) => isHome(state.crews[crew]!, state.incidents[incident]!),
  }
  const waiting = new Set(state.incidents.keys())
  const resting = new Set<number>()
  while (waiting.size > 0) {
    const awake = freeAt.filter((_, crew) => !resting.has(crew))
    if (awake.length === 0) break
    const clock = Math.min(...awake)
    const freeCrews = [...freeAt.keys()].filter((crew) => !resting.has(crew) && freeAt[crew]! <= clock)
    const sendings = policies[policy]({ ...view, freeCrews, waiting: [...waiting] })
    for (const { crew, incident } of sendings) {
      freeAt[crew] = freeAt[crew]! + drive_s(crew, incident) + onSite_s(crew, incident)
      last[crew] = incident
      waiting.delete(incident)
      if (assessOf[incident]! >= 0) routes[crew]!.push(assessOf[incident]!)
      routes[crew]!.push(repairOf[incident]!)
    }
    // Nothing new appears in a roll-out: a crew with nothing to do now has nothing to do later.
    const sent = new Set(sendings.map(({ crew }) => crew))
    for (const crew of freeCrews) if (!sent.has(crew)) resting.add(crew)
  }
  return routes
}
