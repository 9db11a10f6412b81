// The real wall in a real browser for its benchmarks: a page that notes when its map was drawn, and events that are sent to it.
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { LiveEvent } from '../../../server/contract/live.ts'
import type { StubServer } from '../../browser/stub-server.ts'
import { event } from '../../web/sketch.ts'

const sessions = new WeakMap<Page, CDPSession>()
const patience_ms = 120_000

export type Size = { areas: number; incidents: number; crews: number }
export type Watch = { idleAt: number; drawnAt: number }

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
export const watchOf = (page: Page) => page.evaluate(() => (window as unknown as { watch: Watch }).watch)

export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
  context.setDefaultTimeout(patience_ms)
  const page = await context.newPage()
  await page.addInitScript(watchMap)
  const devtools = await context.newCDPSession(page)
  // Counted from here on, in ticks of the thread.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  sessions.set(page, devtools)
  await page.goto(url)
  return page
}

let seq = 100
export const say = <Data extends { id: string }>(data: Data, name: LiveEvent['name'], step: string) =>
  event(++seq, { at: new Date().toISOString(), name, step, subject_id: data.id, data })

/** Sends, and says how long until a frame after it was drawn. */
export async function untilDrawn(page: Page, stub: StubServer, events: LiveEvent[]): Promise<number> {
  const sentAt = Date.now()
  stub.sendRaw(events.map((one) => `id: ${one.seq}\nevent: ${one.name}\ndata: ${JSON.stringify(one)}\n\n`).join(''))
  await page.waitForFunction((at) => (window as unknown as { watch: Watch }).watch.drawnAt > at, sentAt)
  return (await watchOf(page)).drawnAt - sentAt
}

/** Waits for a complete map. */
export const untilComplete = (page: Page) =>
  page.waitForFunction(() => (window as unknown as { watch: Watch }).watch.idleAt > 0)

/** Milliseconds of processor that the page's main thread has used: what a busy machine does not stretch. */
export async function busyOf(page: Page): Promise<number> {
  const { metrics } = await sessions.get(page)!.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}
