// What the public page shows, polled: the browser's cache asks with the validator, so an unchanged answer costs 304 and no body.
import type { FeatureCollection } from 'geojson'
import type { PublicSummary } from '../../server/contract/public.ts'

/** As long as an answer may be kept: a report's own page is never much ahead. */
const poll_ms = 10_000

export class PublicData {
  summary = $state.raw<PublicSummary | null>(null)
  areas = $state.raw<FeatureCollection | null>(null)
  /** The last try failed: what is shown may be old. */
  offline = $state(false)
  #withAreas = false

  start(): () => void {
    void this.read()
    const timer = setInterval(() => !document.hidden && void this.read(), poll_ms)
    const wake = () => !document.hidden && void this.read()
    document.addEventListener('visibilitychange', wake)
    addEventListener('online', wake)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
    }
  }

  /** The map needs the polygons too; the list does not. */
  wantAreas() {
    if (this.#withAreas) return
    this.#withAreas = true
    void this.read()
  }

  async read() {
    try {
      const [summary, areas] = await Promise.all([
        readJson<PublicSummary>('/api/public/summary'),
        this.#withAreas ? readJson<FeatureCollection>('/api/public/incidents') : null,
      ])
      this.summary = summary
      if (areas) this.areas = areas
      this.offline = false
    } catch {
      this.offline = true
    }
  }
}

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { cache: 'no-cache' })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return (await response.json()) as T
}
