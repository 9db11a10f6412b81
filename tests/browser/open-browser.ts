// A real Chromium, drawing WebGL in software, that notes when a page asks another machine for something.
import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '../fixtures/find-browser.ts'

/** Mesa's software driver draws several times faster than the browser's own, where the machine has it. */
const drivers = [
  ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
]
/** A loaded machine takes its time; no test measures it. */
const patience_ms = 60_000

async function drawsWebGl(browser: Browser): Promise<boolean> {
  const page = await browser.newPage()
  const draws = await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)
  await page.close()
  return draws
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = (await findBrowser()) ?? undefined
  for (const driver of drivers) {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...driver] })
    if (await drawsWebGl(browser)) return browser
    await browser.close()
  }
  throw new Error('this Chromium draws no WebGL 2, neither by Mesa nor by itself')
}

export type Visit = { page: Page; strangers: string[]; errors: string[]; close(): Promise<void> }

/** Opens a page, once `before` has run in it; `strangers` are requests to other machines, `errors` what the page threw. */
export async function visit(
  browser: Browser,
  url: string,
  options: { width?: number; height?: number; locale?: string; timezoneId?: string; before?: () => void } = {},
): Promise<Visit> {
  const { width = 1280, height = 720, locale = 'zh-CN', timezoneId } = options
  const zone = timezoneId === undefined ? {} : { timezoneId }
  const context = await browser.newContext({ viewport: { width, height }, locale, reducedMotion: 'reduce', ...zone })
  context.setDefaultTimeout(patience_ms)
  const page = await context.newPage()
  const strangers: string[] = []
  const errors: string[] = []
  const home = new URL(url).origin
  page.on('request', (request) => {
    const to = new URL(request.url())
    if (to.protocol.startsWith('http') && to.origin !== home) strangers.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  if (options.before) await page.addInitScript(options.before)
  await page.goto(url)
  return { page, strangers, errors, close: () => context.close() }
}

/** Signs in on a screen that shows its sign-in, in Chinese. */
export async function signIn(page: Page, name: string, secret: string): Promise<void> {
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('口令').fill(secret)
  await page.getByRole('button', { name: '登录' }).click()
}
