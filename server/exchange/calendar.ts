// Planned outages as iCalendar (RFC 5545).

export type PlannedRow = {
  id: string
  starts_at: Date
  ends_at: Date
  reason: string | null
  state: 'announced' | 'started' | 'ended' | 'cancelled'
  places: string[]
}

/** The calendar of `rows`; `now` stamps it. */
export function planCalendar(rows: PlannedRow[], name: string, now: Date): string {
  const events = rows.flatMap((row) => [
    'BEGIN:VEVENT',
    `UID:${escape(row.id)}@relight`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(row.starts_at)}`,
    `DTEND:${stamp(row.ends_at)}`,
    `SUMMARY:${escape(`计划停电：${row.places.slice(0, 3).join('、')}${row.places.length > 3 ? `等${row.places.length}处` : ''}`)}`,
    ...(row.reason === null ? [] : [`DESCRIPTION:${escape(row.reason)}`]),
    `LOCATION:${escape(row.places.join('、'))}`,
    `STATUS:${row.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ])
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Relight//Planned outages//ZH',
    `X-WR-CALNAME:${escape(name)}`,
  ]
  return [...lines, ...events, 'END:VCALENDAR'].map(fold).join('\r\n') + '\r\n'
}

const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, '')
const escape = (text: string) => text.replace(/([\\;,])/g, '\\$1').replace(/\r?\n/g, '\\n')

/** A line has at most 75 bytes; the next part begins with a space. No character is cut in two. */
function fold(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}
