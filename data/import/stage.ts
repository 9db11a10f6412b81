// Streams the rows of one file into its staging table by COPY, and what cannot be used into the table of refusals.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Transaction } from '../../server/database/index.ts'
import { findEncodingFault, type FileFault } from './check-encoding.ts'
import { Batch, refusalLine, stageRefusals } from './copy-batch.ts'
import type { Convert } from './crs.ts'
import { FileRefusal, readCsvRows, readFeatureRows } from './file-rows.ts'
import type { Format } from './formats.ts'
import { BrokenGeoJson } from './geojson-features.ts'

/** What came of reading one file. */
export type Staged = { read: number; staged: number; unknown: string[] }

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
