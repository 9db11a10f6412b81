// What a value of the import formats may be: each column kind reads the text of one cell and gives what COPY is to store,
// or null where the text cannot be it. `right` says in words what would have been.

/** Reads one trimmed, non-empty cell. `read` gives the stored text (not yet escaped for COPY), or null where it is wrong. */
export type ColumnKind = { read(text: string): string | null; right: string }

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function numberFrom(least: number, most: number, right: string): ColumnKind {
  const read = (text: string) => {
    if (!decimal.test(text)) return null
    const value = Number(text)
    if (!(value >= least && value <= most)) return null
    // Whatever is nearer to nothing than `real` can hold would stop the COPY.
    return Math.abs(value) < 1e-30 ? '0' : text
  }
  return { read, right }
}

/** Free text. */
export const text: ColumnKind = { read: (value) => value, right: 'text' }

/** An index entry may have 2,704 bytes; the longest identifier seen has 60 characters. */
const keyLimit_chars = 200

/** An identifier, or whatever else rows are found by. */
export const key: ColumnKind = {
  read: (value) => (value.length <= keyLimit_chars ? value : null),
  right: `text of at most ${keyLimit_chars} characters`,
}

export const longitude = numberFrom(-180, 180, 'degrees from -180 to 180')
export const latitude = numberFrom(-90, 90, 'degrees from -90 to 90')
/** A rating or a measure; the bound is what a `real` or a `double precision` surely holds. */
export const amount = numberFrom(0, 1e30, 'a number from 0 up')

/** A whole number that a person counted. */
export const count: ColumnKind = {
  read: (value) => (/^\d{1,9}$/.test(value) ? value : null),
  right: 'a whole number from 0 up',
}

/** One of a closed set of words. */
export function choice(...words: string[]): ColumnKind {
  return { read: (value) => (words.includes(value) ? value : null), right: `one of ${words.join(', ')}` }
}

/** `true` or `false`, and the digits that spreadsheets make of them. */
export const flag: ColumnKind = {
  read: (value) => ({ true: 't', false: 'f', '1': 't', '0': 'f' })[value.toLowerCase()] ?? null,
  right: 'true or false',
}

/** `0` or `1`. */
export const bit: ColumnKind = {
  read: (value) => ({ '1': 't', '0': 'f' })[value] ?? null,
  right: '0 or 1',
}

/** A time of day, `HH:MM`. */
export const timeOfDay: ColumnKind = {
  read: (value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : null),
  right: 'a time of day as HH:MM',
}

/** `;`-separated texts, stored as a PostgreSQL array. */
export const list: ColumnKind = { read: (value) => arrayOf(listItems(value)), right: 'texts separated by ;' }

/** The items of a `;`-separated cell, empty ones dropped. */
export function listItems(value: string): string[] {
  return value
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

const arrayOf = (items: string[]) => `{${items.map((item) => `"${item.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`

const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:Z|[+-](\d\d)(?::?(\d\d))?)$/i

/** ISO 8601 with an offset; a bare local time is no instant. */
export const instant: ColumnKind = {
  read: (value) => {
    const parts = iso
      .exec(value)
      ?.slice(1)
      .map((part) => Number(part ?? 0))
    if (!parts) return null
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts
    const date = new Date(Date.UTC(year, month - 1, day))
    const isDate = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    const isTime = hour < 24 && minute < 60 && second < 60 && offsetHour <= 14 && offsetMinute < 60
    return isDate && isTime ? value.replace(',', '.') : null
  },
  right: 'an instant with its offset, such as 2024-05-01T08:30:00+08:00',
}
