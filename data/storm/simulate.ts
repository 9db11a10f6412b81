// Plays a storm minute by minute under one way of dispatching. Every way sees the same: incidents once they appear,
// expected repair times until a crew is on site, the real one from then on. A crew that has set off is not turned round.
import FlatQueue from 'flatqueue'
import type { Sending } from '../../server/dispatch/index.ts'
import { drive_m, drive_s, type Place, type Storm } from './generate.ts'

/** What a dispatcher may know at one instant, in seconds from the storm's beginning. */
export type Situation = {
  now_s: number
  storm: Storm
  /** incidents that have appeared and that no crew was sent to */
  waiting: number[]
  /** crews with nothing to do, and for every crew when and where it is expected to be free */
  freeCrews: number[]
  freeAt_s: number[]
  freePlace: Place[]
  /** what just happened */
  cause: Occurrence['kind']
}

export type Dispatcher = { name: string; decide(situation: Situation): Sending[] }

export type Occurrence = { kind: 'appears' | 'arrives' | 'finishes'; incident: number; crew: number }

export type StormFigures = {
  policy: string
  customer_minutes: number
  distance_km: number
  promises_owed: number
  promises_kept: number
  last_restored_h: number
}

/** Runs until every incident is restored. Throws if a dispatcher sends a busy or unskilled crew, or leaves work undone. */
export function simulateStorm(storm: Storm, dispatcher: Dispatcher): StormFigures {
  const queue = new FlatQueue<Occurrence>()
  storm.incidents.forEach(({ appearsAt_s }, incident) =>
    queue.push({ kind: 'appears', incident, crew: -1 }, appearsAt_s),
  )
  const waiting = new Set<number>()
  const free = new Set(storm.crews.keys())
  const freeAt_s = storm.crews.map(() => 0)
  const freePlace: Place[] = storm.crews.map(({ x_km, y_km }) => ({ x_km, y_km }))
  const figures = startFigures(dispatcher.name, storm)
  let restored = 0
  while (queue.length > 0) {
    const now_s = queue.peekValue()!
    const { kind, incident, crew } = queue.pop()!
    const made = storm.incidents[incident]!
    if (kind === 'appears') waiting.add(incident)
    if (kind === 'arrives') {
      if (now_s - made.appearsAt_s <= made.promise_s) figures.promises_kept++
      freeAt_s[crew] = now_s + made.actual_s
      queue.push({ kind: 'finishes', incident, crew }, freeAt_s[crew])
    }
    if (kind === 'finishes') {
      free.add(crew)
      restored++
      figures.customer_minutes += (made.customersOut * (now_s - made.appearsAt_s)) / 60
      figures.last_restored_h = now_s / 3600
    }
    if (waiting.size === 0) continue
    const situation: Situation = {
      now_s,
      storm,
      waiting: [...waiting],
      freeCrews: [...free],
      freeAt_s: freeAt_s.map((at) => Math.max(at, now_s)),
      freePlace,
      cause: kind,
    }
    for (const sending of dispatcher.decide(situation)) {
      const target = storm.incidents[sending.incident]!
      assertPossible(storm, sending, waiting, free)
      waiting.delete(sending.incident)
      free.delete(sending.crew)
      const from = freePlace[sending.crew]!
      const arrivesAt = now_s + drive_s(from, target)
      figures.distance_km += drive_m(from, target) / 1000
      freePlace[sending.crew] = target
      freeAt_s[sending.crew] = arrivesAt + target.expected_s
      queue.push({ kind: 'arrives', ...sending }, arrivesAt)
    }
  }
  if (restored !== storm.incidents.length) {
    throw new Error(`${dispatcher.name} left ${storm.incidents.length - restored} incidents undone`)
  }
  return figures
}

function startFigures(policy: string, storm: Storm): StormFigures {
  return {
    policy,
    customer_minutes: 0,
    distance_km: 0,
    promises_owed: storm.incidents.length,
    promises_kept: 0,
    last_restored_h: 0,
  }
}

function assertPossible(storm: Storm, { crew, incident }: Sending, waiting: Set<number>, free: Set<number>): void {
  if (!waiting.has(incident)) throw new Error(`incident ${incident} does not wait`)
  if (!free.has(crew)) throw new Error(`crew ${crew} is not free`)
  const missing = storm.incidents[incident]!.skills.filter((skill) => !storm.crews[crew]!.skills.includes(skill))
  if (missing.length > 0) throw new Error(`crew ${crew} lacks ${missing.join()} for incident ${incident}`)
}
