// `npm run bench -- wall [--rounds N] [--events N] [--areas N]`: the wall in a real browser over a synthetic city, beside a page with an
// empty MapLibre map in the same run: until the map is complete, a burst, an event, a day's events in its memory, script sizes.
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import type { LiveEvent } from '../../server/contract/live.ts'
import { buildScreens } from '../../server/screens.ts'
import { openBrowser } from '../browser/open-browser.ts'
import type { StubServer } from '../browser/stub-server.ts'
import { event } from '../web/sketch.ts'
import { median, printFigure, quantile } from './figures.ts'
import { serveCity } from './wall/serve-city.ts'
import { makeCity, makeCrew, makeIncident, randomFrom, type City } from './wall/synthetic-city.ts'

const seed = 1
const burst_areas = 5000
const perIncident = 50
/** Events of the day are sent this many at a time, each batch once the one before is drawn. */
const batch = 200
const warmEvents = 1000
const patience_ms = 120_000

type Size = { areas: number; incidents: number; crews: number }
type Watch = { idleAt: number; drawnAt: number }

/** Notes when the map said that it was drawn or idle, from the page's own beginning. */
const watchMap = () => {
  const watch: Watch = { idleAt: 0, drawnAt: 0 }
  Object.assign(window, { watch })
  addEventListener('relight:map', (said) => {
    if ((said as CustomEvent<string>).detail === 'idle') watch.idleAt ||= performance.now()
    // Drawn is when the frame has been handed over.
    else requestAnimationFrame(() => (watch.drawnAt = performance.timeOrigin + performance.now()))
  })
}
const watchOf = (page: Page) => page.evaluate(() => (window as unknown as { watch: Watch }).watch)

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
  context.setDefaultTimeout(patience_ms)
  const page = await context.newPage()
  await page.addInitScript(watchMap)
  await page.goto(url)
  return page
}

/** Milliseconds from navigation to a complete map; the page is closed again. */
async function timeToMap(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, url)
  await page.waitForFunction(() => (window as unknown as { watch: Watch }).watch.idleAt > 0)
  const { idleAt } = await watchOf(page)
  await page.context().close()
  return idleAt
}

let seq = 100
const say = <Data extends { id: string }>(data: Data, name: LiveEvent['name'], step: string) =>
  event(++seq, { at: new Date().toISOString(), name, step, subject_id: data.id, data })

/** Sends, and says how long until a frame after it was drawn. */
async function untilDrawn(page: Page, stub: StubServer, events: LiveEvent[]): Promise<number> {
  const sentAt = Date.now()
  stub.sendRaw(events.map((one) => `id: ${one.seq}\nevent: ${one.name}\ndata: ${JSON.stringify(one)}\n\n`).join(''))
  await page.waitForFunction((at) => (window as unknown as { watch: Watch }).watch.drawnAt > at, sentAt)
  return (await watchOf(page)).drawnAt - sentAt
}

function burstOf(round: number, size: Size): LiveEvent[] {
  const random = randomFrom(seed + round)
  return Array.from({ length: burst_areas / perIncident }, (_, index) => {
    const one = makeIncident(index, size.areas, random, perIncident)
    const status = round % 2 ? ('confirmed' as const) : ('restored' as const)
    const at = new Date().toISOString()
    return say({ ...one, id: `burst_${index}`, version: round + 1, status, restored_at: at }, 'incident', 'updated')
  })
}

/** What a day brings: crews that move, incidents that open, change, come back and close. */
function dayEvent(index: number, size: Size, random: () => number): LiveEvent {
  const version = index + 10
  if (index % 10 > 1) return say({ ...makeCrew(index % size.crews, random), version }, 'crew', 'moved')
  const one = makeIncident(Math.floor(random() * size.incidents), size.areas, random)
  const at = new Date().toISOString()
  if (index % 10 === 1) return say({ ...one, version }, 'incident', 'updated')
  const id = `day_${Math.floor(index / 30)}`
  const status = (['probable', 'confirmed', 'closed'] as const)[(index / 10) % 3]!
  return say(
    { ...one, id, status, version, closed_at: at } as typeof one,
    'incident',
    status === 'probable' ? 'opened' : status,
  )
}

/** Bytes of script alive after everything that can go is gone. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number }
  await devtools.detach()
  return usedSize / 1e6
}

async function measureDay(page: Page, stub: StubServer, size: Size, events: number): Promise<void> {
  const random = randomFrom(seed)
  let first = 0
  for (let sent = 0; sent < events; sent += batch) {
    await untilDrawn(
      page,
      stub,
      Array.from({ length: batch }, (_, k) => dayEvent(sent + k, size, random)),
    )
    if (sent + batch === warmEvents) first = await heapOf(page)
  }
  const last = await heapOf(page)
  console.log(
    `  memory after ${warmEvents} events ${first.toFixed(1)} MB, after ${events} ${last.toFixed(1)} MB: ${(last / first).toFixed(3)}; wanted within 1.10`,
  )
}

async function measureScripts(browser: Browser, stub: StubServer): Promise<void> {
  const wanted: Record<string, number> = { '/wall': 700, '/desk': 700, '/crew': 350, '/': 50 }
  for (const [screen, most_kB] of Object.entries(wanted)) {
    const before = stub.scriptBytes()
    const page = await openPage(browser, `${stub.url}${screen}#token=bench`)
    await page.waitForTimeout(4000)
    const sent_kB = (stub.scriptBytes() - before) / 1000
    console.log(
      `  script of ${screen}: ${sent_kB.toFixed(0)} kB on the wire; wanted ${most_kB}${screen === '/' ? ' without the map' : ''}`,
    )
    await page.context().close()
  }
}

async function measureMoments(page: Page, stub: StubServer, size: Size, rounds: number): Promise<void> {
  const bursts: number[] = []
  for (let round = 1; round <= rounds; round++) bursts.push(await untilDrawn(page, stub, burstOf(round, size)))
  printFigure(`  ${burst_areas} areas change state, until drawn`, 'ms', bursts)
  const singles: number[] = []
  for (let round = 0; round < rounds * 4; round++) {
    const one = makeIncident(size.incidents + round, size.areas, randomFrom(round))
    singles.push(await untilDrawn(page, stub, [say(one, 'incident', 'opened')]))
  }
  printFigure('  one event, from the server to the wall', 'ms', singles)
  console.log(`  p95 ${quantile(singles, 0.95).toFixed(0)} ms; wanted 500 ms for both`)
}

async function measure(browser: Browser, city: City, size: Size, rounds: number, events: number): Promise<void> {
  const stub = await serveCity(city)
  const wall = `${stub.url}/wall?stay#token=bench`
  // Once each beforehand: the server draws its tiles, the machine reads its files.
  await timeToMap(browser, wall)
  await timeToMap(browser, `${stub.url}/empty`)
  const times: { wall: number[]; empty: number[] } = { wall: [], empty: [] }
  for (let round = 0; round < rounds; round++) {
    times.empty.push(await timeToMap(browser, `${stub.url}/empty`))
    times.wall.push(await timeToMap(browser, wall))
  }
  console.log(`wall: ${size.areas} areas, ${size.incidents} open incidents, ${size.crews} crews, ${rounds} rounds`)
  printFigure('  navigation to a complete map', 'ms', times.wall)
  printFigure('  reference: an empty MapLibre page', 'ms', times.empty)
  console.log(`  ratio of the medians ${(median(times.wall) / median(times.empty)).toFixed(2)}; wanted 2`)
  const page = await openPage(browser, wall)
  await page.waitForFunction(() => (window as unknown as { watch: Watch }).watch.idleAt > 0)
  await measureMoments(page, stub, size, rounds)
  if (events > 0) await measureDay(page, stub, size, events)
  await page.context().close()
  await measureScripts(browser, stub)
  await stub.close()
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const options = { rounds: text, events: text, areas: text, incidents: text, crews: text }
  const { values } = parseArgs({ args, options })
  await buildScreens()
  const size = {
    areas: Number(values.areas ?? 30_000),
    incidents: Number(values.incidents ?? 2000),
    crews: Number(values.crews ?? 300),
  }
  const browser = await openBrowser()
  try {
    await measure(browser, makeCity(size, seed), size, Number(values.rounds ?? 5), Number(values.events ?? 86_400))
  } finally {
    await browser.close()
  }
}
