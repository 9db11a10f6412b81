// Reading and writing the laboratory's files, and turning what cannot be used into one line and exit code 2.
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

/** What the command was given cannot be used; the message is one line that says what would be right. */
export class Refusal extends Error {}

/** Runs an experiment; a refusal is printed after the experiment's name, anything else is a fault of ours and thrown on. */
export function refusing(name: string, experiment: () => void): void {
  try {
    experiment()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(`${name}: ${error.message}`)
    process.exitCode = 2
  }
}

/** Parses a JSON file, decompressed where its name ends in `.gz`. */
export function readJson(file: string): unknown {
  let bytes
  try {
    bytes = readFileSync(file)
    if (file.endsWith('.gz')) bytes = gunzipSync(bytes)
  } catch (error) {
    throw new Refusal(`${file}: cannot be read: ${(error as Error).message}`)
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Refusal(`${file}: not JSON: ${(error as Error).message}`)
  }
}

/** Writes text, compressed where the file's name ends in `.gz`. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text)
  } catch (error) {
    throw new Refusal(`${file}: cannot be written: ${(error as Error).message}`)
  }
}
