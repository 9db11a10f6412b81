// `npm run bench -- wall-memory [--events N]`: a day's events sent to the real wall as fast as it draws them, and its memory after
// the first thousand and after the last: what is alive after collecting garbage, the script's heap, listeners and elements.
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import type { LiveEvent } from '../../server/contract/live.ts'
import { buildScreens } from '../../server/screens.ts'
import { openBrowser } from '../browser/open-browser.ts'
import type { StubServer } from '../browser/stub-server.ts'
import { serveCity } from './wall/serve-city.ts'
import { makeCity, makeCrew, makeIncident, randomFrom } from './wall/synthetic-city.ts'
import { openPage, say, untilComplete, untilDrawn, type Size } from './wall/watch-page.ts'

const seed = 1
/**
 * Sent so many at a time, each batch once the one before is drawn: a wall draws once a tick however many came. The first thousand
 * take a wall a quarter of an hour and as many drawings, by which all that runs often is compiled: they come in small batches.
 */
const batchFrom = (sent: number) => (sent < warmEvents ? 5 : 500)
const warmEvents = 1000
const size: Size = { areas: 30_000, incidents: 2000, crews: 300 }

const day_ms = 86_400_000

/** What a day brings, an event a second of its own time: crews that move, incidents that open, change, come back and close. */
function dayEvent(index: number, begun: number, random: () => number): LiveEvent {
  const at = new Date(begun + (index / 86_400) * day_ms).toISOString()
  const version = index + 10
  if (index % 10 > 1) return { ...say({ ...makeCrew(index % size.crews, random), version }, 'crew', 'moved'), at }
  const one = { ...makeIncident(Math.floor(random() * size.incidents), size.areas, random), updated_at: at, version }
  if (index % 10 === 1) return { ...say(one, 'incident', 'updated'), at }
  const id = `day_${Math.floor(index / 30)}`
  const status = (['probable', 'confirmed', 'closed'] as const)[(index / 10) % 3]!
  const step = status === 'probable' ? 'opened' : status
  return { ...say({ ...one, id, status, started_at: at }, 'incident', step), at }
}

type Memory = { alive_MB: number; heap_MB: number; elements: number; listeners: number }

/** What is alive after everything that can go is gone: script and what the page holds for it, and the script's heap as it lies. */
async function memoryOf(page: Page): Promise<Memory> {
  const devtools = await page.context().newCDPSession(page)
  const alive = await aliveBytes(devtools)
  for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number }
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
  await devtools.detach()
  return { alive_MB: alive / 1e6, heap_MB: usedSize / 1e6, elements: nodes, listeners: jsEventListeners }
}

type HeapSnapshot = { snapshot: { meta: { node_fields: string[] } }; nodes: number[] }

/** The sizes of all that a heap snapshot reaches, added up. */
async function aliveBytes(devtools: CDPSession): Promise<number> {
  const parts: string[] = []
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void parts.push(chunk))
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  const { snapshot, nodes } = JSON.parse(parts.join('')) as HeapSnapshot
  const fields = snapshot.meta.node_fields
  let bytes = 0
  for (let at = fields.indexOf('self_size'); at < nodes.length; at += fields.length) bytes += nodes[at]!
  return bytes
}

async function measureDay(page: Page, stub: StubServer, events: number): Promise<void> {
  const random = randomFrom(seed)
  const begun = Date.now()
  let first: Memory | null = null
  for (let sent = 0; sent < events;) {
    const count = Math.min(batchFrom(sent), events - sent)
    const some = Array.from({ length: count }, (_, k) => dayEvent(sent + k, begun, random))
    await untilDrawn(page, stub, some)
    sent += count
    if (sent === warmEvents) first = await memoryOf(page)
  }
  const last = await memoryOf(page)
  for (const what of ['alive_MB', 'heap_MB', 'elements', 'listeners'] as const)
    console.log(
      `  ${what} after ${warmEvents} events ${first![what].toFixed(1)}, after ${events} ${last[what].toFixed(1)}: ${(last[what] / first![what]).toFixed(3)}; wanted within 1.10`,
    )
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { events: { type: 'string' } } })
  await buildScreens()
  const stub = await serveCity(makeCity(size, seed))
  const browser = await openBrowser()
  try {
    const page = await openPage(browser, `${stub.url}/wall?stay#token=bench`)
    await untilComplete(page)
    // What draws the crews is loaded after the map, and is no growth.
    await page.waitForSelector('#deckgl-overlay', { state: 'attached' })
    console.log(`wall-memory: ${size.areas} areas, ${size.incidents} incidents at first, ${size.crews} crews`)
    await measureDay(page, stub, Number(values.events ?? 86_400))
  } finally {
    await browser.close()
    await stub.close()
  }
}
