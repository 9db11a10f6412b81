// Whether a database is for training. The mark is the database's own and stays for ever, so that no server, restored copy or
// second process on it can take an exercise for the real thing, or the other way round.
import type { Database } from './database.ts'
import { StartRefusal } from './start-refusal.ts'

/** True where the database is marked. */
export async function readExercise(database: Database): Promise<boolean> {
  return (await database.one<{ exercise: boolean }>('database/read_exercise')).exercise
}

/** Marks an empty database; throws StartRefusal where something real has happened in it. */
export async function markExercise(database: Database, reason: 'exercise' | 'replay'): Promise<void> {
  await database.touch('database/mark_exercise', { reason })
  if (await readExercise(database)) return
  throw new StartRefusal(
    'this database holds reports or incidents that are not an exercise: give an empty one (DATABASE_URL or RELIGHT_DATA) to train in',
  )
}
