// The storm report on paper: a map of its costliest incidents as a still picture, or a calm word where none can be drawn.
import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { adminToken, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let seen: Visit

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  for (const account_no of ['A1', 'A2'])
    await served.ask('/api/reports', { channel: 'hotline', account_no, symptom: 'no_power' })
})
afterEach(() => seen.close())
afterAll(async () => {
  await browser.close()
  await served.stop()
})

const open = (before?: () => void) => visit(browser, `${served.url}/report#token=${adminToken}`, { before })

it('prints where its costliest incidents were, on white ground, and whose the map is', async () => {
  seen = await open()
  const { page } = seen
  const picture = page.getByRole('img', { name: '损失最大的停电在地图上的位置' })
  await picture.waitFor()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await picture.isVisible()).toBe(true)
  await page.getByText(/数字为下表序号/).waitFor()
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
