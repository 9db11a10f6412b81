// What axe finds wrong on a page as it stands: one line a violation, with the first elements that have it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** With motion reduced, as every visit has it, what comes in is there within a frame or two. */
const settled_ms = 150

export async function violationsOf(page: Page): Promise<string[]> {
  await page.waitForTimeout(settled_ms)
  // No page has a frame of another origin: without a second page for those, it takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`)
    return `${id}: ${places.join(' | ')}`
  })
}
