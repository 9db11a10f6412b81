// The storm report on paper: a map of its costliest incidents as a still picture, or a calm word where none can be drawn.
import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { StormReport } from '../../server/contract/history.ts'
import { minutesAgo, snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
/** What the report is answered with. */
let status = 200
let stub: StubServer
let seen: Visit

const worst = (id: string, lon: number, customers: number): StormReport['worst'][number] => ({
  id,
  number: 1,
  place: id,
  location: { lon, lat: 22.6 },
  transformer_ids: [],
  status: 'restored',
  cause: null,
  customers,
  started_at: minutesAgo(50),
  first_arrival_at: minutesAgo(30),
  restored_at: minutesAgo(10),
  customer_minutes: customers * 40,
})
const report: StormReport = {
  from: minutesAgo(60),
  to: minutesAgo(0),
  network: { name: 'sketch', timezone: 'Asia/Shanghai' },
  exercise: false,
  totals: {
    customers: 1000,
    customer_minutes: 60_000,
    interrupted: 1500,
    interruptions: 1500,
    incidents: 2,
    restored: 2,
    reports: 9,
    messages_sent: 20,
    messages_dead: 0,
  },
  peak: { at: minutesAgo(40), customers_out: 1500 },
  curve: [60, 40, 0].map((ago, index) => ({
    at: minutesAgo(ago),
    customers_out: [0, 1500, 0][index]!,
    incidents_open: 1,
  })),
  promises: { arrival: { owed: 2, kept: 2 }, escalated: [] },
  estimates: { incidents: 0, first_error_min: null, last_error_min: null, inside: 0, kept: 0 },
  dispatch: {
    assignments: 2,
    crews: 2,
    distance_km: 9,
    crossings: 0,
    crossing_minutes: 0,
    crossing_customer_minutes: 0,
  },
  plans: { made: 0, applied: 0, best: null },
  worst: [worst('泗井新村#1配变', 112.95, 1200), worst('10kV榕溪线F0101', 113.05, 300)],
  timeline: [],
}

beforeAll(async () => {
  browser = await openBrowser()
  stub = await startStub({
    snapshot,
    answer: (pathname, response) => {
      const known: Record<string, unknown> = {
        '/api/storm-report': report,
        '/tiles/ground.json': { tilejson: '3.0.0', attribution: '某市电网 (CC-BY-4.0)' },
      }
      const document = known[pathname]
      const code = pathname === '/api/storm-report' ? status : 200
      if (document) response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      return document !== undefined
    },
  })
})
afterEach(() => seen.close())
afterAll(async () => {
  await browser.close()
  await stub.close()
})

const open = (before?: () => void) => visit(browser, `${stub.url}/report#token=secret`, { before })

it('prints where its costliest incidents were, on white ground, and whose the map is', async () => {
  seen = await open()
  const { page } = seen
  const picture = page.getByRole('img', { name: '损失最大的停电在地图上的位置' })
  await picture.waitFor()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await picture.isVisible()).toBe(true)
  await page.getByText(/数字为下表序号.*某市电网 \(CC-BY-4.0\)/).waitFor()
  // The picture holds something: light ground, and lines that a copier sees.
  const greys = await picture.evaluate((image: HTMLImageElement) => {
    const canvas = document.createElement('canvas')
    canvas.width = 160
    canvas.height = 90
    const pen = canvas.getContext('2d')!
    pen.drawImage(image, 0, 0, 160, 90)
    const { data } = pen.getImageData(0, 0, 160, 90)
    const lights: number[] = []
    for (let at = 0; at < data.length; at += 4) lights.push((data[at]! + data[at + 1]! + data[at + 2]!) / 3)
    lights.sort((a, b) => a - b)
    return { darkest: lights[0]!, middle: lights[lights.length / 2]! }
  })
  expect(greys.middle).toBeGreaterThan(225)
  expect(greys.darkest).toBeLessThan(150)
  const folder = process.env['RELIGHT_PICTURES']
  if (folder) {
    mkdirSync(folder, { recursive: true })
    await page.setViewportSize({ width: 794, height: 1123 })
    await page.screenshot({ path: `${folder}/report-print.png`, fullPage: true })
  }
  expect(seen.errors).toEqual([])
})

it('says calmly where no map can be drawn', async () => {
  seen = await open(() => {
    const { getContext } = HTMLCanvasElement.prototype as { getContext: (...args: never[]) => unknown }
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: never[]) {
      return /webgl/.test(String(args[0])) ? null : getContext.apply(this, args)
    } as never
  })
  await seen.page.getByText('此处无法绘制地图，地点见下表。').waitFor()
  await seen.page.getByRole('heading', { name: '经过' }).waitFor()
})

it('blames the period only where the period is to blame, and else offers to try again', async () => {
  status = 503
  seen = await open()
  const { page } = seen
  await page.getByText('报告没有读到').waitFor()
  expect(await page.getByText('时段须有始有终').count()).toBe(0)
  status = 200
  await page.getByRole('button', { name: '再试一次' }).click()
  await page.getByRole('heading', { name: '损失最大的停电' }).waitFor()
  expect(await page.getByText(/2026年7月1日 19:00 – 2026年7月1日 20:00/).count()).toBe(1)
  status = 400
  await page.reload()
  await page.getByText('时段须有始有终').waitFor()
  status = 200
})
