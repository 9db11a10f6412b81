// Positions as phones send them: late, shuffled, in batches, and sometimes from where nobody can be.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readCsv } from '../../data/import/read-csv.ts'
import type { PositionCounts } from '../../server/contract/assignments.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

type Fix = { at: string; lon: number; lat: number }
const trace = path.resolve(import.meta.dirname, '../../../shared/data/traces/cabspotting_5cabs.csv.gz')
const where = existsSync(trace)
  ? trace
  : path.resolve(import.meta.dirname, '../../../../shared/data/traces/cabspotting_5cabs.csv.gz')
/** Of each vehicle; some of them leap, as receivers do. */
const perVehicle = 2500

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('update crew set position_at = null')
})

const send = async (crew: string, positions: Fix[]) =>
  (await at.call<PositionCounts>('POST', `/api/crews/${crew}/positions`, { positions })).body
const stateOf = (crew: string) =>
  at.sql(
    `select st_x(crew.geom) as lon, st_y(crew.geom) as lat, crew.position_at,
       (select md5(string_agg(p.at::text || st_astext(p.geom), ',' order by p.at)) from crew_position as p where p.crew_id = crew.id) as track
     from crew where crew.id = $1`,
    [crew],
  )

/** A seeded shuffle: the same each run. */
function shuffled<T>(items: T[]): T[] {
  const all = [...items]
  let seed = 7
  for (let at = all.length - 1; at > 0; at--) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const other = seed % (at + 1)
    ;[all[at], all[other]] = [all[other]!, all[at]!]
  }
  return all
}
const batches = <T>(items: T[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))

it('a leap moves nobody until the next position confirms it, and the answer says so', async () => {
  const here = { lon: 113.001, lat: 22.5 }
  const far = { lon: 113.3, lat: 22.5 }
  await send('C1', [{ ...here, at: minute(-9).toISOString() }])
  const leap = await send('C1', [{ ...far, at: minute(-8.9).toISOString() }])
  expect(leap).toMatchObject({
    taken: 1,
    refused: [],
    doubted: [{ reason: expect.stringContaining('faster') as string }],
  })
  expect(await stateOf('C1')).toMatchObject([here])
  await send('C1', [{ ...far, at: minute(-8).toISOString() }])
  expect(await stateOf('C1')).toMatchObject([far])
})

it('refuses no fix and the future, and a crew that does not exist', async () => {
  const counts = await send('C1', [
    { lon: 0, lat: 0, at: minute(-1).toISOString() },
    { lon: 113, lat: 22.5, at: minute(60).toISOString() },
  ])
  expect(counts).toMatchObject({ taken: 0, refused: [{}, {}] })
  expect((await at.call('POST', '/api/crews/nobody/positions', { lon: 113, lat: 22, at: minute(0) })).status).toBe(404)
})

it.skipIf(!existsSync(where))(
  'real vehicles end in the same place with the same track, shuffled and in batches as in order (skipped without shared data)',
  async () => {
    const byCab = new Map<string, Fix[]>()
    for await (const { values } of readCsv(where)) {
      const fixes = byCab.get(values['cab']!) ?? []
      byCab.set(values['cab']!, fixes)
      fixes.push({ at: values['t_utc']!, lon: Number(values['lon']), lat: Number(values['lat']) })
    }
    const [, leaping] = [...byCab.values()]
    const fixes = leaping!.slice(0, perVehicle)
    for (const batch of batches(fixes, 50)) await send('C1', batch)
    for (const batch of batches(shuffled(fixes), 333)) await send('C2', batch)
    const [inOrder, anyOrder] = [await stateOf('C1'), await stateOf('C2')]
    expect(anyOrder).toEqual(inOrder)
    expect((await at.sql('select from crew_position')).length).toBe(2 * fixes.length)
  },
)
