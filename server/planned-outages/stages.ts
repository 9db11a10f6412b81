// When customers are told of planned work: seven days before, a day before, on the morning itself or, where that
// would be in the night, on the evening before. Pure.
import type { PlannedMatter } from '../notifications/index.ts'

const hour_ms = 3_600_000

/** On the customer's clock: early enough to charge a phone, late enough not to wake anyone. */
const morning_hour = 7
/** Work that begins before eight is told of on the evening before: an hour ahead of it people sleep. */
const evening_hour = 20

export type Stage = Extract<PlannedMatter, 'planned_week' | 'planned_day' | 'planned_morning'>

/** When each stage is due for work that starts at `startsAt`, the first one first. */
export function stagesOf(startsAt: Date, timezone: string): { stage: Stage; dueAt: Date }[] {
  const start_ms = startsAt.getTime()
  return [
    { stage: 'planned_week', dueAt: new Date(start_ms - 168 * hour_ms) },
    { stage: 'planned_day', dueAt: new Date(start_ms - 24 * hour_ms) },
    { stage: 'planned_morning', dueAt: morningOf(startsAt, timezone) },
  ]
}

/** Seven o'clock on the day of the start, or eight on the evening before where that leaves less than an hour. */
function morningOf(startsAt: Date, timezone: string): Date {
  const clock = startsAt.toLocaleTimeString('en-GB', { timeZone: timezone, hourCycle: 'h23' })
  const [hours, minutes, seconds] = clock.split(':').map(Number)
  const sinceMidnight_ms = hours! * hour_ms + minutes! * 60_000 + seconds! * 1000
  const sinceMorning_ms = sinceMidnight_ms - morning_hour * hour_ms
  const ahead_ms = sinceMorning_ms >= hour_ms ? sinceMorning_ms : sinceMidnight_ms + (24 - evening_hour) * hour_ms
  return new Date(startsAt.getTime() - ahead_ms)
}

/**
 * The stage whose time it is at `now`, or null. Of several that are due only the last is told. `from`: stages that were due before
 * it are not ours to tell, since the work was announced elsewhere then.
 */
export function stageDue(startsAt: Date, timezone: string, now: Date, from: Date | null): Stage | null {
  if (now >= startsAt) return null
  const due = stagesOf(startsAt, timezone).filter(({ dueAt }) => dueAt <= now && (from === null || dueAt >= from))
  return due.at(-1)?.stage ?? null
}
