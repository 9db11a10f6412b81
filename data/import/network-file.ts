// Reads network.json: what the network is called, where its clocks stand and which coordinates it is drawn in.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Crs, knownCrs } from './crs.ts'
import { FolderRefusal, type Refusal } from './refusals.ts'

/** The network that a folder describes, and what was refused of its network.json. */
export type NetworkFile = {
  name: string
  crs: Crs
  timezone: string
  source: string | null
  licence: string | null
  isThere: boolean
  refusals: Refusal[]
  unknown: string[]
}

const file = 'network.json'
const fallbackTimezone = 'Asia/Shanghai'
const known = ['name', 'crs', 'timezone', 'source', 'licence']

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function parse(folder: string): Record<string, unknown> {
  const bytes = readFileSync(path.join(folder, file))
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no object')
    return value as Record<string, unknown>
  } catch (reason) {
    throw new FolderRefusal(
      `${file} line 1: it cannot be read (${(reason as Error).message}), so the folder's coordinates cannot be trusted; a JSON object with name, crs and timezone would be right`,
    )
  }
}

/** Throws FolderRefusal where the coordinates cannot be known; a missing or odd name or time zone is refused and replaced. */
export function readNetworkFile(folder: string): NetworkFile {
  const fallback = path.basename(folder)
  const isThere = existsSync(path.join(folder, file))
  const values = isThere ? parse(folder) : { name: fallback, timezone: fallbackTimezone }
  const refusals: Refusal[] = []
  const refuse = (column: string, reason: string) =>
    refusals.push({ file, line: 1, column, value: String(values[column] ?? ''), reason })
  const textIn = (column: string) => (typeof values[column] === 'string' ? values[column].trim() || null : null)

  const crs = values['crs'] ?? 'wgs84'
  if (!knownCrs.includes(crs as Crs))
    throw new FolderRefusal(
      `${file} line 1, crs: it is ${JSON.stringify(crs)}; one of ${knownCrs.join(', ')} would be right`,
    )
  const name = textIn('name')
  if (name === null)
    refuse('name', `name is missing; a text would be right, and the folder's own name, ${fallback}, is taken`)
  const timezone = textIn('timezone')
  const isKnownZone = timezone !== null && isTimezone(timezone)
  if (!isKnownZone)
    refuse(
      'timezone',
      `timezone is no time zone; an IANA name such as ${fallbackTimezone} would be right, and that is taken`,
    )
  return {
    name: name ?? fallback,
    crs: crs as Crs,
    timezone: isKnownZone ? timezone : fallbackTimezone,
    source: textIn('source'),
    licence: textIn('licence'),
    isThere,
    refusals,
    unknown: Object.keys(values).filter((key) => !known.includes(key)),
  }
}
