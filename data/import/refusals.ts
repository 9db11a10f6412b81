// What the import refuses: a row with its place and reason, or the whole folder in one line; and the file that lists the rows.
import { createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** One row, or one whole file (column empty), that was not loaded. */
export type Refusal = { file: string; line: number; column: string; value: string; reason: string }

/** Nothing of the folder can be loaded; the message is the one line that says why and what would be right. */
export class FolderRefusal extends Error {
  override name = 'FolderRefusal'
}

const quoted = (value: string | number) =>
  /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)

async function* linesOf(refusals: AsyncIterable<Refusal[]>): AsyncGenerator<string> {
  yield 'file,line,column,value,reason\n'
  for await (const batch of refusals)
    yield batch
      .map((row) => [row.file, row.line, row.column, row.value, row.reason].map(quoted).join(',') + '\n')
      .join('')
}

/** Writes the refusals beside the folder, first under another name so that a full disk leaves no half list. */
export async function writeRefusals(path: string, refusals: AsyncIterable<Refusal[]>): Promise<void> {
  const unfinished = `${path}.part`
  try {
    await pipeline(Readable.from(linesOf(refusals)), createWriteStream(unfinished))
    await rename(unfinished, path)
  } catch (reason) {
    rmSync(unfinished, { force: true })
    throw reason
  }
}
