// What a storm plan makes of a restoration time. The middle is what the plan says. The plan knows the drives and the order of the
// work, and of each work its usual length only: the interval is that of the works' sum, as a gamma distribution of the same mean and
// variance, its quantiles by Wilson and Hilferty (1931). The model's own spread is not added: most of it is the waiting, which the
// plan knows. What the plan leaves out, incidents to come above all, its outcomes make good
// (`planned-outcomes.ts`).
import type { Estimate } from './predict.ts'

/** When the plan has supply back, and the works on the way there, each as long as it usually is. */
export type PlannedReturn = { restored_s: number; works_s: number[] }

/**
 * Standard deviation of a work's time on site over its mean. In three of the laboratory's storms, played under the plan, 81 % of
 * 9,871 planned returns came true inside the interval; 0.5 gave 71 % and 1.0 gave 90 %.
 */
const spread = 0.66
/** Of nine tenths, in standard deviations of the normal distribution. */
const nine_tenths = 1.2816

export function plannedEstimate({ restored_s, works_s }: PlannedReturn, now_s: number): Estimate {
  const left_s = Math.max(0, restored_s - now_s)
  const usual_s = works_s.reduce((sum, each) => sum + each, 0)
  const mean_s = Math.min(left_s, usual_s)
  const deviation = (spread * Math.hypot(...works_s)) / Math.max(1, usual_s)
  const ninth = deviation ** 2 / 9
  const at = (normal: number) => left_s - mean_s + mean_s * Math.max(0, 1 - ninth + normal * Math.sqrt(ninth)) ** 3
  return {
    low_s: Math.min(left_s, at(-nine_tenths)),
    estimate_s: left_s,
    high_s: Math.max(left_s, at(nine_tenths)),
    source: 'the storm plan in force',
  }
}
