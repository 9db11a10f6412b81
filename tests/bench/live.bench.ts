// `npm run bench -- live [--listeners N] [--events N] [--rate N]`: listeners of the live stream on one process, from an event's
// instant in the log to each listener, and our memory, beside the same for one listener; then one that stops reading. The
// listeners run in a process of their own. On a copy of --database URL, else on a small city.
import { fork } from 'node:child_process'
import { connect } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '../../server/database/index.ts'
import { appendEvent } from '../../server/live/index.ts'
import { openCities } from './city-database.ts'
import { printFigure, quantile } from './figures.ts'
import { adminToken, serveApp } from './serve-app.ts'

const settle_ms = 3000
const opensAtOnce = 100
/** What one that stops reading is sent at most: far more than it may hold. */
const flood = { events: 2000, bytes: 16_000 }

/** Opens `count` streams, a hundred at a time, says when all have their snapshot, then how late each event came. */
const listeners = `
const { connect } = require('node:net')
const [port, count, token] = process.argv.slice(2)
let ready = 0
let started = 0
let late = []
function open() {
  if (started >= count) return
  started++
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('GET /api/live HTTP/1.1\\r\\nhost: bench\\r\\nauthorization: Bearer ' + token + '\\r\\n\\r\\n')
  let first = true
  socket.on('data', (bytes) => {
    if (first) {
      if (bytes.indexOf('snapshot') < 0) return
      first = false
      ready++
      open()
      if (ready === Number(count)) process.send({ ready: true })
      return
    }
    const now = Date.now()
    const text = bytes.toString('latin1')
    for (let at = text.indexOf('sent_ms'); at >= 0; at = text.indexOf('sent_ms', at + 1)) late.push(now - parseInt(text.slice(at + 9, at + 22)))
  })
  socket.on('error', () => process.send({ lost: true }))
}
for (let index = 0; index < ${opensAtOnce}; index++) open()
process.on('message', () => { process.send({ late }); late = [] })
`

type Said = { ready?: true; lost?: true; late?: number[] }

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function startListeners(port: number, count: number) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-listeners-'))
  const program = path.join(folder, 'listeners.cjs')
  writeFileSync(program, listeners)
  const child = fork(program, [String(port), String(count), adminToken], { execArgv: [] })
  const say = (wants: (said: Said) => boolean) =>
    new Promise<Said>((resolve) => {
      const hear = (said: Said) => {
        if (!wants(said)) return
        child.off('message', hear)
        resolve(said)
      }
      child.on('message', hear)
    })
  await say((said) => said.ready === true)
  return {
    late: async () => {
      const answer = say((said) => said.late !== undefined)
      child.send('late')
      return (await answer).late!
    },
    stop: () => {
      child.kill()
      rmSync(folder, { recursive: true })
    },
  }
}

const say = (database: Database, fill: number) =>
  database.transaction((transaction) =>
    appendEvent(transaction, {
      name: 'crew',
      step: 'moved',
      subject_id: 'crew',
      incident_id: null,
      actor: 'bench',
      data: { sent_ms: Date.now(), fill: '.'.repeat(fill) },
    }),
  )

type Load = { count: number; events: number; rate: number }

async function measure(database: Database, { count, events, rate }: Load): Promise<void> {
  const { port, deps, close } = await serveApp(database)
  const before = process.memoryUsage.rss()
  const opened = performance.now()
  const heard = await startListeners(port, count)
  const open_s = (performance.now() - opened) / 1000
  for (let sent = 0; sent < events; sent++) {
    await say(database, 800)
    await pause(1000 / rate)
  }
  await pause(settle_ms)
  const late = await heard.late()
  const memory = (process.memoryUsage.rss() - before) / 1e6
  console.log(
    `live: ${count} listeners, all open after ${open_s.toFixed(1)} s; ${events} events at ${rate} a second, ${late.length} of ${count * events} delivered, ${deps.hub.dropped} dropped; ${memory.toFixed(0)} MB for them`,
  )
  printFigure('  from the log to a listener', 'ms', [quantile(late, 0), quantile(late, 0.5), quantile(late, 1)])
  console.log(`  p99 ${quantile(late, 0.99)} ms; wanted 250 ms, and 300 MB`)
  heard.stop()
  await close()
}

/** One listener reads its snapshot and nothing more. */
async function measureStopped(database: Database): Promise<void> {
  const { port, deps, close } = await serveApp(database)
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET /api/live HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${adminToken}\r\n\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.pause()
  const start = performance.now()
  let sent = 0
  while (deps.hub.dropped === 0 && sent < flood.events) {
    await say(database, flood.bytes)
    sent++
  }
  console.log(
    deps.hub.dropped === 1
      ? `live: one that stops reading is dropped after ${((sent * flood.bytes) / 1e6).toFixed(1)} MB, ${((performance.now() - start) / 1000).toFixed(1)} s of a flood`
      : 'live: one that stops reading was NOT dropped',
  )
  socket.destroy()
  await close()
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const options = { database: text, customers: text, listeners: text, events: text, rate: text }
  const { values } = parseArgs({ args, options })
  const load = { events: Number(values.events ?? 40), rate: Number(values.rate ?? 4) }
  for await (const city of openCities({ customers: '500', ...values })) {
    await measure(city.database, { ...load, count: 1 })
    await measure(city.database, { ...load, count: Number(values.listeners ?? 10_000) })
    await measureStopped(city.database)
  }
}
