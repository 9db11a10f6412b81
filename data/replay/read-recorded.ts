// Reads a recorded storm: one outage a line with everything that was published of it. The work on site lasted from the first
// crew there until the outage was last seen.
import { readIncidentHistory, BadHistory } from '../lab/read-incident-history.ts'
import type { PastIncident } from '../../server/estimates/index.ts'
import type { Cause } from '../../server/contract/incidents.ts'
import { StormRefusal, type GivenStorm, type StormOutage } from './given-storm.ts'

/** Published ends lag by up to half an hour, and "on site" is forgotten for days: what lies outside is not time at work. */
const shortest_s = 10 * 60
const longest_s = 8 * 3600

const causeOf: Partial<Record<string, Cause>> = {
  equipment: 'equipment',
  weather: 'weather',
  car_pole: 'public',
  fire: 'public',
  emergency: 'public',
  vegetation: 'vegetation',
  animal: 'wildlife',
}

/** Planned outages and those still out at the file's end are left aside. */
export async function readRecorded(file: string): Promise<GivenStorm> {
  const incidents = await readIncidentHistory(file).catch((reason: Error) => {
    throw reason instanceof BadHistory ? new StormRefusal(reason.message) : reason
  })
  const outages = incidents.filter(({ planned, open }) => !planned && !open).map(outageOf)
  if (outages.length === 0)
    throw new StormRefusal(`${file}: has no unplanned outage that ended; expected a recorded storm`)
  const nowhere = outages.find(({ x, y }) => Number.isNaN(x) || Number.isNaN(y))
  if (nowhere)
    throw new StormRefusal(`${file}: outage ${nowhere.id} has no lat and lon; expected both in degrees for each outage`)
  return { name: file, outages }
}

function outageOf(past: PastIncident): StormOutage {
  const known = past.revisions.flatMap(({ customers }) => (customers === undefined ? [] : [customers]))
  const arrived = past.revisions.find(({ stage }) => stage === 'assess_on_site' || stage === 'repair_on_site')
  const cause = past.revisions.findLast((revision) => revision.cause !== undefined)?.cause ?? 'unknown'
  return {
    id: past.id,
    startedAt_ms: past.started_s * 1000,
    customers: Math.max(1, ...known),
    x: past.lon,
    y: past.lat,
    cause: causeOf[cause] ?? 'unknown',
    onSite_s: arrived ? Math.min(longest_s, Math.max(shortest_s, past.ended_s - arrived.at_s)) : null,
  }
}
