// The text of a field for local time, read on the clock of the network's time zone: the reader's own may be set elsewhere. Pure.

/** `2026-08-03T09:00` */
export function zonedText(at: Date, timeZone?: string): string {
  return at.toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T')
}

/** The instant that such a text means there; null for none. */
export function zonedInstant(text: string, timeZone?: string): Date | null {
  const asIfUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00Z`) : NaN
  if (Number.isNaN(asIfUtc)) return null
  const offsetAt = (instant_ms: number) => Date.parse(`${zonedText(new Date(instant_ms), timeZone)}:00Z`) - instant_ms
  // Twice, so that the hour before a change of the clock comes out right too.
  return new Date(asIfUtc - offsetAt(asIfUtc - offsetAt(asIfUtc)))
}
