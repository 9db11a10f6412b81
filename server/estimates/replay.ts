// Plays incidents through a watch in the order in which things became known, and stops at every revision: the moments at
// which an estimate is asked for. Nothing later than an instant can reach the facts at that instant.
import type { Facts } from './facts.ts'
import type { PastIncident, Revision } from './past-incident.ts'
import { createWatch } from './watch.ts'

/** One instant of one incident, and what was known of it then. */
export type Moment = { incident: PastIncident; at_s: number; facts: Facts }

type Told = { incident: PastIncident; revision: Revision }

/**
 * Yields the moments in order of time; those of one instant know of each other, and of every incident last seen out
 * before the instant that it has ended. Planned work is load, never a moment.
 */
export function* replay(incidents: PastIncident[]): Generator<Moment> {
  const watch = createWatch()
  const told: Told[] = incidents
    .flatMap((incident) => incident.revisions.map((revision) => ({ incident, revision })))
    .sort((a, b) => a.revision.at_s - b.revision.at_s || (a.incident.id < b.incident.id ? -1 : 1))
  const ends = incidents.filter((incident) => !incident.open).sort((a, b) => a.ended_s - b.ended_s)
  let ended = 0
  for (let from = 0; from < told.length;) {
    const now_s = told[from]!.revision.at_s
    let until = from
    while (until < told.length && told[until]!.revision.at_s === now_s) until += 1
    const instant = told.slice(from, until)
    for (const { incident, revision } of instant) watch.see(incident, revision)
    for (; ended < ends.length && ends[ended]!.ended_s < now_s; ended += 1)
      watch.end(ends[ended]!.id, ends[ended]!.ended_s)
    for (const incident of new Set(instant.map((each) => each.incident))) {
      if (incident.planned) continue
      const facts = watch.factsOf(incident.id, now_s)
      if (facts) yield { incident, at_s: now_s, facts }
    }
    from = until
  }
}
