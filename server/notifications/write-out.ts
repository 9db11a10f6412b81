// Writes out, for each customer, the news that incidents owe: noted in the transaction of its cause, written in one of its own.
import type { Database } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { lookOften, type Looking } from './look-often.ts'
import { writeOutageNews } from './owe.ts'
import type { OwedEvent } from './owed.ts'

type Owing = { incident_id: string; at: Date; withdrawn: boolean | null; confirmed: boolean | null }

/** Writes out all that is noted; a note goes when its messages are there. Answers how many messages. */
export async function writeOut(database: Database): Promise<number> {
  let written = 0
  for (;;) {
    const { notes, events } = await writeSome(database)
    for (const { data } of events) written += data.count
    if (notes === 0) return written
  }
}

function writeSome(database: Database): Promise<{ notes: number; events: OwedEvent[] }> {
  return database.transaction(async (transaction) => {
    const owing = await transaction.rows<Owing>('notifications/take_owing')
    const events: OwedEvent[] = []
    for (const { incident_id, at, withdrawn, confirmed } of owing) {
      // A person's word may be narrower than what customers were told while it was inferred.
      const kinds = withdrawn
        ? (['outage_withdrawn'] as const)
        : confirmed
          ? (['outage_known', 'outage_withdrawn'] as const)
          : (['outage_known'] as const)
      for (const kind of kinds) {
        const event = await writeOutageNews(transaction, kind, incident_id, at)
        if (event) events.push(event)
      }
    }
    // Last of all: until this transaction ends, the live stream waits for the numbers that it takes.
    for (const event of events) await appendEvent(transaction, event)
    return { notes: owing.length, events }
  }, 'by_index')
}

/** News comes in by every call of a storm, and each time it is written out all customers of its incident are looked through. */
const rest_ms = 1000

/** Writes out as it comes, at most once a second. */
export function startWritingOut(database: Database, look_ms: number): Looking {
  return lookOften(
    database,
    () => writeOut(database),
    { look_ms, rest_ms: Math.min(rest_ms, look_ms) },
    'news not written out',
  )
}
