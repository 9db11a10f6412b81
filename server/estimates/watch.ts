// A running picture of the region's incidents: told of each revision and end as it becomes known, it gives the facts of
// any open incident at the present instant. Replaying a history and serving live go through the same picture.
import type { Facts } from './facts.ts'
import { createLoad } from './load.ts'
import type { PastIncident, Revision } from './past-incident.ts'
import type { Cause, Stage } from './words.ts'

/** An incident as known so far. */
export type Running = {
  id: string
  started_s: number
  known_s: number
  /** NaN while out. */
  ended_s: number
  lon: number
  lat: number
  stage: Stage
  stage_since_s: number
  stage_steps: number
  cause: Cause
  customers: number
  customers_first: number
  devices: number
  revisions: number
  said_at_s: number
  /** The utility's first word: when it was said, and for when. */
  said_first_s: number
  said_first_at_s: number
  said_times: number
  said_since_s: number
  said_moved_s: number
  crew_at_s: number
}

const none = Number.NaN

const begin = (incident: Pick<PastIncident, 'id' | 'started_s' | 'lon' | 'lat'>, known_s: number): Running => ({
  id: incident.id,
  started_s: incident.started_s,
  known_s,
  ended_s: none,
  lon: incident.lon,
  lat: incident.lat,
  stage: 'unknown',
  stage_since_s: known_s,
  stage_steps: 0,
  cause: 'unknown',
  customers: none,
  customers_first: none,
  devices: none,
  revisions: 0,
  said_at_s: none,
  said_first_s: none,
  said_first_at_s: none,
  said_times: 0,
  said_since_s: none,
  said_moved_s: none,
  crew_at_s: none,
})

function reviseSaid(running: Running, said_at_s: number | null, at_s: number): void {
  const said = said_at_s ?? none
  if (Object.is(said, running.said_at_s)) return
  running.said_moved_s = said - running.said_at_s
  running.said_at_s = said
  running.said_since_s = at_s
  running.said_times += 1
  if (Number.isNaN(running.said_first_s) && !Number.isNaN(said)) {
    running.said_first_s = at_s
    running.said_first_at_s = said
  }
}

function revise(running: Running, revision: Revision): void {
  running.revisions += 1
  if (revision.stage !== undefined && revision.stage !== running.stage) {
    running.stage = revision.stage
    running.stage_since_s = revision.at_s
    running.stage_steps += 1
  }
  if (revision.cause !== undefined) running.cause = revision.cause
  if (revision.customers !== undefined) {
    running.customers = revision.customers
    if (Number.isNaN(running.customers_first)) running.customers_first = revision.customers
  }
  if (revision.devices !== undefined) running.devices = revision.devices
  if (revision.said_at_s !== undefined) reviseSaid(running, revision.said_at_s, revision.at_s)
  if (revision.crew_at_s !== undefined) running.crew_at_s = revision.crew_at_s ?? none
}

/** The sun's hour and the weekday at a longitude: local enough for shifts, and needs no time zone. */
function localClock(at_s: number, lon: number): { hour: number; weekday: number } {
  const local_s = at_s + (Number.isFinite(lon) ? lon / 15 : 0) * 3600
  return { hour: (local_s / 3600) % 24, weekday: Math.floor(local_s / 86_400 + 4) % 7 }
}

export type Watch = {
  /** An incident, or more about it, became known. */
  see(incident: Pick<PastIncident, 'id' | 'started_s' | 'lon' | 'lat'>, revision: Revision): void
  /** Supply is back since `ended_s`. */
  end(id: string, ended_s: number): void
  /** The facts of an open incident now; instants must not run backwards. */
  factsOf(id: string, now_s: number): Facts | null
}

export function createWatch(): Watch {
  const running = new Map<string, Running>()
  const load = createLoad()
  return {
    see(incident, revision) {
      let known = running.get(incident.id)
      if (!known) {
        known = begin(incident, revision.at_s)
        running.set(incident.id, known)
        load.open(known)
      }
      revise(known, revision)
    },
    end(id, ended_s) {
      const known = running.get(id)
      if (!known) return
      known.ended_s = ended_s
      running.delete(id)
      load.end(known)
    },
    factsOf(id, now_s) {
      const known = running.get(id)
      return known ? factsOf(known, now_s, load.at(known, now_s)) : null
    },
  }
}

function factsOf(known: Running, now_s: number, load: Facts['load']): Facts {
  return {
    elapsed_s: now_s - known.started_s,
    known_s: now_s - known.known_s,
    stage: known.stage,
    in_stage_s: now_s - known.stage_since_s,
    stage_steps: known.stage_steps,
    cause: known.cause,
    customers: known.customers,
    customers_first: known.customers_first,
    devices: known.devices,
    revisions: known.revisions,
    said_left_s: known.said_at_s - now_s,
    said_from_start_s: known.said_first_at_s - known.started_s,
    said_times: known.said_times,
    said_since_s: now_s - known.said_since_s,
    said_moved_s: known.said_moved_s,
    crew_left_s: known.crew_at_s - now_s,
    ...localClock(now_s, known.lon),
    lon: known.lon,
    lat: known.lat,
    load,
  }
}
