// `npm run bench -- wall [--rounds N] [--areas N]`: the wall in a real browser over a synthetic city, beside a page with an empty
// MapLibre map in the same run: until the map is complete, a burst, an event, script sizes.
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import type { LiveEvent } from '../../server/contract/live.ts'
import { buildScreens } from '../../server/screens.ts'
import { openBrowser } from '../browser/open-browser.ts'
import type { StubServer } from '../browser/stub-server.ts'
import { median, printFigure, quantile } from './figures.ts'
import { serveCity } from './wall/serve-city.ts'
import { makeCity, makeIncident, randomFrom, type City } from './wall/synthetic-city.ts'
import { busyOf, openPage, say, untilComplete, untilDrawn, watchOf, type Size } from './wall/watch-page.ts'

const seed = 1
const burst_areas = 5000
const perIncident = 50

/** From navigation to a complete map, and the processor that its main thread took; the page is closed again. */
async function timeToMap(browser: Browser, url: string): Promise<{ took_ms: number; busy_ms: number }> {
  const page = await openPage(browser, url)
  await untilComplete(page)
  const busy_ms = await busyOf(page)
  const { idleAt } = await watchOf(page)
  await page.context().close()
  return { took_ms: idleAt, busy_ms }
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
  const busy: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const before = await busyOf(page)
    bursts.push(await untilDrawn(page, stub, burstOf(round, size)))
    busy.push((await busyOf(page)) - before)
  }
  printFigure(`  ${burst_areas} areas change state, until drawn`, 'ms', bursts)
  printFigure('  the same, processor of the main thread', 'ms', busy)
  const singles: number[] = []
  for (let round = 0; round < rounds * 4; round++) {
    const one = makeIncident(size.incidents + round, size.areas, randomFrom(round))
    singles.push(await untilDrawn(page, stub, [say(one, 'incident', 'opened')]))
  }
  printFigure('  one event, from the server to the wall', 'ms', singles)
  console.log(`  p95 ${quantile(singles, 0.95).toFixed(0)} ms; wanted 500 ms for both`)
}

async function measure(browser: Browser, city: City, size: Size, rounds: number): Promise<void> {
  const stub = await serveCity(city)
  const wall = `${stub.url}/wall?stay#token=bench`
  // Once each beforehand: the server draws its tiles, the machine reads its files.
  await timeToMap(browser, wall)
  await timeToMap(browser, `${stub.url}/empty`)
  const times: Record<'wall' | 'empty', { took_ms: number; busy_ms: number }[]> = { wall: [], empty: [] }
  for (let round = 0; round < rounds; round++) {
    times.empty.push(await timeToMap(browser, `${stub.url}/empty`))
    times.wall.push(await timeToMap(browser, wall))
  }
  console.log(`wall: ${size.areas} areas, ${size.incidents} open incidents, ${size.crews} crews, ${rounds} rounds`)
  for (const what of ['took_ms', 'busy_ms'] as const) {
    const [ours, theirs] = [times.wall, times.empty].map((each) => each.map((one) => one[what])) as [number[], number[]]
    const named = what === 'took_ms' ? 'navigation to a complete map' : 'the same, processor of the main thread'
    printFigure(`  ${named}`, 'ms', ours)
    printFigure('  reference: an empty MapLibre page', 'ms', theirs)
    console.log(
      `  ratio of the medians ${(median(ours) / median(theirs)).toFixed(2)}${what === 'took_ms' ? '; wanted 2' : ''}`,
    )
  }
  const page = await openPage(browser, wall)
  await untilComplete(page)
  await measureMoments(page, stub, size, rounds)
  await page.context().close()
  await measureScripts(browser, stub)
  await stub.close()
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const options = { rounds: text, areas: text, incidents: text, crews: text }
  const { values } = parseArgs({ args, options })
  await buildScreens()
  const size = {
    areas: Number(values.areas ?? 30_000),
    incidents: Number(values.incidents ?? 2000),
    crews: Number(values.crews ?? 300),
  }
  const browser = await openBrowser()
  try {
    await measure(browser, makeCity(size, seed), size, Number(values.rounds ?? 5))
  } finally {
    await browser.close()
  }
}
