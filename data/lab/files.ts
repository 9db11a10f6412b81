// Reading JSON and writing text for the laboratory, compressed where a file's name ends in `.gz`.
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BadInput } from './bad-input.ts'

/** Parses a JSON file, decompressed where its name ends in `.gz`. */
export function readJson(file: string): unknown {
  let bytes
  try {
    bytes = readFileSync(file)
    if (file.endsWith('.gz')) bytes = gunzipSync(bytes)
  } catch (error) {
    throw new BadInput(`${file}: cannot be read: ${(error as Error).message}`)
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') throw new BadInput(`${file} is empty; a JSON document would be right`)
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    throw new BadInput(`${file}${placeIn(text, message)}: not JSON: ${message}`)
  }
}

/** The line and column of the character that a parser's message counts to. */
function placeIn(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return ''
  const before = text.slice(0, Number(position)).split('\n')
  return ` line ${before.length}, column ${before.at(-1)!.length + 1}`
}

/** Writes text, compressed where the file's name ends in `.gz`. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text)
  } catch (error) {
    throw new BadInput(`${file}: cannot be written: ${(error as Error).message}`)
  }
}
