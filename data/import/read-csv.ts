// Reads a CSV file of the import formats row by row: UTF-8, comma, header row, RFC 4180 quoting, byte-order mark accepted.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'

/** One data row with the line of the file it starts on (1 is the header). */
export type CsvRow = { line: number; values: Record<string, string> }

/** Streams the rows of `path` (read through gzip where the name ends in `.gz`); a malformed quote throws with its line. */
export async function* readCsv(path: string): AsyncGenerator<CsvRow> {
  const file = createReadStream(path)
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  const parser = bytes.pipe(
    parse({ bom: true, columns: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  )
  // An error does not travel down a pipe: a broken archive must reach the reader of rows, or it would end the process.
  for (const stream of [file, bytes]) stream.on('error', (error: Error) => parser.destroy(error))
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>
    info: { lines: number }
  }>)
    yield { line: info.lines, values: record }
}
