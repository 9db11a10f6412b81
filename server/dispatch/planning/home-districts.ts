// Which crews a district counts as its own, and who helps where it has none that can do the work.
import { missingSkills, type StormCrew, type StormIncident } from './storm.ts'
import type { MayServe } from './storm-problem.ts'

/**
 * A crew may serve its home district; a district without any crew of the needed skills is helped by all, as mutual aid
 * is arranged in practice, or else its incidents would never be restored and the comparison would flatter the plan.
 */
export function homeOrNearestHelp(crews: StormCrew[], incidents: StormIncident[]): MayServe {
  const known = new Map<string, boolean>()
  const hasOwn = (incident: StormIncident): boolean => {
    const key = `${incident.district} ${incident.skills.join()}`
    const already = known.get(key)
    if (already !== undefined) return already
    const own = crews.some(
      (crew) =>
        !crew.generator && crew.homeDistrict === incident.district && missingSkills(crew, incident).length === 0,
    )
    known.set(key, own)
    return own
  }
  for (const incident of incidents) hasOwn(incident)
  return (crew, incident) => crew.homeDistrict === incident.district || !hasOwn(incident)
}
