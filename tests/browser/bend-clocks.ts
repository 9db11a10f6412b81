// The clocks of a page under a test's hand: the one that people set, and the steady one that only counts.
import type { Page } from 'playwright-core'

type Which = 'Date' | 'performance'
type Leap = (which: Which, by_ms: number) => void

/** To be run before the page's own scripts. */
export const bendClocks = () => {
  const leapt: Record<Which, number> = { Date: 0, performance: 0 }
  const dateNow = Date.now.bind(Date)
  const steady = performance.now.bind(performance)
  Date.now = () => dateNow() + leapt.Date
  performance.now = () => steady() + leapt.performance
  const leap: Leap = (which, by_ms) => {
    leapt[which] += by_ms
  }
  Object.assign(window, { leap })
}

/** Lets one clock of the page leap. */
export const leap = (page: Page, which: Which, by_ms: number) =>
  page.evaluate(([name, ms]) => (window as unknown as { leap: Leap }).leap(name, ms), [which, by_ms] as const)
