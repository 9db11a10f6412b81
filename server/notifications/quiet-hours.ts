// Quiet hours: when nobody is to be woken by a message that can wait.

/** `HH:MM` on the clock of `timezone`; may run over midnight. */
export type QuietHours = { from: string; to: string }

/** When the quiet hours that `now` falls into end, or null outside of them. */
export function quietUntil(now: Date, timezone: string, quiet: QuietHours | null): Date | null {
  if (quiet === null) return null
  const [from, to, clock] = [minutesOf(quiet.from), minutesOf(quiet.to), minutesOf(clockAt(now, timezone))]
  const inside = from <= to ? clock >= from && clock < to : clock >= from || clock < to
  if (!inside) return null
  const left_min = (to - clock + 1440) % 1440
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 + left_min * 60_000)
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}

function clockAt(now: Date, timeZone: string): string {
  return now.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}
