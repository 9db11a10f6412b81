// The mark of an exercise: it lies over the whole of any screen, and before whatever title a page gives itself.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { banner } from '../../server/exercise-mark.ts'
import { incident, snapshot } from '../web/sketch.ts'
import { openBrowser, visit } from './open-browser.ts'
import { startStub } from './stub-server.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe('the mark of an exercise', () => {
  it.each([
    [3840, 2160],
    [5120, 1440],
    [1366, 768],
    [390, 844],
  ])('covers %i by %i to its edges', async (width, height) => {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.setContent(`<html data-screen="wall"><head><title>大屏</title></head><body>${banner}</body></html>`)
    const boxes = await page
      .locator('.relight-exercise i')
      .evaluateAll((marks) =>
        marks
          .map((mark) => mark.getBoundingClientRect())
          .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })),
      )
    const isNear = (x: number, y: number) =>
      boxes.some(
        (box) => Math.abs(box.x - x) < Math.max(300, width / 8) && Math.abs(box.y - y) < Math.max(230, height / 6),
      )
    for (const x of [1, width / 2, width - 1])
      for (const y of [1, height / 2, height - 1]) expect(isNear(x, y)).toBe(true)
    await page.close()
  })

  it('is read from across a room on a wall', async () => {
    const page = await browser.newPage({ viewport: { width: 3840, height: 2160 } })
    await page.setContent(`<html data-screen="wall"><body>${banner}</body></html>`)
    const height = await page.locator('.relight-exercise b').evaluate((said) => said.getBoundingClientRect().height)
    expect(height).toBeGreaterThan(60)
    await page.close()
  })

  it('stays before the title of a page that gives itself another', async () => {
    const page = await browser.newPage()
    await page.setContent(`<html><head><title>大屏</title></head><body>${banner}</body></html>`)
    expect(await page.title()).toBe('【演练 EXERCISE】大屏')
    await page.evaluate(() => (document.title = 'Wall'))
    await expect.poll(() => page.title()).toBe('【演练 EXERCISE】Wall')
    await page.close()
  })

  it('is fetched by a wall whose server became an exercise meanwhile, which shows nothing of that without it', async () => {
    const place = '演练村#1配变'
    let exercise = false
    const stub = await startStub({
      snapshot: () => snapshot({ exercise, incidents: exercise ? [incident({ id: 'x', place })] : [] }),
    })
    const seen = await visit(browser, `${stub.url}/wall#token=secret`, { width: 1366, height: 768 })
    await seen.page.getByText('实时', { exact: true }).waitFor()
    let loads = 0
    seen.page.on('load', () => loads++)
    exercise = true
    stub.down()
    stub.up()
    await expect.poll(() => loads, { timeout: 20_000 }).toBe(1)
    // The stub marks no page: one that still has no mark is not loaded over and over.
    await seen.page.waitForTimeout(4000)
    expect(loads).toBe(1)
    expect(await seen.page.getByText(place).count()).toBe(0)
    await seen.close()
    await stub.close()
  })
})
