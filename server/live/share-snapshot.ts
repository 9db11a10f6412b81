// The snapshot that a stream begins with, read once for all who come together: after a restart every screen of a utility returns
// within seconds, and each reading adds up the whole city.
import type { Database } from '../database/index.ts'
import { readSnapshot } from './read-snapshot.ts'
import type { Tail } from './tail.ts'

/** How old a snapshot may be that another listener is given; the events since then are sent after it. */
const shared_ms = 1000

export type SharedSnapshot = { take(): Promise<{ seq: number; frame: Buffer }> }
type Source = { database: Database; tail: Tail; now(): Date }

export function shareSnapshot({ database, tail, now }: Source): SharedSnapshot {
  let kept: ReturnType<typeof read> | null = null

  async function read() {
    const { seq } = tail
    const data = await readSnapshot(database, seq, now())
    return { seq, frame: Buffer.from(`id: ${seq}\nevent: snapshot\ndata: ${JSON.stringify(data)}\n\n`) }
  }
  return {
    take() {
      if (kept) return kept
      const reading = read()
      kept = reading
      const forget = () => {
        if (kept === reading) kept = null
      }
      // Not held for longer: a city's snapshot is megabytes, and nobody may come for hours.
      reading.then(() => setTimeout(forget, shared_ms).unref(), forget)
      return reading
    },
  }
}
