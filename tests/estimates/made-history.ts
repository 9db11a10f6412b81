// A made-up region whose laws are known: a crew assesses for half the time, weather trebles it, and the utility always
// says three hours.
import type { PastIncident } from '../../server/estimates/index.ts'
import { seeded } from '../../server/estimates/random.ts'

export const begin_s = Date.parse('2024-03-01T00:00:00Z') / 1000
export const hour_s = 3600

/** The median hours to restoration by cause. */
export const madeHours = { equipment: 2, vegetation: 6 }

export function madeHistory(count: number, seed: number, slower = 1, from_s = begin_s): PastIncident[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => {
    const started_s = from_s + Math.round(index * 900 + random() * 600)
    const cause = random() < 0.5 ? ('equipment' as const) : ('vegetation' as const)
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const duration_s = Math.round(slower * madeHours[cause] * hour_s * Math.exp(0.6 * normal))
    return {
      id: `${seed}-${index}`,
      started_s,
      revisions: [
        { at_s: started_s, customers: 10, stage: 'assess_assigned', cause, said_at_s: started_s + 3 * hour_s },
        { at_s: started_s + Math.round(duration_s / 2), stage: 'assess_on_site' },
      ],
      ended_s: started_s + duration_s,
      open: false,
      planned: false,
      lon: 113 + random(),
      lat: 22 + random(),
    }
  })
}
