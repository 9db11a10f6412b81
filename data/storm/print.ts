// A comparison of policies as a table for people.
import type { StormComparison } from './compare.ts'

/** One line a policy: customer-minutes, the plan's share of them, kilometres, promises, crews re-planned. */
export function stormTable(comparison: StormComparison): string {
  const { seed, shape, incidents, crews, districts } = comparison
  const lines = comparison.policies.map((policy) => {
    const against = comparison.plan_against[policy.policy]
    const changed = policy.share_of_crews_replanned
    return [
      policy.policy.padEnd(26),
      Math.round(policy.customer_minutes).toString().padStart(16),
      (against === undefined ? '' : against.toFixed(3)).padStart(13),
      policy.distance_km.toFixed(0).padStart(8),
      `${policy.promises_kept}/${policy.promises_owed}`.padStart(14),
      policy.last_restored_h.toFixed(1).padStart(16),
      (changed === undefined ? '' : `${(changed * 100).toFixed(2)} %`).padStart(20),
    ].join('')
  })
  return [
    `storm ${shape}, seed ${seed}: ${incidents} incidents, ${crews} crews, ${districts} districts`,
    'policy                    customer-minutes plan/policy      km promises kept last restored, h crews changed a plan',
    ...lines,
  ].join('\n')
}
