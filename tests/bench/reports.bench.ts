// `npm run bench -- reports [--database URL] [--customers N] [--rate N] [--seconds N] [--seed N] [--stream storm,scattered]`:
// reports by account over HTTP, from accepted to event-logged, while the news of them is written out for each customer: in an
// open loop at a fixed rate; then as fast as they are answered beside a bare durable one-row insert from as many connections;
// then judged and inferred one at a time. Two streams: a storm's, in which those call whom feeders and transformers that failed
// have left without supply; and the worst there is, in which half of the callers are each the first of a fault of their own.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { AppDeps } from '../../server/app.ts'
import type { Database } from '../../server/database/index.ts'
import { holdEstimator, holdGrid, type GridModel } from '../../server/incidents/index.ts'
import { itemsOf } from '../../server/network/index.ts'
import { startWritingOut } from '../../server/notifications/index.ts'
import { submitReport } from '../../server/reports/index.ts'
import { drawBurst } from './burst/draw-burst.ts'
import { openCities, type City } from './city-database.ts'
import { median, printFigure, quantile } from './figures.ts'
import { seededRandom, type Random } from './inference/draw-storm.ts'
import { readProcessorTime, sayProcessorTime } from './processor-time.ts'
import { serveApp } from './serve-app.ts'

const connections = 16
const rounds = 3
const round_s = 4
const oneAtATime = 500

/** Runs in a thread: posts each body at its instant (open loop), or each connection one after the other (closed loop). */
const asker = `
const { parentPort, workerData } = require('node:worker_threads')
const http = require('node:http')
const { port, bodies, rate, seconds, connections } = workerData
const agent = new http.Agent({ keepAlive: true, maxSockets: rate > 0 ? 256 : connections })
const took = []
let failed = 0
let next = 0
const post = (due) => send(bodies[next++ % bodies.length], due)
function send(body, due) {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = http.request({ port, host: '127.0.0.1', path: '/api/reports', method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => {
        if (response.statusCode === 201) took.push(performance.now() - due)
        else failed++
        resolve()
      })
    })
    // A connection that rested for the server's five seconds may be closed as it is used again: the report never arrived.
    request.on('error', (reason) => {
      if (request.reusedSocket && reason.code === 'ECONNRESET') return resolve(send(body, due))
      failed++
      resolve()
    })
    request.end(body)
  })
}
async function open() {
  const start = performance.now()
  const all = []
  for (let sent = 0; sent < rate * seconds; sent++) {
    const due = start + (sent * 1000) / rate
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    all.push(post(due))
  }
  await Promise.all(all)
}
async function closed() {
  const end = performance.now() + seconds * 1000
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) await post(performance.now())
  }))
}
;(rate > 0 ? open() : closed()).then(() => parentPort.postMessage({ took, failed }))
`

type Answered = { took: number[]; failed: number }

function ask(port: number, bodies: string[], rate: number, seconds: number): Promise<Answered> {
  const worker = new Worker(asker, { eval: true, workerData: { port, bodies, rate, seconds, connections } })
  return new Promise((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

/** Of a storm's callers, who calls for trouble of his own. */
const ownTroubleShare = 0.01
/** Customers without supply for each who calls. */
const outPerCall = 12

type Stream = { name: string; accounts: string[] }

/** The accounts of service points, in their order. */
async function readAccounts({ database }: City, points: string[]): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string; account_no: string }>(
    'select id, account_no from service_point where id = any ($1)',
    [points],
  )
  const byPoint = new Map(rows.map(({ id, account_no }) => [id, account_no]))
  return points.map((id) => byPoint.get(id)!)
}

/** Accounts in the order in which a storm's customers call: those without supply by whole feeders and by single transformers. */
function drawStormCallers(model: GridModel, count: number, random: Random): string[] {
  const { network } = model
  const { ids } = network.servicePoints
  const { failures } = drawBurst(model, Math.min(count * outPerCall, ids.size / 5), Date.now(), random)
  const out = failures.flatMap(({ transformers }) =>
    transformers.flatMap((transformer) => [...itemsOf(network.servicePointsOf, transformer)]),
  )
  return Array.from({ length: count }, () => {
    const callers = random() < ownTroubleShare ? ids.size : 0
    const point = callers ? Math.floor(random() * callers) : out[Math.floor(random() * out.length)]!
    return ids.nameOf(point)
  })
}

/** Every other caller is one of a few dozen of a transformer that is out; the rest are anybody. */
function drawScattered(model: GridModel, count: number, random: Random): string[] {
  const { network } = model
  const { ids } = network.servicePoints
  const any = (length: number): number => Math.floor(random() * length)
  const out = Array.from({ length: Math.ceil(count / 40) }, () => [
    ...itemsOf(network.servicePointsOf, any(network.transformers.ids.size)),
  ]).filter((points) => points.length > 0)
  return Array.from({ length: count }, (_, index) => {
    const among = out[any(out.length)]!
    return ids.nameOf(index % 2 === 0 ? among[any(among.length)]! : any(ids.size))
  })
}

const bodyOf = (account_no: string): string => JSON.stringify({ channel: 'hotline', account_no, symptom: 'no_power' })

/** The reference: as many connections, each inserting one row after the other into a table with one index. */
async function insertRate(database: Database): Promise<number> {
  await database.pool.query(
    'create table if not exists bare_report (id bigint generated always as identity primary key, body text)',
  )
  const end = performance.now() + round_s * 1000
  let inserted = 0
  const insert = async () => {
    while (performance.now() < end) {
      await database.pool.query('insert into bare_report (body) values ($1)', [bodyOf('0000000000')])
      inserted++
    }
  }
  await Promise.all(Array.from({ length: connections }, insert))
  return inserted / round_s
}

/** When the first of what was found was written, since `first_ms` was last set to 0: all that is judged and inferred is known by then. */
function watchWrites({ pool }: Database): { first_ms: number } {
  const seen = { first_ms: 0 }
  const watched = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    const watching = (...given: unknown[]): unknown => {
      const { text = '' } = given[0] as { text?: string }
      if (seen.first_ms === 0 && /\b(insert into|update) (report|evidence|incident)\b/.test(text))
        seen.first_ms = performance.now()
      return query(...given)
    }
    Object.assign(client, { query: watching })
  })
  return seen
}

/** How long after the first call of each fault its incident was open, in milliseconds: of those opened since `since`. */
async function readOpenedAfter({ pool }: Database, since: Date): Promise<number[]> {
  const { rows } = await pool.query<{ ms: number }>(
    `select extract(epoch from event_log.at - incident.started_at)::float8 * 1000 as ms
     from event_log
     join incident on incident.id = event_log.incident_id
     where event_log.name = 'incident' and event_log.step = 'opened' and incident.started_at >= $1`,
    [since],
  )
  return rows.map(({ ms }) => ms)
}

/** Waits until nothing is put off any more; answers how many seconds that took. */
async function untilSettled({ grid: { backlog } }: AppDeps): Promise<number> {
  const start = performance.now()
  while (backlog.size > 0) await pause(10)
  return (performance.now() - start) / 1000
}

/** One stream on a database of its own; answers the p99 of the open loop and of one at a time, milliseconds. */
async function measureStream(city: City, { name, accounts }: Stream, rate: number, seconds: number): Promise<void> {
  const bodies = accounts.map(bodyOf)
  const { port, deps, close } = await serveApp(city.database)
  const writing = startWritingOut(city.database, 1000)
  await ask(port, bodies.splice(0, 400), 0, 2)
  const putOff = deps.grid.backlog.count
  const before = await readProcessorTime(city.database)
  const began = new Date()
  const open = await ask(port, bodies.splice(0, rate * seconds), rate, seconds)
  const used = sayProcessorTime(before, await readProcessorTime(city.database))
  printFigure(
    `  ${name}: ${open.took.length} reports at ${rate} a second, accepted to event-logged`,
    'ms',
    open.took,
    true,
  )
  console.log(`  of them ${used}, the callers' included`)
  const settled_s = await untilSettled(deps)
  console.log(
    `  ${deps.grid.backlog.count - putOff} of them answered before their unit was settled, the last unit ${settled_s.toFixed(1)} s after the last call`,
  )
  const openedAfter = await readOpenedAfter(city.database, began)
  printFigure('  from the first call of a fault until its incident is open', 'ms', openedAfter, true)
  if (open.failed > 0) console.log(`  ${open.failed} were not answered 201`)
  const rates = { ours: [] as number[], bare: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const { took } = await ask(port, bodies.splice(0, bodies.length >> 2), 0, round_s)
    rates.ours.push(took.length / (round_s + (await untilSettled(deps))))
    rates.bare.push(await insertRate(city.database))
  }
  printFigure(`  ${name}: reports from ${connections} connections, until the last is settled`, 'reports/s', rates.ours)
  printFigure(`  reference: bare durable one-row insert from ${connections} connections`, 'rows/s', rates.bare)
  console.log(`  ratio to the reference ${(median(rates.ours) / median(rates.bare)).toFixed(3)}`)
  const judged: number[] = []
  const committed: number[] = []
  deps.grid.backlog.serve(false)
  const writes = watchWrites(city.database)
  for (const account_no of accounts.slice(-oneAtATime)) {
    const start = performance.now()
    writes.first_ms = 0
    await submitReport(deps, { channel: 'hotline', account_no, symptom: 'no_power' }, 'bench')
    judged.push(writes.first_ms - start)
    committed.push(performance.now() - start)
  }
  printFigure(
    `  ${name}: one at a time, located, judged and inferred, until the first row is written`,
    'ms',
    judged,
    true,
  )
  printFigure(
    `  the same until all of it is committed, the interruptions of whom it opens included`,
    'ms',
    committed,
    true,
  )
  console.log(
    `  p99 wanted: 50 ms at ${rate} a second (${quantile(open.took, 0.99).toFixed(1)}), 20 ms judged and inferred (${quantile(judged, 0.99).toFixed(1)}); our memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  )
  await writing.stop()
  await close()
}

/** With a model of its own, which is gone before anything is measured. */
async function drawStream(city: City, name: string, count: number, seed: number): Promise<Stream> {
  const { current: model } = await holdGrid(city.database, await holdEstimator(city.database, () => new Date()))
  const draw = name === 'storm' ? drawStormCallers : drawScattered
  return { name, accounts: await readAccounts(city, draw(model, count, seededRandom(seed))) }
}

async function measure(city: City, name: string, rate: number, seconds: number, seed: number): Promise<void> {
  const [load] = os.loadavg()
  console.log(
    `reports: ${city.customers} customers, seed ${seed}, PostgreSQL on this machine, everything on its processors; load average ${load!.toFixed(1)}`,
  )
  const stream = await drawStream(city, name, rate * seconds + oneAtATime + 20_000, seed)
  await measureStream(city, stream, rate, seconds)
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const options = { database: text, customers: text, rate: text, seconds: text, seed: text, stream: text }
  const { values } = parseArgs({ args, options })
  for (const stream of (values.stream ?? 'storm,scattered').split(','))
    for await (const city of openCities({ customers: '20000', ...values }))
      await measure(city, stream, Number(values.rate ?? 200), Number(values.seconds ?? 20), Number(values.seed ?? 1))
}
