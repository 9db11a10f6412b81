// `npm run bench -- burst [--database URL[,URL…]] [--customers N[,N…]] [--seed N]`: the power-off events of a fifth of a city
// taken in and settled into incidents, in calls of 10,000, beside a bare COPY of as many rows; how right the incidents are,
// our memory, and how the cost grows with the city. Measured on a copy of the database, or on generated cities.
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { from as copyFrom } from 'pg-copy-streams'
import type { MeterEvent } from '../../server/contract/incidents.ts'
import type { Database } from '../../server/database/index.ts'
import {
  Backlog,
  extentOf,
  findDevice,
  hearMeters,
  holdEstimator,
  holdGrid,
  type GridModel,
} from '../../server/incidents/index.ts'
import { drawBurst, type Burst } from './burst/draw-burst.ts'
import { openCities, type City } from './city-database.ts'
import { printFigure } from './figures.ts'
import { seededRandom } from './inference/draw-storm.ts'
import { readProcessorTime, sayProcessorTime } from './processor-time.ts'

const eventsPerCall = 10_000
const noon = Date.parse('2026-07-01T12:00:00+08:00')

const megabytes = (): number => process.memoryUsage.rss() / 1e6
const since_s = (start: number): number => (performance.now() - start) / 1000

async function eventsOf(database: Database, { network }: GridModel, { gasps }: Burst): Promise<MeterEvent[]> {
  const meters = new Map<string, string>()
  const ids = gasps.map(({ point }) => network.servicePoints.ids.nameOf(point))
  for (let from = 0; from < ids.length; from += 50_000) {
    const { rows } = await database.pool.query<{ id: string; meter_no: string }>(
      'select id, meter_no from service_point where id = any ($1)',
      [ids.slice(from, from + 50_000)],
    )
    for (const { id, meter_no } of rows) meters.set(id, meter_no)
  }
  return gasps.map(({ at }, index) => ({
    meter_no: meters.get(ids[index]!)!,
    kind: 'power_off',
    at: new Date(at).toISOString(),
  }))
}

/** The reference: the same words copied into a table that nobody reads. */
async function copyBare(database: Database, events: MeterEvent[]): Promise<number> {
  const text = events.map((event) => `${event.meter_no}\t${event.kind}\t${event.at}\n`).join('')
  const start = performance.now()
  await database.transaction(async ({ client }) => {
    await client.query('create table bare_event (meter_no text, kind text, at timestamptz)')
    const stream = client.query(copyFrom('copy bare_event from stdin'))
    stream.end(text)
    await finished(stream)
  })
  return since_s(start)
}

type Taken = { calls_s: number[]; peak: number }

async function takeIn(city: City, model: GridModel, events: MeterEvent[]): Promise<Taken> {
  const { database } = city
  const grid = { current: model, backlog: new Backlog(), reload: () => Promise.resolve() }
  const taken: Taken = { calls_s: [], peak: 0 }
  const clock = { now: noon }
  const deps = { database, grid, estimator: model.estimator, now: () => new Date(clock.now) }
  for (let from = 0; from < events.length; from += eventsPerCall) {
    const part = events.slice(from, from + eventsPerCall)
    clock.now = Date.parse(part.at(-1)!.at) + 1000
    const start = performance.now()
    await hearMeters(deps, part, 'bench')
    taken.calls_s.push(since_s(start))
    taken.peak = Math.max(taken.peak, megabytes())
  }
  return taken
}

type OpenIncident = { id: string; equipment_id: string; equipment_kind: string; customers_out: number }

/** An incident is right where it stands for exactly the customers of one failure. */
async function printRightness(city: City, model: GridModel, { failures }: Burst): Promise<void> {
  const { rows } = await city.database.pool.query<OpenIncident>(
    `select id, equipment_id, equipment_kind, customers_out from incident
     where status in ('suspected', 'probable', 'confirmed', 'partly_restored')`,
  )
  const keyOf = (transformers: number[]) => transformers.toSorted((a, b) => a - b).join()
  const failed = new Set(failures.map(({ transformers }) => keyOf(transformers)))
  const total = rows.reduce((sum, row) => sum + row.customers_out, 0)
  const right = rows.filter((row) => {
    const extent = extentOf(model, findDevice(model, row.equipment_id)!)
    return extent.points === null && failed.has(keyOf(extent.transformers))
  })
  const inRight = right.reduce((sum, row) => sum + row.customers_out, 0)
  const single = rows.filter((row) => !right.includes(row) && row.customers_out <= 1).length
  console.log(
    `  ${failures.length} devices failed; ${rows.length} incidents stand, ${right.length} of them exactly on a failed device, ${single} on one household; of ${total} customers taken to be out ${inRight} are in the right incident`,
  )
}

async function measure(city: City, seed: number): Promise<{ events: number; took_s: number }> {
  const { database, customers } = city
  const estimator = await holdEstimator(database, () => new Date(noon))
  const model = (await holdGrid(database, estimator)).current
  const wanted = Math.floor(customers / 5)
  const burst = drawBurst(model, wanted, noon, seededRandom(seed))
  const events = await eventsOf(database, model, burst)
  console.log(
    `burst: ${customers} customers, ${model.network.transformers.ids.size} transformers, ${events.length} power-off events, seed ${seed}; ${megabytes().toFixed(0)} MB before`,
  )
  const reference_s = await copyBare(database, events)
  const before = await readProcessorTime(database)
  const { calls_s, peak } = await takeIn(city, model, events)
  const used = sayProcessorTime(before, await readProcessorTime(database))
  const took_s = calls_s.reduce((sum, each) => sum + each, 0)
  printFigure(`  a call of ${eventsPerCall}`, 's', calls_s)
  console.log(
    `  taken in and settled in ${took_s.toFixed(1)} s, ${Math.round(events.length / took_s)} events/s, ${(took_s / reference_s).toFixed(0)} times a bare COPY of them (${reference_s.toFixed(2)} s); our memory at most ${peak.toFixed(0)} MB`,
  )
  console.log(`  ${used}`)
  await printRightness(city, model, burst)
  return { events: events.length, took_s }
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { database: text, customers: text, seed: text } })
  const costs: { events: number; took_s: number }[] = []
  for await (const city of openCities({ customers: '20000,60000', ...values }))
    costs.push(await measure(city, Number(values.seed ?? 1)))
  const [first, last] = [costs[0], costs.at(-1)]
  if (first && last && costs.length > 1)
    console.log(
      `burst: ${(last.events / first.events).toFixed(1)} times the events cost ${(last.took_s / first.took_s).toFixed(1)} times the time`,
    )
}
