// What a screen begins with.
import type { Counts, Snapshot } from '../contract/live.ts'
import type { Database } from '../database/index.ts'

/** Sums over the whole network, counted now. */
export function readCounts(database: Database, now: Date): Promise<Counts> {
  return database.replica.one<Counts>('live/read_counts', { at: now })
}

/**
 * Everything as it stands. `seq` is read first: events between it and the reading are delivered again, which merging by id
 * makes harmless; the other order would lose them.
 */
export async function readSnapshot(database: Database, seq: number, now: Date): Promise<Snapshot> {
  const { snapshot } = await database.one<{ snapshot: Omit<Snapshot, 'seq' | 'at' | 'counts'> }>('live/read_snapshot', {
    at: now,
  })
  return { seq, at: now.toISOString(), ...snapshot, counts: await readCounts(database, now) }
}
