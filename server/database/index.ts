// The face of the database room.
import type { Database, StormClock } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPostgis } from './postgis.ts'

export type { Database, StormClock } from './database.ts'
export type { Queries } from './queries.ts'
export type { Transaction } from './transaction.ts'
export { StartRefusal } from './start-refusal.ts'
export { startThread } from './start-thread.ts'
export { doingOnce, type Once } from './once.ts'
export { followReplay, type ReplayClock } from './replay-clock.ts'
export { createId } from './create-id.ts'
export { markExercise, readExercise } from './exercise.ts'

/** Where the data lives: a PostgreSQL address, or the folder of the embedded database. */
export type DatabasePlace = { url: string | null; replicaUrl: string | null; dataFolder: string }

/** Opens the database at `place` and brings its schema to today. `join`: see openEmbedded. `clock`: only for a replayed storm. */
export async function openDatabase(
  place: DatabasePlace,
  join = false,
  clock: StormClock | null = null,
): Promise<Database> {
  const database =
    place.url === null
      ? await openEmbedded(place.dataFolder, join, clock)
      : await openPostgis(place.url, place.replicaUrl, clock)
  try {
    await migrate(database)
  } catch (reason) {
    await database.close()
    throw reason
  }
  return database
}
