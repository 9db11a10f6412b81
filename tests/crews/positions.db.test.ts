// Positions as phones send them: late, shuffled, in batches, and sometimes from where nobody can be.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readCsv } from '../../data/import/read-csv.ts'
import type { PositionCounts } from '../../server/contract/assignments.ts'
import { drawFrom } from '../bench/roads/drawn-city.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

type Fix = { at: string; lon: number; lat: number }
const trace = path.resolve(import.meta.dirname, '../../../shared/data/traces/cabspotting_5cabs.csv.gz')
const where = existsSync(trace)
  ? trace
  : path.resolve(import.meta.dirname, '../../../../shared/data/traces/cabspotting_5cabs.csv.gz')

/** A vehicle that drives, stands, falls silent and, now and then, is said to be somewhere far off for a moment; a fix a minute. */
function driveAbout(seed: number, count: number, from: Date): Fix[] {
  const random = drawFrom(seed)
  let [lon, lat, at, turn] = [113, 22.5, from.getTime(), 0]
  return Array.from({ length: count }, () => {
    at += 60_000 + (random() < 0.02 ? 600_000 * random() : 10_000 * random())
    turn += random() - 0.5
    const step = random() < 0.3 ? 0 : 0.006 * random()
    lon += step * Math.cos(turn)
    lat += step * Math.sin(turn)
    const leap = random() < 0.03 ? 1 : 0
    return { at: new Date(at).toISOString(), lon: lon + leap * random(), lat: lat + leap * random() }
  })
}

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
  const random = drawFrom(7)
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
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

it('refuses what has no time: alone by the request, in a backlog by itself, from a tracker with 200', async () => {
  const place = { lon: 113, lat: 22.5 }
  const alone = await at.call<{ errors: { path: string }[] }>('POST', '/api/crews/C1/positions', place)
  expect(alone).toMatchObject({ status: 400, body: { errors: [{ path: 'at' }] } })
  const backlog = await at.call('POST', '/api/crews/C1/positions', {
    positions: [place, { ...place, at: minute(-1).toISOString() }],
  })
  expect(backlog).toMatchObject({
    status: 200,
    body: { taken: 1, refused: [{ reason: expect.stringMatching(/^at is missing/) as string }] },
  })
  const tracker = await at.call('GET', '/osmand?id=C1&lat=22.5&lon=113.2')
  expect(tracker).toMatchObject({
    status: 200,
    body: { taken: 0, refused: [{ reason: expect.stringMatching(/^at is missing/) as string }] },
  })
})

it('of two places said of one instant the same one stays, whichever came first', async () => {
  const [one, other] = [113.001, 113.002].map((lon) => ({ lon, lat: 22.5, at: minute(-5).toISOString() }))
  await send('C1', [one!, other!])
  await send('C2', [other!])
  await send('C2', [one!])
  expect(await stateOf('C2')).toEqual(await stateOf('C1'))
})

/** Each vehicle's track sent in order, and once more with all vehicles' positions mixed up: the same end and the same track. */
async function expectSameInAnyOrder(tracks: Map<string, Fix[]>, perBatch: number): Promise<void> {
  const add = (id: string) => at.call('PUT', `/api/crews/${id}`, { location: { lon: 113, lat: 22.5 } })
  for (const [cab, fixes] of tracks) {
    await add(`${cab}-in-order`)
    await add(`${cab}-mixed-up`)
    for (const batch of batches(fixes, perBatch)) await send(`${cab}-in-order`, batch)
  }
  const all = shuffled(
    [...tracks].flatMap(([cab, fixes]) => batches(shuffled(fixes), 333).map((batch) => ({ cab, batch }))),
  )
  for (const { cab, batch } of all) await send(`${cab}-mixed-up`, batch)
  for (const [cab, fixes] of tracks) {
    const state = await stateOf(`${cab}-in-order`)
    expect(state).toMatchObject([{ position_at: new Date(fixes.at(-1)!.at) }])
    expect(await stateOf(`${cab}-mixed-up`)).toEqual(state)
  }
  const sent = [...tracks.values()].reduce((sum, fixes) => sum + fixes.length, 0)
  expect(await at.sql('select count(*)::int as kept from crew_position')).toEqual([{ kept: 2 * sent }])
}

it('vehicles end in the same place with the same track, mixed up in batches as in order', async () => {
  const tracks = [1, 2].map((seed) => [`V${seed}`, driveAbout(seed, 2000, minute(-3000))] as const)
  await expectSameInAnyOrder(new Map(tracks), 100)
})

it.skipIf(!existsSync(where))('so do five real ones with 110,714 positions (skipped without shared data)', async () => {
  const byCab = new Map<string, Fix[]>()
  for await (const { values } of readCsv(where)) {
    const fixes = byCab.get(values['cab']!) ?? []
    byCab.set(values['cab']!, fixes)
    fixes.push({ at: values['t_utc']!, lon: Number(values['lon']), lat: Number(values['lat']) })
  }
  for (const fixes of byCab.values()) fixes.sort((one, other) => (one.at < other.at ? -1 : 1))
  const began = performance.now()
  await expectSameInAnyOrder(byCab, 1000)
  const sent = [...byCab.values()].reduce((sum, fixes) => sum + fixes.length, 0)
  console.log(
    `${2 * sent} positions taken in, ${Math.round((2 * sent) / ((performance.now() - began) / 1000))} a second`,
  )
})
