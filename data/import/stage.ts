// Streams the rows of one file into its staging table by COPY, and what cannot be used into the table of refusals.
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from '../../server/database/index.ts'
import { findEncodingFault, type FileFault } from './check-encoding.ts'
import type { Convert } from './crs.ts'
import { readCsvRecords } from './csv-records.ts'
import type { Format } from './formats.ts'
import { BrokenGeoJson, readFeatures } from './geojson-features.ts'
import { readPolygon } from './polygon.ts'
import type { Refusal } from './refusals.ts'
import { copyText, type RowFault, rowReaderFor } from './row-reader.ts'

/** One COPY carries so much: the embedded database gathers each in memory before it reads it. */
const batch_chars = 4 << 20

/** What came of reading one file. */
export type Staged = { read: number; staged: number; unknown: string[] }

/** Rows on their way into one table. */
class Batch {
  private lines: string[] = []
  private size_chars = 0
  private readonly transaction: Transaction
  private readonly target: string

  constructor(transaction: Transaction, target: string) {
    this.transaction = transaction
    this.target = target
  }

  add(line: string): void {
    this.lines.push(line)
    this.size_chars += line.length + 1
  }

  get isFull(): boolean {
    return this.size_chars >= batch_chars
  }

  async flush(): Promise<void> {
    if (this.lines.length === 0) return
    const stream = this.transaction.client.query(copyFrom(`copy ${this.target} from stdin`))
    const text = this.lines.join('\n') + '\n'
    this.lines = []
    this.size_chars = 0
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), finished(stream)])
    stream.end()
    await finished(stream)
  }
}

/** Writes refusals found outside SQL into the table that SQL writes its own to. */
export async function stageRefusals(transaction: Transaction, refusals: Refusal[]): Promise<void> {
  const batch = new Batch(transaction, 'refusal')
  for (const refusal of refusals) batch.add(refusalLine(refusal))
  await batch.flush()
}

/** A value that is quoted back is cut, so that one broken row cannot fill the list of refusals. */
const shownValue_chars = 200

const refusalLine = ({ file, line, column, value, reason }: Refusal) =>
  [file, line, column, value.replaceAll('\0', '').slice(0, shownValue_chars), reason.replaceAll('\0', '')]
    .map((cell) => copyText(String(cell)))
    .join('\t')

/** One row of a file: its line, and what is stored of it or why it is refused. */
type ReadRow = { line: number; row: string | RowFault }
/** Batches of rows; the names of unknown columns are put into `unknown`. Throws FileRefusal where the file is none. */
type Rows = AsyncGenerator<ReadRow[]>

/** The whole file is refused. */
class FileRefusal extends Error {
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

async function* readCsvRows(
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

async function* readFeatureRows(
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

/**
 * Stages one file of `folder`; null where it is not there. A file that cannot be trusted (empty, not UTF-8, without a needed
 * column, broken off) leaves no row, only its refusal.
 */
export async function stageFile(
  transaction: Transaction,
  folder: string,
  format: Format,
  convert: Convert,
  onBytes: (bytes: number, rows: number) => void,
): Promise<Staged | null> {
  const file = path.join(folder, format.file)
  if (!existsSync(file)) return null
  const columns = ['line', ...format.columns.map((column) => column.stagedAs ?? column.name)]
  if (format.polygons) columns.push('geom')
  const rows = new Batch(transaction, `${format.table} (${columns.join(', ')})`)
  const refused = new Batch(transaction, 'refusal')
  const unknown = new Set<string>()
  const result: Staged = { read: 0, staged: 0, unknown: [] }
  const readRows = format.polygons ? readFeatureRows : readCsvRows
  try {
    const fault = await findEncodingFault(file)
    if (fault) throw new FileRefusal(fault.line, '', fault.reason)
    const progress = (bytes: number) => onBytes(bytes, result.read)
    for await (const batch of readRows(file, format, convert, unknown, progress)) {
      for (const { line, row } of batch) {
        result.read++
        if (typeof row === 'string') {
          rows.add(`${line}\t${row}`)
          result.staged++
        } else refused.add(refusalLine({ file: format.file, line, ...row }))
      }
      if (rows.isFull) await rows.flush()
      if (refused.isFull) await refused.flush()
    }
    await rows.flush()
    await refused.flush()
  } catch (reason) {
    const fault = wholeFileFault(reason)
    if (!fault) throw reason
    await transaction.client.query(`truncate ${format.table}`)
    await transaction.touch('import/forget_refusals', { file: format.file })
    await stageRefusals(transaction, [{ file: format.file, value: '', ...fault }])
    return { read: result.read, staged: 0, unknown: [] }
  }
  return { ...result, unknown: [...unknown] }
}

function wholeFileFault(reason: unknown): (FileFault & { column: string }) | null {
  if (reason instanceof FileRefusal) return reason.fault
  return reason instanceof BrokenGeoJson ? { column: '', ...reason.fault } : null
}
