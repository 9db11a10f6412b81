// Looks at the promise clocks every so often, and says once that one is running out and once that it has run out.
import type { ClockView, StageLimit } from '../contract/clocks.ts'
import type { Database, Queries } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { clocksOf, clockViewOf, levelOf, type Clock, type ClockFacts, type Level } from './clocks.ts'

type ClockDeps = { database: Database; now(): Date }

/** More than this in one look would be a storm's first minute: the rest is said at the next look. */
const mostSaid = 200

export function readLimits(queries: Queries): Promise<StageLimit[]> {
  return queries.rows<StageLimit>('dispatch/read_limits')
}

/** All clocks that run, soonest due first. */
async function runningClocks(queries: Queries): Promise<Clock[]> {
  const limits = await readLimits(queries)
  const facts = await queries.rows<ClockFacts>('dispatch/read_clock_facts')
  return facts.flatMap((each) => clocksOf(each, limits)).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

/** The clocks as the desk and the wall show them at `at`. */
export async function listClocks(database: Queries, at: Date): Promise<ClockView[]> {
  return (await runningClocks(database)).map((clock) => clockViewOf(clock, at))
}

/** Says what is to be said now; what was said before, here or by another server, is not said again. */
export async function watchClocks(deps: ClockDeps): Promise<number> {
  const now = deps.now()
  const said = new Set(
    (await deps.database.rows<{ subject_id: string; kind: string; level: Level }>('dispatch/read_said_clocks')).map(
      (each) => `${each.subject_id} ${each.kind} ${each.level}`,
    ),
  )
  const isNew = (clock: Clock, level: Level) =>
    !said.has(`${clock.subjectId} ${clock.kind} ${level}`) && !said.has(`${clock.subjectId} ${clock.kind} escalated`)
  const due = (await runningClocks(deps.database)).flatMap((clock) => {
    const level = levelOf(clock, now)
    return level !== null && isNew(clock, level) ? [{ clock, level }] : []
  })
  let spoken = 0
  for (const { clock, level } of due.slice(0, mostSaid)) if (await say(deps.database, clock, level, now)) spoken++
  return spoken
}

function say(database: Database, clock: Clock, level: Level, now: Date): Promise<boolean> {
  const { facts } = clock
  return database.transaction(async (transaction) => {
    const isFirst = await transaction.touch('dispatch/say_clock', {
      subject_id: clock.subjectId,
      kind: clock.kind,
      level,
      incident_id: facts.incident_id,
      assignment_id: facts.lead_id,
      due_at: clock.dueAt,
      at: now,
    })
    if (isFirst === 0) return false
    await appendEvent(transaction, {
      name: 'clock',
      step: level,
      subject_id: clock.subjectId,
      incident_id: facts.incident_id,
      actor: 'clock',
      data: clockViewOf(clock, now),
    })
    return true
  })
}
