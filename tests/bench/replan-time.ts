// How long the service takes to plan a whole storm again after one event.
import { planStorm, type StormState } from '../../server/dispatch/index.ts'
import { drive_m, drive_s, generateStorm, type StormSize } from '../../data/storm/generate.ts'

/** What the service allows itself, so that all of a re-plan stays within 50 ms. */
export const replanFor_ms = 30

/** One re-plan: by the clock on the wall, and of the processor, which says more where others use the machine too. */
export type ReplanTime = { wall_ms: number; processor_ms: number }

/** All incidents open at once, all crews busy for up to an hour; each re-plan follows one crew's being held up. */
export function timeReplans(size: StormSize, repeats: number): ReplanTime[] {
  const state = openStorm(size)
  const clock = () => performance.now()
  const first = planStorm(state, { budget: { milliseconds: 2000, clock }, seed: 1 })
  return Array.from({ length: repeats }, (_, repeat) => {
    const late = repeat % size.crews
    const crews = state.crews.map((crew, at) => (at === late ? { ...crew, freeAt: crew.freeAt + 5_400_000 } : crew))
    const [began, used] = [performance.now(), process.cpuUsage()]
    const budget = { milliseconds: replanFor_ms, clock }
    planStorm({ ...state, crews, previousPlan: first.crews }, { budget, seed: repeat })
    const { user, system } = process.cpuUsage(used)
    return { wall_ms: performance.now() - began, processor_ms: (user + system) / 1000 }
  })
}

function openStorm(size: StormSize): StormState {
  const storm = generateStorm(1, 'swath', size)
  return {
    now: 0,
    crews: storm.crews.map(({ id, skills, homeDistrict }, at) => ({ id, skills, homeDistrict, freeAt: at * 60_000 })),
    incidents: storm.incidents.map((made) => ({
      id: made.id,
      startedAt: -made.appearsAt_s * 1000,
      customersOut: made.customersOut,
      criticalCustomers: made.criticalCustomers,
      repair_s: made.expected_s,
      skills: made.skills,
      district: made.district,
      arrivalPromisedAt: made.promise_s * 1000,
    })),
    travel: {
      crewTo_s: (crew, incident) => drive_s(storm.crews[crew]!, storm.incidents[incident]!),
      between_s: (from, to) => drive_s(storm.incidents[from]!, storm.incidents[to]!),
      crewTo_m: (crew, incident) => drive_m(storm.crews[crew]!, storm.incidents[incident]!),
      between_m: (from, to) => drive_m(storm.incidents[from]!, storm.incidents[to]!),
    },
  }
}
