// What the storm plan is made of, from what the tables and the roads say. Pure: facts and drives in, the planner's state out.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { StormCrew, StormIncident, StormTravel } from './planning/index.ts'
import { freeAt, skillsFor, startsFrom, type CrewFacts, type Target } from './rank.ts'
import { assessment_s, connect_s, generatorHelps, repairTime_s } from './repair-times.ts'

/** An open incident as the plan needs it. */
export type PlanIncident = {
  id: string
  status: IncidentStatus
  hazard: boolean
  equipment_kind: Target['equipment_kind']
  cause: string | null
  district_code: string | null
  started_at: Date
  promised_at: Date
  customers_out: number
  critical_customers: number
  transformer_ids: string[]
  feeder_id: string | null
  lon: number
  lat: number
  lead_id: string | null
  lead_plan_id: string | null
  visited: boolean
}

/** A crew with its shift's end and the assignment it is on. */
export type PlanCrew = CrewFacts & {
  shift_ends_at: Date | null
  job_id: string | null
  job_incident_id: string | null
  job_role: 'lead' | 'support' | null
  job_plan_id: string | null
}

export type Place = { lon: number; lat: number }
/** Drives between places, row by row, as `Roads.driveMatrix` gives them. */
export type Drives = { travel_s: ArrayLike<number>; distance_m: ArrayLike<number> }

/** The incidents that are still to be given a lead, and the crews on shift. */
export function workOf<I extends PlanIncident, C extends PlanCrew>(
  incidents: I[],
  crews: C[],
): { open: I[]; onShift: C[] } {
  return {
    open: incidents.filter((incident) => incident.lead_id === null),
    onShift: crews.filter((crew) => crew.on_shift),
  }
}

/** A crew in the planner's words; a generator vehicle repairs nothing. */
export function stormCrewOf(crew: PlanCrew, now: Date): StormCrew {
  return {
    id: crew.id,
    freeAt: freeAt(crew, now).getTime(),
    skills: crew.skills.includes('mv') ? [...new Set([...crew.skills, 'lv'])] : crew.skills,
    ...(crew.home_district === null ? {} : { homeDistrict: crew.home_district }),
    ...(crew.shift_ends_at === null ? {} : { shiftEndsAt: crew.shift_ends_at.getTime() }),
    ...(crew.skills.includes('generator') && !crew.skills.includes('mv') && !crew.skills.includes('lv')
      ? { generator: true }
      : {}),
  }
}

/** An incident in the planner's words: to be assessed first where its cause is unknown and nobody has been there. */
export function stormIncidentOf(incident: PlanIncident, upstreamId: string | null): StormIncident {
  const isUnknown = ['suspected', 'probable'].includes(incident.status) && incident.cause === null && !incident.visited
  const kind = incident.equipment_kind
  return {
    id: incident.id,
    startedAt: incident.started_at.getTime(),
    // A hazard cuts nobody off, yet it may not wait behind all who are out.
    customersOut: Math.max(incident.customers_out, 1),
    criticalCustomers: incident.critical_customers + (incident.hazard ? 1 : 0),
    repair_s: repairTime_s(kind),
    ...(isUnknown ? { assessment_s } : {}),
    skills: skillsFor(kind),
    ...(incident.district_code === null ? {} : { district: incident.district_code }),
    ...(incident.visited ? {} : { arrivalPromisedAt: incident.promised_at.getTime() }),
    ...(upstreamId === null ? {} : { upstreamId }),
    ...(generatorHelps(kind, incident.transformer_ids.length, incident.customers_out)
      ? { generatorGroup: { customers: incident.customers_out, connect_s } }
      : {}),
  }
}

/**
 * For each incident the one right upstream of it: on the same feeder, the smallest that takes in all its transformers and
 * more. Cost: pairs on one feeder times their transformers.
 */
export function upstreamOf(incidents: PlanIncident[]): (string | null)[] {
  const grounds = new Map(incidents.map((incident) => [incident.id, new Set(incident.transformer_ids)]))
  return incidents.map((incident) => {
    const around = incidents
      .filter(
        (other) =>
          other.feeder_id !== null &&
          other.feeder_id === incident.feeder_id &&
          other.transformer_ids.length > incident.transformer_ids.length &&
          incident.transformer_ids.every((each) => grounds.get(other.id)!.has(each)),
      )
      .sort((a, b) => a.transformer_ids.length - b.transformer_ids.length || (a.id < b.id ? -1 : 1))
    return around[0]?.id ?? null
  })
}

/** Where every drive of the plan begins: the crews' places, then the incidents'. */
export function placesOf(crews: PlanCrew[], incidents: PlanIncident[]): Place[] {
  return [...crews.map(startsFrom), ...incidents.map(({ lon, lat }) => ({ lon, lat }))]
}

/** Drives by position, out of the matrix from `placesOf` to the incidents. */
export function travelOver(crews: number, incidents: number, drives: Drives): StormTravel {
  const at = (row: number, column: number) => row * incidents + column
  return {
    crewTo_s: (crew, incident) => drives.travel_s[at(crew, incident)]!,
    crewTo_m: (crew, incident) => drives.distance_m[at(crew, incident)]!,
    between_s: (from, to) => drives.travel_s[at(crews + from, to)]!,
    between_m: (from, to) => drives.distance_m[at(crews + from, to)]!,
  }
}
