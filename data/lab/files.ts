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
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new BadInput(`${file}: not JSON: ${(error as Error).message}`)
  }
}

/** Writes text, compressed where the file's name ends in `.gz`. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text)
  } catch (error) {
    throw new BadInput(`${file}: cannot be written: ${(error as Error).message}`)
  }
}
