import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  homeOrNearestHelp,
  planByPolicy,
  planStorm,
  policyNames,
  seededRandom,
  type StormCrew,
  type StormIncident,
  type StormPlan,
  type StormState,
} from '../../server/dispatch/index.ts'

const minute = 60_000
const noon = Date.UTC(2026, 6, 1, 12)

type At = { km: number }

/** Crews and incidents along one road; a kilometre a minute. */
function onTheRoad(
  crews: (At & Partial<StormCrew> & { id: string })[],
  incidents: (At & Partial<StormIncident> & { id: string })[],
): StormState {
  const between_m = (a: At, b: At) => Math.abs(a.km - b.km) * 1000
  return {
    now: noon,
    crews: crews.map((crew) => ({ freeAt: noon, skills: [], ...crew })),
    incidents: incidents.map((incident) => ({
      startedAt: noon,
      customersOut: 10,
      repair_s: 3600,
      skills: [],
      ...incident,
    })),
    travel: {
      crewTo_s: (c, i) => between_m(crews[c]!, incidents[i]!) * 0.06,
      between_s: (a, b) => between_m(incidents[a]!, incidents[b]!) * 0.06,
      crewTo_m: (c, i) => between_m(crews[c]!, incidents[i]!),
      between_m: (a, b) => between_m(incidents[a]!, incidents[b]!),
    },
  }
}

function plan(state: StormState, iterations = 300): StormPlan {
  return planStorm(state, { budget: { iterations }, seed: 1 })
}

function stopsOf(found: StormPlan, crewId: string): string[] {
  return found.crews
    .find((crew) => crew.crewId === crewId)!
    .stops.map(({ incidentId, kind }) => `${kind} ${incidentId}`)
}

describe('the storm plan', () => {
  test('says when each crew arrives, when supply is back, and what it comes to', () => {
    //  0 km     10 km
    //  red      a
    const found = plan(onTheRoad([{ id: 'red', km: 0 }], [{ id: 'a', km: 10, arrivalPromisedAt: noon + 15 * minute }]))
    expect(found.crews[0]!.stops).toEqual([
      {
        incidentId: 'a',
        kind: 'repair',
        arriveAt: noon + 10 * minute,
        completeAt: noon + 70 * minute,
        restoredAt: noon + 70 * minute,
        travel_s: 600,
        distance_m: 10_000,
        promiseKept: true,
      },
    ])
    expect(found.figures).toMatchObject({ customerMinutes: 700, distance_km: 10, promisesOwed: 1, promisesKept: 1 })
  })

  test('sends the crew across the boundary when it is nearer', () => {
    const state = onTheRoad(
      [
        { id: 'home', km: 0, homeDistrict: 'north' },
        { id: 'next', km: 30, homeDistrict: 'south' },
      ],
      [{ id: 'a', km: 28, district: 'north' }],
    )
    expect(stopsOf(plan(state), 'next')).toEqual(['repair a'])
    const mayServe = homeOrNearestHelp(state.crews, state.incidents)
    const inside = planStorm(state, { budget: { iterations: 20 }, seed: 1, mayServe })
    expect(stopsOf(inside, 'home')).toEqual(['repair a'])
  })

  test('restores the critical customer first', () => {
    const found = plan(
      onTheRoad(
        [{ id: 'red', km: 0 }],
        [
          { id: 'village', km: 1, customersOut: 50 },
          { id: 'hospital', km: 2, customersOut: 1, criticalCustomers: 1 },
        ],
      ),
    )
    expect(stopsOf(found, 'red')).toEqual(['repair hospital', 'repair village'])
  })

  test('lets any crew assess first, and the skilled one repair once the cause is known', () => {
    //  0 km          20 km      40 km
    //  patrol        a          cable
    const found = plan(
      onTheRoad(
        [
          { id: 'patrol', km: 10 },
          { id: 'cable', km: 45, skills: ['cable'] },
        ],
        [{ id: 'a', km: 20, assessment_s: 900, skills: ['cable'] }],
      ),
    )
    expect(stopsOf(found, 'patrol')).toEqual(['assess a'])
    const [repair] = found.crews[1]!.stops
    expect(repair).toMatchObject({ kind: 'repair', arriveAt: noon + 25 * minute, completeAt: noon + 85 * minute })
  })

  test('makes a repair wait for its assessment', () => {
    const state = onTheRoad(
      [
        { id: 'patrol', km: 50 },
        { id: 'cable', km: 21, skills: ['cable'], freeAt: noon },
      ],
      [{ id: 'a', km: 20, assessment_s: 600, skills: ['cable'] }],
    )
    const found = plan(state)
    const stops = found.crews.flatMap((crew) => crew.stops)
    const assess = stops.find((stop) => stop.kind === 'assess')!
    const repair = stops.find((stop) => stop.kind === 'repair')!
    expect(repair.completeAt).toBe(Math.max(repair.arriveAt, assess.completeAt) + 60 * minute)
    expect(assess.completeAt).toBe(noon + 11 * minute)
  })

  test('counts a downstream repair only once upstream is done', () => {
    const found = plan(
      onTheRoad(
        [
          { id: 'red', km: 0 },
          { id: 'blue', km: 60 },
        ],
        [
          { id: 'branch', km: 1, upstreamId: 'trunk' },
          { id: 'trunk', km: 59, customersOut: 500, repair_s: 7200 },
        ],
      ),
    )
    const branch = found.crews.flatMap((crew) => crew.stops).find((stop) => stop.incidentId === 'branch')!
    expect(branch.restoredAt).toBe(noon + 121 * minute)
    expect(branch.completeAt).toBeLessThan(branch.restoredAt!)
  })

  test('survives two incidents that each name the other as upstream', () => {
    const found = plan(
      onTheRoad(
        [{ id: 'red', km: 0 }],
        [
          { id: 'a', km: 1, upstreamId: 'b' },
          { id: 'b', km: 2, upstreamId: 'a' },
        ],
      ),
    )
    expect(found.unassigned).toEqual([])
    expect(found.crews[0]!.stops).toHaveLength(2)
  })

  test('sends the generator where the repair is long, and takes off what it saves', () => {
    const state = onTheRoad(
      [
        { id: 'red', km: 0 },
        { id: 'power', km: 0, generator: true },
      ],
      [{ id: 'a', km: 10, customersOut: 100, repair_s: 6 * 3600, generatorGroup: { customers: 80, connect_s: 1200 } }],
    )
    const found = plan(state)
    expect(stopsOf(found, 'red')).toEqual(['repair a'])
    expect(stopsOf(found, 'power')).toEqual(['generator a'])
    expect(found.figures.generatorCustomerMinutes).toBe(80 * 340)
    expect(found.figures.customerMinutes).toBe(100 * 370 - 80 * 340)
  })

  test('says why an incident is left to nobody', () => {
    const found = plan(
      onTheRoad(
        [
          { id: 'red', km: 0, skills: ['lv'], shiftEndsAt: noon + 90 * minute },
          { id: 'power', km: 0, skills: ['live_line'], generator: true },
        ],
        [
          { id: 'near', km: 1, customersOut: 90 },
          { id: 'later', km: 2, customersOut: 5 },
          { id: 'live', km: 3, skills: ['live_line'] },
        ],
      ),
    )
    expect(stopsOf(found, 'red')).toEqual(['repair near'])
    expect(found.unassigned).toEqual([
      { incidentId: 'later', reason: 'shift', says: 'no crew that can do it ends within its shift' },
      { incidentId: 'live', reason: 'skills', says: 'no crew has the skill live_line' },
    ])
  })

  test('keeps to what crews were told while a change saves less than its price', () => {
    const state = onTheRoad(
      [{ id: 'red', km: 0 }],
      [
        { id: 'a', km: 1, customersOut: 10 },
        { id: 'b', km: 2, customersOut: 10 },
      ],
    )
    state.previousPlan = [{ crewId: 'red', stops: [{ incidentId: 'b', kind: 'repair' }] }]
    expect(stopsOf(plan(state), 'red')).toEqual(['repair b', 'repair a'])
    const free = planStorm(state, { budget: { iterations: 200 }, seed: 1, prices: { change: 0 } })
    expect(stopsOf(free, 'red')).toEqual(['repair a', 'repair b'])
    expect(free.figures.crewsChanged).toBe(1)
  })

  test('takes a previous plan that names crews and incidents no longer there', () => {
    const state = onTheRoad([{ id: 'red', km: 0 }], [{ id: 'a', km: 1 }])
    const stop = { incidentId: 'a', kind: 'repair' } as const
    state.previousPlan = [
      { crewId: 'gone', stops: [stop] },
      { crewId: 'red', stops: [{ incidentId: 'closed', kind: 'repair' }, stop, stop] },
    ]
    expect(stopsOf(plan(state), 'red')).toEqual(['repair a'])
  })

  test('plans nothing for no crews or no incidents', () => {
    expect(plan(onTheRoad([], [{ id: 'a', km: 1 }])).unassigned).toHaveLength(1)
    expect(plan(onTheRoad([{ id: 'red', km: 0 }], [])).crews).toEqual([{ crewId: 'red', stops: [] }])
  })
})

function byChance(seed: number, crews: number, incidents: number): StormState {
  const random = seededRandom(seed)
  const some = (items: string[]) => items.filter(() => random() < 0.5)
  const district = () => `district-${Math.floor(random() * 3)}`
  return onTheRoad(
    Array.from({ length: crews }, (_, c) => ({
      id: `crew-${c}`,
      km: random() * 100,
      homeDistrict: district(),
      skills: some(['mv', 'cable']),
      freeAt: noon + random() * 60 * minute,
      generator: random() < 0.1,
      ...(random() < 0.5 ? { shiftEndsAt: noon + random() * 600 * minute } : {}),
    })),
    Array.from({ length: incidents }, (_, i) => ({
      id: `incident-${i}`,
      km: random() * 100,
      customersOut: Math.floor(random() * 300),
      district: district(),
      skills: some(['mv', 'cable']),
      arrivalPromisedAt: noon + 90 * minute,
      ...(random() < 0.3 ? { assessment_s: 600 } : {}),
      ...(random() < 0.3 ? { upstreamId: `incident-${Math.floor(random() * incidents)}` } : {}),
      ...(random() < 0.2 ? { generatorGroup: { customers: 20, connect_s: 900 } } : {}),
    })),
  )
}

test('the plan and every policy list each crew, and each incident once: with a crew that can do it, or left over', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 15 }),
      (seed, crews, incidents) => {
        const state = byChance(seed, crews, incidents)
        for (const found of [plan(state, 40), ...policyNames.map((policy) => planByPolicy(state, policy))]) {
          expect(found.crews.map(({ crewId }) => crewId)).toEqual(state.crews.map(({ id }) => id))
          const repairs = found.crews.flatMap(({ stops }) => stops.filter(({ kind }) => kind === 'repair'))
          const ids = [...repairs, ...found.unassigned].map(({ incidentId }) => incidentId)
          expect(ids.toSorted()).toEqual(state.incidents.map(({ id }) => id).toSorted())
          found.crews.forEach(({ stops }, crew) => {
            for (const stop of stops.filter(({ kind }) => kind === 'repair')) {
              const incident = state.incidents.find(({ id }) => id === stop.incidentId)!
              expect(state.crews[crew]!.skills).toEqual(expect.arrayContaining(incident.skills))
              expect(stop.restoredAt).toBeGreaterThanOrEqual(stop.completeAt)
            }
          })
        }
      },
    ),
    { numRuns: 40, seed: 9 },
  )
})

describe('a policy', () => {
  const state = onTheRoad(
    [
      { id: 'north', km: 0, homeDistrict: 'north' },
      { id: 'south', km: 60, homeDistrict: 'south' },
    ],
    [
      { id: 'old', km: 50, district: 'north', startedAt: noon - 30 * minute, customersOut: 2 },
      { id: 'large', km: 10, district: 'north', startedAt: noon - 10 * minute, customersOut: 400 },
    ],
  )

  test.each([
    ['home_first_come', ['repair old', 'repair large'], []],
    ['home_customers_first', ['repair large', 'repair old'], []],
    ['any_first_come', ['repair large'], ['repair old']],
    ['any_customers_first', ['repair large'], ['repair old']],
    ['assignment_rounds', ['repair large'], ['repair old']],
  ] as const)('%s sends crews as its name says', (policy, north, south) => {
    const found = planByPolicy(state, policy)
    expect(found.policy).toBe(policy)
    expect(stopsOf(found, 'north')).toEqual(north)
    expect(stopsOf(found, 'south')).toEqual(south)
  })

  test('helps out a district that has no crew of its own for the work', () => {
    const alone = onTheRoad([{ id: 'south', km: 60, homeDistrict: 'south' }], [{ id: 'a', km: 1, district: 'north' }])
    expect(stopsOf(planByPolicy(alone, 'home_first_come'), 'south')).toEqual(['repair a'])
  })
})
