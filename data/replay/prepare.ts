// The replay's own database: embedded in a folder beside the service's, or a server's that holds nothing real. It is marked as an
// exercise before anything happens in it, and emptied of the storm before.
import path from 'node:path'
import { markExercise, openDatabase, type Database, type StormClock } from '../../server/database/index.ts'
import { fillWithDemo } from '../demo/index.ts'
import { FolderRefusal, importFolder } from '../import/index.ts'
import { StormRefusal } from './given-storm.ts'

/** Where the embedded one lives: a network of one's own has a folder of its own. */
export function replayFolder(dataFolder: string, network: string | null): string {
  return path.join(dataFolder, network === null ? 'replay' : `replay-${path.basename(path.resolve(network))}`)
}

export type Preparing = {
  url: string | null
  dataFolder: string
  network: string | null
  clock: StormClock
  say(line: string): void
}

/** Opens it with the network in it and nothing else. Throws StartRefusal, StormRefusal or FolderRefusal in one line. */
export async function openReplayDatabase({ url, dataFolder, network, clock, say }: Preparing): Promise<Database> {
  const folder = replayFolder(dataFolder, network)
  const database = await openDatabase({ url, replicaUrl: null, dataFolder: folder }, false, clock)
  try {
    await makeRoom(database)
    if (network !== null) await load(database, network, say)
    else await fillWithDemo(database, clock()!.toISOString().slice(0, 10), say)
    return database
  } catch (reason) {
    await database.close()
    throw reason
  }
}

async function makeRoom(database: Database): Promise<void> {
  const { happened, replayed } = await database.one<{ happened: boolean; replayed: boolean }>('replay/count_happenings')
  if (replayed) await database.rows('replay/forget')
  else if (happened)
    throw new StormRefusal(
      'this database holds reports or incidents of its own: a replay takes a database of its own, give DATABASE_URL an empty one',
    )
  await markExercise(database, 'replay')
}

async function load(database: Database, network: string, say: (line: string) => void): Promise<void> {
  say(`loading ${network} …`)
  const summary = await importFolder(database, network)
  if (!summary.isLoaded) throw new FolderRefusal(`${network}: no row of the folder could be used`)
}
