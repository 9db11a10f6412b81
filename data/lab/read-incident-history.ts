// Reads an incident history of newline-delimited JSON (`.gz` through gzip) for the laboratory: one incident a line with
// `id`, `start`, `last_seen`, `lat`, `lon`, `cause`, `open_at_end` and its `changes`, each naming what changed at `t`.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { causeOf, stageOf } from '../../server/estimates/index.ts'
import type { PastIncident, Revision } from '../../server/estimates/index.ts'

/** A line that cannot be used: says where, what is wrong and what would be right. */
export class BadHistory extends Error {}

type Fields = Record<string, unknown>

/** Where a value stands, for the refusal's words. */
type Place = { file: string; line: number }

const refuse = (place: Place, field: string, found: unknown, right: string): never => {
  throw new BadHistory(
    `${place.file}:${place.line}: ${field} is ${JSON.stringify(found) ?? 'missing'}; expected ${right}`,
  )
}

function instant(place: Place, field: string, value: unknown): number {
  const at_ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(at_ms)
    ? at_ms / 1000
    : refuse(place, field, value, 'an instant in ISO 8601 with offset, such as 2021-12-28T19:14:00Z')
}

function degrees(place: Place, field: string, value: unknown, limit: number): number {
  if (value === undefined || value === null) return Number.NaN
  return typeof value === 'number' && Math.abs(value) <= limit
    ? value
    : refuse(place, field, value, `degrees between -${limit} and ${limit}`)
}

/** Published counts go below zero now and then (corrections of an earlier count): such a one tells nothing. */
function count(place: Place, field: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number') return refuse(place, field, value, 'a number')
  return value >= 0 ? value : undefined
}

function instantOrNone(place: Place, field: string, value: unknown): number | null | undefined {
  return value === undefined || value === null ? value : instant(place, field, value)
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function readRevision(place: Place, index: number, change: unknown): Revision {
  const at = `changes[${index}]`
  if (!isFields(change)) return refuse(place, at, change, 'an object with t and what changed')
  const crew = text(change.crew)
  const cause = text(change.cause)
  return {
    at_s: instant(place, `${at}.t`, change.t),
    customers: count(place, `${at}.cust`, change.cust),
    stage: crew === undefined ? undefined : stageOf(crew),
    cause: cause === undefined ? undefined : causeOf(cause),
    said_at_s: instantOrNone(place, `${at}.etor`, change.etor),
    crew_at_s: instantOrNone(place, `${at}.crew_eta`, change.crew_eta),
    devices: count(place, `${at}.ndev`, change.ndev),
  }
}

function readIncident(place: Place, fields: Fields): PastIncident {
  const id = text(fields.id) ?? refuse(place, 'id', fields.id, 'text')
  const { changes } = fields
  if (!Array.isArray(changes) || changes.length === 0)
    return refuse(place, 'changes', changes, 'a list with at least one change')
  const revisions = changes.map((change, index) => readRevision(place, index, change)).sort((a, b) => a.at_s - b.at_s)
  // A history may move an incident's point later; the first one is what was known.
  const first = isFields(changes[0]) && typeof changes[0].lat === 'number' ? changes[0] : fields
  const lastCause = revisions.findLast((revision) => revision.cause !== undefined)?.cause
  const cause = text(fields.cause)
  return {
    id,
    started_s: instant(place, 'start', fields.start),
    revisions,
    ended_s: instant(place, 'last_seen', fields.last_seen),
    open: fields.open_at_end === true,
    planned: (cause === undefined ? lastCause : causeOf(cause)) === 'planned',
    lon: degrees(place, 'lon', first.lon, 180),
    lat: degrees(place, 'lat', first.lat, 90),
    district: text(fields.region),
  }
}

/**
 * Reads every incident of a history, in its order; the first line that cannot be used throws `BadHistory`. `writtenAt`
 * is told how the file writes each instant of a change.
 */
export async function readIncidentHistory(file: string, writtenAt?: Map<number, string>): Promise<PastIncident[]> {
  const bytes = createReadStream(file)
  const plain = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  const incidents: PastIncident[] = []
  // A stream's error does not travel down a pipe, and would end the process with a stack trace.
  const failed = new Promise<never>((_, reject) => {
    bytes.once('error', (error) => reject(new BadHistory(`${file}: cannot be read (${error.message})`)))
    plain.once('error', (error: Error) => reject(new BadHistory(`${file}: not readable as gzip (${error.message})`)))
  })
  const reading = (async () => {
    let line = 0
    for await (const written of createInterface({ input: plain, crlfDelay: Infinity })) {
      line += 1
      if (written.trim() === '') continue
      const fields = parseLine({ file, line }, written)
      incidents.push(readIncident({ file, line }, fields))
      if (writtenAt) keepInstants(fields.changes as { t: string }[], writtenAt)
    }
    return incidents
  })()
  const read = await Promise.race([reading, failed])
  if (read.length === 0) throw new BadHistory(`${file}: is empty; expected one incident a line as JSON`)
  return read
}

/** Of changes that were read without refusal. */
function keepInstants(changes: { t: string }[], writtenAt: Map<number, string>): void {
  for (const { t } of changes) writtenAt.set(Date.parse(t) / 1000, t)
}

function parseLine(place: Place, written: string): Fields {
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch (error) {
    throw new BadHistory(
      `${place.file}:${place.line}: is not JSON (${(error as Error).message}); expected one incident a line`,
    )
  }
  return isFields(value) ? value : refuse(place, 'the line', value, 'an object')
}
