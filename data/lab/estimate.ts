// `npm run lab -- estimate --train F… --test F --out F.csv`: learns restoration times from histories and writes, for every
// unplanned incident of the test file at each instant of its changes, the 10th, 50th and 90th percentile of its end.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { forecast, learn } from '../../server/estimates/index.ts'
import type { Forecast, PastIncident } from '../../server/estimates/index.ts'
import { BadHistory, readIncidentHistory } from './read-incident-history.ts'

type Files = { train: string[]; test: string; out: string }

const usage = 'lab estimate: expected --train FILE… --test FILE --out FILE.csv (each may end in .gz)'

function readArguments(args: string[]): Files {
  const given: Record<string, string[]> = {}
  let name = ''
  for (const arg of args) {
    if (arg.startsWith('--')) given[(name = arg.slice(2))] ??= []
    else given[name]?.push(arg)
  }
  const unknown = Object.keys(given).find((each) => !['train', 'test', 'out'].includes(each))
  const { train = [], test = [], out = [] } = given
  if (unknown !== undefined || train.length === 0 || test.length !== 1 || out.length !== 1)
    throw new BadHistory(unknown === undefined ? usage : `lab estimate: no option --${unknown}; ${usage}`)
  return { train, test: test[0]!, out: out[0]! }
}

const from = (incident: PastIncident): number => incident.revisions[0]!.at_s

/**
 * Which incidents may teach. A history that runs into the time of the test teaches only up to where the test begins, so
 * that nothing later than an instant can speak at it; one from another time teaches whole, but for shared incidents.
 */
function teachers(train: PastIncident[], test: PastIncident[]): (incident: PastIncident) => boolean {
  const testIds = new Set(test.map((incident) => incident.id))
  const begin_s = test.reduce((least, incident) => Math.min(least, from(incident)), Infinity)
  const end_s = test.reduce((most, incident) => Math.max(most, incident.ended_s), -Infinity)
  const overlaps = train.some((incident) => incident.ended_s >= begin_s && from(incident) <= end_s)
  return (incident) => !testIds.has(incident.id) && (!overlaps || incident.ended_s < begin_s)
}

const iso = (at_s: number): string => new Date(Math.round(at_s) * 1000).toISOString().replace('.000Z', 'Z')

const quoted = (id: string): string => (/[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id)

function* csvOf(forecasts: Iterable<Forecast>, writtenAt: Map<number, string>): Generator<string> {
  yield 'id,at,low,estimate,high\n'
  for (const { incident, at_s, estimate } of forecasts) {
    const instants = [at_s + estimate.low_s, at_s + estimate.estimate_s, at_s + estimate.high_s]
    yield `${[quoted(incident.id), writtenAt.get(at_s) ?? iso(at_s), ...instants.map(iso)].join(',')}\n`
  }
}

async function estimate({ train, test, out }: Files): Promise<void> {
  const histories: PastIncident[][] = []
  for (const file of train) histories.push(await readIncidentHistory(file))
  const history = histories.flat()
  const writtenAt = new Map<number, string>()
  const incidents = await readIncidentHistory(test, writtenAt)
  const began_ms = performance.now()
  const model = learn(history, { learnable: teachers(history, incidents) })
  const { learnedFrom } = model
  const taught = `${learnedFrom.incidents} incidents, ${learnedFrom.moments} moments`
  console.error(`learned from ${taught} in ${((performance.now() - began_ms) / 1000).toFixed(1)} s`)
  const csv = Readable.from(csvOf(forecast(model, incidents), writtenAt))
  await (out.endsWith('.gz')
    ? pipeline(csv, createGzip(), createWriteStream(out))
    : pipeline(csv, createWriteStream(out)))
}

export async function run(args: string[]): Promise<void> {
  try {
    await estimate(readArguments(args))
  } catch (error) {
    const isSystem = error instanceof Error && 'code' in error && 'syscall' in error
    if (!(error instanceof BadHistory) && !isSystem) throw error
    console.error((error as Error).message)
    process.exitCode = 2
  }
}
