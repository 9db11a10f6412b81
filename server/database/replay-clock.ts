// The clock of a server on a replay's database: it follows the storm that another process plays there, and goes on from its end.
import type { Database } from './database.ts'

type Told = { storm_at: Date; told_at: Date; speed: number }

/** How often it is looked at; in between the clock stands still, so that it is never ahead of the storm's own. */
const look_ms = 500

export type ReplayClock = { now(): Date; stop(): void }

/** Null where no storm was played into this database. */
export async function followReplay(database: Database): Promise<ReplayClock | null> {
  let told = await database.maybe<Told>('database/read_replay_clock')
  if (!told) return null
  const look = () =>
    database.maybe<Told>('database/read_replay_clock').then(
      (fresh) => void (told = fresh ?? told),
      (reason: Error) => console.error('the replay\u2019s clock is not readable, trying again:', reason.message),
    )
  const timer = setInterval(() => void look(), look_ms)
  const now = () => {
    const { storm_at, told_at, speed } = told!
    const since_ms = Math.max(0, Date.now() - told_at.getTime())
    return new Date(storm_at.getTime() + (speed === 1 ? since_ms : 0))
  }
  return { now, stop: () => clearInterval(timer) }
}
