// One turn of a dispatcher who follows a simple policy: every free crew that the policy sends somewhere now is offered it. What
// the storm plan is laid beside, as a way of working.
import { Refusal } from '../contract/refusal.ts'
import { offerAssignment } from './assign.ts'
import type { DispatchDeps } from './candidates.ts'
import { readGround, stateOf } from './make-plan.ts'
import { planByPolicy, type PolicyName } from './planning/index.ts'

/** Offers what `policy` sends now; answers how many offers were made. One that was lost to somebody else is passed over. */
export async function sendByPolicy(deps: DispatchDeps, policy: PolicyName, actor: string): Promise<number> {
  const now = deps.now()
  const ground = await readGround(deps.database, now)
  const free = new Set(ground.crews.filter(({ on_shift, job_id }) => on_shift && job_id === null).map(({ id }) => id))
  if (free.size === 0 || ground.incidents.every(({ lead_id }) => lead_id !== null)) return 0
  let offered = 0
  for (const { crewId, stops } of planByPolicy(stateOf(deps, ground, now), policy).crews) {
    const [first] = stops
    if (!first || !free.has(crewId)) continue
    try {
      await offerAssignment(deps, first.incidentId, { crew_id: crewId, role: 'lead' }, actor)
      offered++
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason
    }
  }
  return offered
}
