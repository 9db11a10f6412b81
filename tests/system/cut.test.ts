// A server whose database is lost under it, in the middle of its work, lives on and keeps every promise that it has given.
import { expect, it } from 'vitest'
import { importFolder } from '../../data/import/index.ts'
import { openDatabase } from '../../server/database/index.ts'
import { startCluster } from '../fixtures/postgres-cluster.ts'
import { makeRegion } from '../fixtures/region.ts'
import { cutRounds } from './kill-rounds.ts'

it('outlives every cut of its connections, and keeps what it answered, once and whole', async ({ skip }) => {
  const cluster = await startCluster()
  if (!cluster) return skip('no PostgreSQL with PostGIS is installed')
  try {
    const database = await openDatabase({ url: cluster.url, replicaUrl: null, dataFolder: '' })
    const region = makeRegion()
    await importFolder(database, region.folder)
    region.remove()
    await database.close()
    const toll = await cutRounds(cluster.url, 60)
    expect(toll).toMatchObject({ lost: [], twice: [], unheard: [] })
    expect(toll.answered).toBeGreaterThanOrEqual(60)
  } finally {
    cluster.stop()
  }
}, 400_000)
