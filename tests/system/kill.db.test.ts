// A server killed in the middle of its work keeps every promise that it has given.
import { expect, it } from 'vitest'
import { importFolder } from '../../data/import/index.ts'
import { openTestDatabase } from '../fixtures/database.ts'
import { makeRegion } from '../fixtures/region.ts'
import { killRounds } from './kill-rounds.ts'

it('keeps every report it answered, once and whole, and every message owed, however often it is killed', async () => {
  const test = await openTestDatabase()
  const region = makeRegion()
  await importFolder(test.database, region.folder)
  region.remove()
  await test.database.close()
  const toll = await killRounds({ url: test.url, dataFolder: test.dataFolder ?? '' }, 3)
  expect(toll).toMatchObject({ lost: [], twice: [], unheard: [] })
  expect(toll.answered).toBeGreaterThanOrEqual(9)
  expect(toll.owing).toBeGreaterThan(0)
  expect(toll.owed).toBe(toll.owing)
  await test.remove()
}, 400_000)
