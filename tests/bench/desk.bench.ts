// `npm run bench -- desk [--rows N] [--rounds N]`: the desk in a real browser with a queue of 10,000 incidents, beside the same desk with
// 100 in the same run: until the first row, a key until the focus has moved, a leap to the end, an event until its row has changed.
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { buildScreens } from '../../server/screens.ts'
import { openBrowser } from '../browser/open-browser.ts'
import type { StubServer } from '../browser/stub-server.ts'
import { event } from '../web/sketch.ts'
import { median, printFigure } from './figures.ts'
import { serveCity } from './wall/serve-city.ts'
import { makeCity, type City } from './wall/synthetic-city.ts'

const seed = 1
const fewRows = 100
const patience_ms = 120_000
const firstRow = '#queue li button'

type Figures = Record<'first' | 'key' | 'leap' | 'event', number[]>

async function openDesk(browser: Browser, stub: StubServer): Promise<{ page: Page; first_ms: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  context.setDefaultTimeout(patience_ms)
  const page = await context.newPage()
  await page.addInitScript(() => {
    addEventListener('relight:map', (said) => {
      if ((said as CustomEvent<string>).detail === 'idle') document.documentElement.dataset['map'] = 'idle'
    })
  })
  await page.goto(`${stub.url}/desk#token=bench`)
  await page.locator(firstRow).first().waitFor()
  const first_ms = await page.evaluate(() => performance.now())
  // What follows is of the list: the map has been drawn by then.
  await page.locator('html[data-map=idle]').waitFor({ state: 'attached' })
  return { page, first_ms }
}

/** Milliseconds in the page from a key until another element has the focus and a frame with it was handed over. */
const untilMoved = (page: Page, key: string) =>
  page.evaluate(
    (pressed) =>
      new Promise<number>((resolve) => {
        const before = document.activeElement
        const begun = performance.now()
        const target = before && before !== document.body ? before : window
        target.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }))
        const timer = setInterval(() => {
          if (document.activeElement === before || document.activeElement === document.body) return
          clearInterval(timer)
          requestAnimationFrame(() => resolve(performance.now() - begun))
        }, 1)
      }),
    key,
  )

/** The same from an event on the server until the row that has the focus shows it. */
async function untilShown(page: Page, stub: StubServer, city: City, round: number): Promise<number> {
  const id = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'])
  const one = city.snapshot.incidents.find((each) => each.id === id)!
  const place = `${one.place} ${round}`
  const sentAt = Date.now()
  const data = { ...one, place, version: one.version + round }
  stub.send(
    event(1000 + round, { at: new Date().toISOString(), name: 'incident', step: 'updated', subject_id: one.id, data }),
  )
  await page.locator(firstRow).filter({ hasText: place }).waitFor()
  return Date.now() - sentAt
}

async function measure(browser: Browser, rows: number, rounds: number): Promise<{ figures: Figures; drawn: number }> {
  const city = makeCity({ areas: Math.max(3000, 3 * rows), incidents: rows, crews: 300 }, seed)
  const stub = await serveCity(city)
  const figures: Figures = { first: [], key: [], leap: [], event: [] }
  let drawn = 0
  for (let round = 0; round < rounds; round++) {
    const { page, first_ms } = await openDesk(browser, stub)
    figures.first.push(first_ms)
    await untilMoved(page, 'j')
    for (let press = 0; press < 20; press++) figures.key.push(await untilMoved(page, 'j'))
    for (const key of ['End', 'Home', 'End', 'Home']) figures.leap.push(await untilMoved(page, key))
    for (let each = 1; each <= 3; each++) figures.event.push(await untilShown(page, stub, city, 10 * round + each))
    drawn = Math.max(drawn, await page.locator('#queue li').count())
    await page.context().close()
  }
  await stub.close()
  return { figures, drawn }
}

const names: Record<keyof Figures, string> = {
  first: 'navigation to the first row of the queue',
  key: 'a key until the focus has moved on',
  leap: 'to the last row and back',
  event: 'an event until its row shows it',
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { rows: text, rounds: text } })
  const [rows, rounds] = [Number(values.rows ?? 10_000), Number(values.rounds ?? 3)]
  await buildScreens()
  const browser = await openBrowser()
  try {
    const few = await measure(browser, fewRows, rounds)
    const many = await measure(browser, rows, rounds)
    console.log(
      `desk: a queue of ${rows} incidents, ${many.drawn} rows drawn; reference ${fewRows} incidents, ${few.drawn} drawn`,
    )
    for (const key of ['first', 'key', 'leap', 'event'] as const) {
      printFigure(`  ${names[key]}`, 'ms', many.figures[key])
      printFigure('    reference', 'ms', few.figures[key])
      console.log(`    ratio of the medians ${(median(many.figures[key]) / median(few.figures[key])).toFixed(2)}`)
    }
  } finally {
    await browser.close()
  }
}
