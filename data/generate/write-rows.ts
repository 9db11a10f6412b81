// Writes the files of the import formats piece by piece, so that no file is ever held in memory whole.
import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

export type RowFile = { row(text: string): void; close(): number }

/** Text is handed to the disk in pieces of about this many characters. */
const piece_chars = 1 << 18

/** Opens a file whose rows are ready text without the line end; `close` gives the number of rows. */
export function openRows(folder: string, name: string, header: string): RowFile {
  const file = openSync(path.join(folder, name), 'w')
  let waiting = `${header}\n`
  let rows = 0
  return {
    row(text) {
      rows++
      waiting += `${text}\n`
      if (waiting.length < piece_chars) return
      writeSync(file, waiting)
      waiting = ''
    },
    close() {
      writeSync(file, waiting)
      closeSync(file)
      return rows
    },
  }
}

/** A feature collection written feature by feature. */
export function openFeatures(folder: string, name: string): { add(feature: object): void; close(): number } {
  const file = openRows(folder, name, '{"type":"FeatureCollection","features":[')
  let last = ''
  return {
    add(feature) {
      if (last !== '') file.row(`${last},`)
      last = JSON.stringify(feature)
    },
    close() {
      file.row(`${last}\n]}`)
      return file.close()
    },
  }
}
