// Keeps the roads in memory like those in the database: loaded at start, closures followed as they are drawn, and all of it
// read again after an import.
import type { Database } from '../database/index.ts'
import { loadClosures, loadRoadGraph, readRoadVersion } from './load.ts'
import { Roads } from './roads.ts'

/** A look without any hint, so that an import by another program is seen well within its promised 30 s. */
const lookAnyway_ms = 10_000
/** Hints come with every write; in a storm that is hundreds a second, and one look does for all of them. */
const gather_ms = 500

/** The roads, and how to stop following. `look` takes over at once what was just committed. */
export type KeptRoads = { roads: Roads; look(): Promise<void>; stop(): Promise<void> }

/** Loads the roads and follows them until stopped. */
export async function keepRoads(database: Database): Promise<KeptRoads> {
  let version = await readRoadVersion(database)
  const roads = new Roads(await loadRoadGraph(database), await loadClosures(database))
  const read = async () => {
    const now = await readRoadVersion(database)
    if (now !== version) roads.replace(await loadRoadGraph(database))
    version = now
    roads.closeExactly(await loadClosures(database))
  }
  let looking: Promise<void> | null = null
  let isAskedAgain = false
  const look = (): Promise<void> => {
    if (looking !== null) {
      isAskedAgain = true
      return looking
    }
    looking = read().finally(() => {
      looking = null
      if (isAskedAgain) {
        isAskedAgain = false
        return look()
      }
    })
    return looking
  }
  const tryToLook = () => {
    look().catch((fault: Error) => console.error(`roads: not read again, the last ones still serve: ${fault.message}`))
  }
  let gathering: NodeJS.Timeout | null = null
  const unhint = database.onHint(() => {
    gathering ??= setTimeout(() => {
      gathering = null
      tryToLook()
    }, gather_ms).unref()
  })
  const timer = setInterval(tryToLook, lookAnyway_ms)
  timer.unref()
  return {
    roads,
    look,
    stop: async () => {
      unhint()
      clearInterval(timer)
      if (gathering !== null) clearTimeout(gathering)
      roads.stop()
      await looking?.catch(() => undefined)
    },
  }
}
