// `npm run bench -- kill [ROUNDS]`: a server killed with SIGKILL so many times (20) in the middle of a stream of reports, on the
// embedded database and on a PostGIS server; what was answered is held against what is there.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { importFolder } from '../../data/import/index.ts'
import { openDatabase } from '../../server/database/index.ts'
import { startCluster } from '../fixtures/postgres-cluster.ts'
import { makeRegion } from '../fixtures/region.ts'
import { killRounds, type Place } from '../system/kill-rounds.ts'

async function killOn(name: string, place: Place, rounds: number): Promise<void> {
  const region = makeRegion()
  const database = await openDatabase({ ...place, replicaUrl: null })
  await importFolder(database, region.folder)
  await database.close()
  region.remove()
  const toll = await killRounds(place, rounds)
  console.log(
    `kill, ${name}: ${toll.rounds} kills, ${toll.answered} reports answered 2xx, ${toll.lost.length} lost, ${toll.twice.length} not once and whole, ${toll.owed} of ${toll.owing} messages owed are there`,
  )
}

export async function run(args: string[]): Promise<void> {
  const rounds = Number(args[0] ?? 20)
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'relight-kill-'))
  await killOn('embedded', { url: null, dataFolder }, rounds)
  rmSync(dataFolder, { recursive: true, force: true })
  const cluster = await startCluster()
  if (!cluster) return console.log('kill, PostGIS server: skipped, none is installed')
  try {
    await killOn('PostGIS server', { url: cluster.url, dataFolder: '' }, rounds)
  } finally {
    cluster.stop()
  }
}
