import { expect, test } from 'vitest'
import { policyDispatcher } from '../../data/storm/dispatchers.ts'
import { compareOnStorm } from '../../data/storm/compare.ts'
import { generateStorm, type Storm } from '../../data/storm/generate.ts'
import { simulateStorm } from '../../data/storm/simulate.ts'

const size = { incidents: 30, crews: 6, districts: 3 }

test('the same seed makes the same storm, another seed another', () => {
  expect(generateStorm(4, 'swath', size)).toEqual(generateStorm(4, 'swath', size))
  expect(generateStorm(4, 'swath', size)).not.toEqual(generateStorm(5, 'swath', size))
})

test('a moving storm strikes a narrower strip than a scattered one', () => {
  const meanGap = (shape: 'swath' | 'uniform') => {
    const { incidents } = generateStorm(2, shape, { incidents: 400, crews: 1, districts: 1 })
    const early = incidents.slice(0, 40)
    const middle = { x: mean(early.map(({ x_km }) => x_km)), y: mean(early.map(({ y_km }) => y_km)) }
    return mean(early.map(({ x_km, y_km }) => Math.hypot(x_km - middle.x, y_km - middle.y)))
  }
  expect(meanGap('swath')).toBeLessThan(meanGap('uniform'))
})

test('customers wait from when the incident appears until the real repair time has passed', () => {
  //  crew at 0 km; a appears at minute 10, 20 km away: 26 km of road, 39 min; repair really takes 60 min
  const storm: Storm = {
    shape: 'uniform',
    crews: [{ id: 'red', homeDistrict: 'north', skills: [], x_km: 0, y_km: 0 }],
    incidents: [
      {
        id: 'a',
        district: 'north',
        x_km: 20,
        y_km: 0,
        appearsAt_s: 600,
        customersOut: 5,
        criticalCustomers: 0,
        skills: [],
        promise_s: 3600,
        expected_s: 600,
        actual_s: 3600,
      },
    ],
  }
  const figures = simulateStorm(storm, policyDispatcher(storm, 'any_first_come'))
  expect(figures.customer_minutes).toBeCloseTo(5 * 99, 6)
  expect(figures.distance_km).toBeCloseTo(26, 6)
  expect(figures).toMatchObject({ promises_kept: 1, promises_owed: 1 })
})

test('every way of dispatching restores every incident of the storm, and a run can be repeated', () => {
  const comparison = compareOnStorm(3, 'swath', size, 20)
  expect(comparison.policies).toHaveLength(8)
  for (const policy of comparison.policies) expect(policy.customer_minutes).toBeGreaterThan(0)
  expect(compareOnStorm(3, 'swath', size, 20)).toEqual(comparison)
})

test('the plan cannot send a crew that is busy or lacks the skill', () => {
  const storm = generateStorm(1, 'uniform', size)
  const twice = { name: 'twice', decide: () => [0, 0].map((crew) => ({ crew, incident: 0 })) }
  expect(() => simulateStorm(storm, twice)).toThrow('incident 0 does not wait')
})

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
