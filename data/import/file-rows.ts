// The rows of a file as its format has them: cells of a CSV record, or a GeoJSON feature's properties and polygon; each ready for
// COPY or refused with its reason.
import type { FileFault } from './check-encoding.ts'
import type { Convert } from './crs.ts'
import { readCsvRecords } from './csv-records.ts'
import type { Format } from './formats.ts'
import { readFeatures } from './geojson-features.ts'
import { readPolygon } from './polygon.ts'
import { type RowFault, rowReaderFor } from './row-reader.ts'

/** One row of a file: its line, and what is stored of it or why it is refused. */
export type ReadRow = { line: number; row: string | RowFault }
/** Batches of rows; the names of unknown columns are put into `unknown`. Throws FileRefusal where the file is none. */
export type Rows = AsyncGenerator<ReadRow[]>

/** The whole file is refused. */
export class FileRefusal extends Error {
  readonly fault: FileFault & { column: string }
  constructor(line: number, column: string, reason: string) {
    super(reason)
    this.fault = { line, column, reason }
  }
}

/** Where each column of the format stands in the header; -1 where it does not. */
function placesIn(format: Format, header: string[]): number[] {
  const repeated = header.find((name, index) => name !== '' && header.indexOf(name) !== index)
  if (repeated !== undefined)
    throw new FileRefusal(1, repeated, `the header names ${repeated} twice; each column once would be right`)
  const asked = format.columns.filter((column) => column.must)
  const missing = asked.find((column) => !header.includes(column.name))
  if (missing) {
    const names = format.columns.map((column) => column.name + (column.must ? '' : '?')).join(', ')
    throw new FileRefusal(1, missing.name, `the header has no column ${missing.name}; ${names} would be right`)
  }
  return format.columns.map((column) => header.indexOf(column.name))
}

export async function* readCsvRows(
  file: string,
  format: Format,
  convert: Convert,
  unknown: Set<string>,
  onBytes: (bytes: number) => void,
): Rows {
  const read = rowReaderFor(format, convert)
  let header: string[] | null = null
  let places: number[] = []
  for await (const records of readCsvRecords(file, onBytes)) {
    const rows: ReadRow[] = []
    for (const record of records) {
      if (record.fault !== undefined) {
        if (header === null) throw new FileRefusal(record.line, '', record.fault)
        rows.push({ line: record.line, row: { column: '', value: '', reason: record.fault } })
      } else if (header === null) {
        header = record.fields.map((name) => name.trim())
        places = placesIn(format, header)
        const known = new Set(format.columns.map((column) => column.name))
        for (const name of header) if (!known.has(name)) unknown.add(name)
      } else if (record.fields.length !== header.length) {
        const reason = `the row has ${record.fields.length} values where the header has ${header.length}; as many would be right, and a value with a comma in quotes`
        rows.push({ line: record.line, row: { column: '', value: record.fields.join(','), reason } })
      } else {
        const { fields } = record
        rows.push({ line: record.line, row: read((index) => fields[places[index]!] ?? '') })
      }
    }
    yield rows
  }
}

/** A property as the text that a CSV cell would hold; null where it is an object or a list. */
function propertyText(value: unknown): string | null {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? null : String(value)
}

export async function* readFeatureRows(
  file: string,
  format: Format,
  convert: Convert,
  unknown: Set<string>,
  onBytes: (bytes: number) => void,
): Rows {
  const read = rowReaderFor(format, convert)
  const known = new Set(format.columns.map((column) => column.name))
  for await (const features of readFeatures(file, onBytes)) {
    const rows: ReadRow[] = []
    for (const { line, feature } of features) {
      const { properties, geometry } = feature as { properties?: Record<string, unknown> | null; geometry?: unknown }
      const values = properties ?? {}
      for (const name of Object.keys(values)) if (!known.has(name)) unknown.add(name)
      const nested = format.columns.find((column) => propertyText(values[column.name]) === null)
      const row = nested
        ? {
            column: nested.name,
            value: '',
            reason: `${nested.name} is no plain value; ${nested.kind.right} would be right`,
          }
        : read((index) => propertyText(values[format.columns[index]!.name])!)
      const polygon = readPolygon(geometry, convert)
      if (typeof row !== 'string') rows.push({ line, row })
      else if ('reason' in polygon) rows.push({ line, row: { column: 'geometry', value: '', reason: polygon.reason } })
      else rows.push({ line, row: `${row}\t${polygon.ewkt}` })
    }
    yield rows
  }
}
