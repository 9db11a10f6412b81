// What axe finds wrong on a page as it stands: one line a violation, with the first elements that have it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Panels and colours come in by transitions of at most this long. */
const settled_ms = 400

export async function violationsOf(page: Page): Promise<string[]> {
  await page.waitForTimeout(settled_ms)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`)
    return `${id}: ${places.join(' | ')}`
  })
}
