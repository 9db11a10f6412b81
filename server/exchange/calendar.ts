// Planned outages as iCalendar (RFC 5545). Ground with fewer than five customers goes by its district, as on the public list.
import type { Says } from '../contract/shapes.ts'
import { smallest } from '../customers/index.ts'

export type PlannedRow = {
  id: string
  starts_at: Date
  ends_at: Date
  reason: string | null
  state: 'announced' | 'started' | 'ended' | 'cancelled'
  places: string[]
  district: string | null
  customers: number
}

/** The calendar of `rows`; `now` stamps it. */
export function planCalendar(rows: PlannedRow[], name: string, now: Date): string {
  const events = rows
    .map((row) => ({ ...row, places: shownPlaces(row) }))
    .flatMap((row) => [
      'BEGIN:VEVENT',
      `UID:${escape(row.id)}@relight`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART:${stamp(row.starts_at)}`,
      `DTEND:${stamp(row.ends_at)}`,
      `SUMMARY:${escape(`${summaryOf(row.places).zh} / ${summaryOf(row.places).en}`)}`,
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

const shownPlaces = ({ places, district, customers }: PlannedRow) =>
  customers >= smallest && places.length > 0 ? places : [district ?? '—']

/** Places named in a summary; the rest is told as a number. */
const named = 3

function summaryOf(places: string[]): Says {
  const first = places.slice(0, named)
  const more = places.length - named
  return {
    zh: `计划停电：${first.join('、')}${more > 0 ? `等${places.length}处` : ''}`,
    en: `Planned work: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }
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
