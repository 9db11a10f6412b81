// Instants without a clock: days are counted from a given date, and everything is said in China's time.

const day_ms = 86_400_000
const offset_ms = 8 * 3_600_000

/** Milliseconds of midnight in China on a date such as 2026-11-22. */
export const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`)

export const plusDays = (at_ms: number, days: number): number => at_ms + days * day_ms

/** `2026-11-22T08:00:00+08:00` */
export const instantText = (at_ms: number): string =>
  `${new Date(Math.round(at_ms / 1000) * 1000 + offset_ms).toISOString().slice(0, 19)}+08:00`
