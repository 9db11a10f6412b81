// Instants as CAP 1.2 wants them: local time with its offset, to the second; `Z` is not allowed there.

/** `2026-07-01T14:00:00+08:00` in `timeZone`. */
export function offsetTime(at: Date, timeZone: string): string {
  const local = at.toLocaleString('sv-SE', { timeZone, hourCycle: 'h23' }).replace(' ', 'T')
  const offset_min = Math.round((Date.parse(`${local}Z`) - at.getTime()) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(offset_min)
  return `${local}${offset_min < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
