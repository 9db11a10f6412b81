// Reads evidence lines (NDJSON, `.gz` too) for the laboratory: who called, which meters and which telemetry spoke, in order of
// arrival. A line that cannot be read stops the run; an unknown customer or device is counted and named on standard error.
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { METERED } from '../../server/network/index.ts'
import type { Evidence, Symptom } from '../../server/incidents/index.ts'
import { BadInput } from './bad-input.ts'
import type { LabNetwork } from './read-network.ts'

/** What was kept aside, by reason, with one example each. */
export type Aside = Map<string, { count: number; example: string }>
export type EvidenceLine = { at: number; evidence: Evidence }

const kinds = ['report', 'power_off', 'power_on', 'telemetry']
const symptoms = ['no_power', 'part_power', 'dim', 'hazard']
/** ISO 8601 with a time and an offset, as everywhere in the import formats. */
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i

/** Milliseconds since 1970, or NaN. */
export function parseInstant(text: unknown): number {
  return typeof text === 'string' && instant.test(text) ? Date.parse(text) : NaN
}

export async function* readEvidence(file: string, lab: LabNetwork, aside: Aside): AsyncGenerator<EvidenceLine> {
  if (!existsSync(file)) throw new BadInput(`${file}: is not there; a file of evidence lines would be right`)
  const bytes = createReadStream(file)
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  // A broken archive must reach the reader of lines, or it would end the process with a stack trace.
  let broken: Error | null = null
  for (const stream of [bytes, input])
    stream.on('error', (error: Error) => {
      broken = error
      lines.close()
    })
  const lines = createInterface({ input, crlfDelay: Infinity })
  // It passes on what its input met, which is kept above.
  lines.on('error', () => undefined)
  let number = 0
  for await (const text of lines) {
    number++
    const line = number === 1 ? text.replace(/^\uFEFF/, '') : text
    if (line.trim() === '') continue
    const read = readLine(line, `${file}:${number}`, lab, aside)
    if (read !== null) yield read
  }
  if (broken !== null) throw new BadInput(`${file}: cannot be read: ${(broken as Error).message}`)
}

function readLine(text: string, place: string, lab: LabNetwork, aside: Aside): EvidenceLine | null {
  const refuse = (column: string, wrong: string, right: string) =>
    new BadInput(`${place}: ${column} ${wrong}; right would be: ${right}`)
  let line: Record<string, unknown>
  try {
    line = JSON.parse(text) as Record<string, unknown>
  } catch {
    throw refuse('the line', 'is not JSON', '{ "at": …, "kind": … }')
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    throw refuse('the line', 'is not a JSON object', '{ "at": …, "kind": … }')
  const at = parseInstant(line.at)
  if (Number.isNaN(at)) throw refuse('at', `is ${JSON.stringify(line.at)}`, 'an ISO 8601 instant with offset')
  const kind = line.kind as string
  if (!kinds.includes(kind)) throw refuse('kind', `is ${JSON.stringify(line.kind)}`, kinds.join(', '))
  if (kind === 'telemetry') {
    if (line.state !== 'open' && line.state !== 'closed')
      throw refuse('state', `is ${JSON.stringify(line.state)}`, 'open, closed')
    if (typeof line.equipment_id !== 'string')
      throw refuse('equipment_id', `is ${JSON.stringify(line.equipment_id)}`, 'text')
    if (line.commanded !== undefined && line.commanded !== null && typeof line.commanded !== 'boolean')
      throw refuse('commanded', `is ${JSON.stringify(line.commanded)}`, 'true, false')
    return readTelemetry(line.equipment_id, line.state, line.commanded === true, at, lab, aside)
  }
  const symptom = line.symptom ?? undefined
  if (symptom !== undefined && !symptoms.includes(symptom as string))
    throw refuse('symptom', `is ${JSON.stringify(symptom)}`, symptoms.join(', '))
  const names = [line.account_no, line.meter_no, line.service_point_id].filter(
    (each) => each !== undefined && each !== null,
  )
  if (names.length === 0 || names.some((each) => typeof each !== 'string'))
    throw refuse('account_no, meter_no', 'give no text', 'one of them, naming a service point')
  const servicePoint = findServicePoint(names as string[], lab)
  if (servicePoint < 0) return setAside(aside, 'unknown account, meter or service point', names.join(' '))
  if (kind === 'report') return { at, evidence: { kind, servicePoint, at, symptom: symptom as Symptom | undefined } }
  if ((lab.network.servicePoints.flags[servicePoint]! & METERED) === 0)
    return setAside(aside, 'meter event where the folder shows no meter', names.join(' '))
  return { at, evidence: { kind: kind as 'power_off' | 'power_on', servicePoint, at } }
}

function readTelemetry(
  id: string,
  state: 'open' | 'closed',
  commanded: boolean,
  at: number,
  lab: LabNetwork,
  aside: Aside,
) {
  const { ids, telemetered } = lab.network.equipment
  const equipment = ids.find(id)
  if (equipment < 0) return setAside(aside, 'telemetry for equipment that is not on the graph', id)
  if (telemetered[equipment] === 0) return setAside(aside, 'telemetry for equipment that is not telemetered', id)
  return { at, evidence: { kind: 'telemetry' as const, equipment, at, state, commanded } }
}

/** Any of its names identifies a service point, whichever column it came in. */
function findServicePoint(names: string[], { network, byAccount, byMeter }: LabNetwork): number {
  for (const name of names) {
    const found = byAccount.get(name) ?? byMeter.get(name) ?? network.servicePoints.ids.find(name)
    if (found >= 0) return found
  }
  return -1
}

function setAside(aside: Aside, reason: string, example: string): null {
  const known = aside.get(reason)
  if (known) known.count++
  else aside.set(reason, { count: 1, example })
  return null
}
