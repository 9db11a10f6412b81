// Turns the cells of one row into the line that COPY stores, or says why the row cannot be used: what a row alone can tell.
// What takes the other rows to know (a second identifier, a reference to nothing) is judged in SQL later.
import type { Convert } from './crs.ts'
import type { Column, Format } from './formats.ts'
import { lineStringOf, readWkt } from './wkt.ts'

/** Why one row is refused. */
export type RowFault = { column: string; value: string; reason: string }

/** Reads one row; `cell` gives the text of a column of the format by its index, empty where there is none. */
export type RowReader = (cell: (index: number) => string) => string | RowFault

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const nothing = '\\N'

/** A value in COPY's text format. */
export const copyText = (value: string) =>
  /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (at) => escapes[at]!) : value

/** What is stored for one cell. */
function readCell(column: Column, raw: string, convert: Convert): string | RowFault {
  const value = raw.trim()
  if (value === '') {
    if (!column.must) return nothing
    return { column: column.name, value, reason: `${column.name} is missing; ${column.kind.right} would be right` }
  }
  const stored = value.includes('\0') ? null : column.kind.read(value)
  if (stored === null)
    return {
      column: column.name,
      value,
      reason: `${column.name} is ${shown(value)}; ${column.kind.right} would be right`,
    }
  if (column.drawn === 'wkt' && convert) return lineStringOf(readWkt(value)!.map(convert))
  return copyText(stored)
}

/** A long value, a drawn line say, is only begun. */
const shown = (value: string) => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)

/** The reader of a format's rows, for a folder drawn in the system that `convert` comes from. */
export function rowReaderFor(format: Format, convert: Convert): RowReader {
  const { columns } = format
  const lon = columns.findIndex((column) => column.drawn === 'lon')
  const lat = columns.findIndex((column) => column.drawn === 'lat')
  return (cell) => {
    const stored: string[] = []
    for (let index = 0; index < columns.length; index++) {
      const value = readCell(columns[index]!, cell(index), convert)
      if (typeof value !== 'string') return value
      stored.push(value)
    }
    if (lon >= 0) {
      const hasLon = stored[lon] !== nothing
      if (hasLon !== (stored[lat] !== nothing)) {
        const [missing, given] = hasLon ? ['lat', 'lon'] : ['lon', 'lat']
        return {
          column: missing,
          value: '',
          reason: `${given} is given without ${missing}; both or neither would be right`,
        }
      }
      if (hasLon && convert)
        [stored[lon], stored[lat]] = convert([Number(stored[lon]), Number(stored[lat])]).map(String)
    }
    return stored.join('\t')
  }
}
