// The live service's estimates are moved by what the last ones missed, and that follows from the ledger alone.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { statementNamed, valuesFor } from '../../server/database/statements.ts'
import { bareFacts, createTracking, predict, toldOf } from '../../server/estimates/index.ts'
import { readCorrection } from '../../server/estimates/read-correction.ts'
import { refreshEstimates } from '../../server/incidents/index.ts'
import { minute, openTestApp, type TestApp, type TestServer } from '../fixtures/app.ts'

const uncorrected = { low: 0, middle: 0, high: 0 }
let at: TestApp
let other: TestServer
beforeAll(async () => {
  at = await openTestApp()
  other = await at.second()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  at.clock.now = minute(-5)
  for (const server of [at, other]) await server.deps.estimator.follow(at.clock.now)
})

const low_s = 600
const middle_s = 1800
const high_s = 5400
/** So long after the first estimate taught; by then every one of them has its outcome. */
const later = minute(330)

type Said = { incident_id: string; at: Date; low: Date; high: Date; source: string; said_at: Date } & Record<
  'model_low_s' | 'model_middle_s' | 'model_high_s',
  number | null
>

async function confirmed(server: TestServer, account_no: string, equipment_id: string): Promise<string> {
  const { body } = await server.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  const id = body.verdict.incident_id!
  await server.call('POST', `/api/incidents/${id}/confirm`, { equipment_id })
  return id
}

const saidOf = (id: string) =>
  at.sql<Said>('select * from estimate_said where incident_id = $1 order by estimate_said.id', [id])

/** Three hundred incidents of three hours, each with an estimate by the model (or by `source`), back after `back_s`. */
async function teach({ back_s = 7200, source = 'prior', status = 'restored', from = minute(0) } = {}): Promise<void> {
  at.clock.now = minute(0)
  const made = await confirmed(at, 'A501', 'T5')
  await at.call('POST', `/api/incidents/${made}/restore`, { at: minute(0) })
  await at.sql('delete from estimate_said where incident_id = $1', [made])
  await at.sql(
    `insert into incident
     select (jsonb_populate_record(incident, jsonb_build_object('id', 'taught' || n, 'number', 10000 + n, 'status', $3::text,
       'started_at', $2::timestamptz + n * interval '36 s',
       'restored_at', $2::timestamptz + n * interval '36 s' + $4::float8 * interval '1 s'))).*
     from incident cross join generate_series(0, 299) as n
     where incident.id = $1`,
    [made, from, status, back_s],
  )
  const isModel = source === 'prior'
  const taught = await at.sql(
    `insert into estimate_said (incident_id, said_at, at, low, high, source, cause, stage, model_low_s, model_middle_s, model_high_s)
     select id, started_at, started_at + interval '30 min', started_at, started_at, $1, 'unknown', 'no_crew', $2, $3, $4
     from incident where id like 'taught%' returning id`,
    [source, isModel ? low_s : null, isModel ? middle_s : null, isModel ? high_s : null],
  )
  expect(taught).toHaveLength(300)
}

/** The next new incident's estimate on `server`, and what would have been said by the bare model. */
async function next(server: TestServer, account_no: string, equipment_id: string) {
  const id = await confirmed(server, account_no, equipment_id)
  const [said] = await saidOf(id)
  const { model_low_s, model_middle_s, model_high_s } = said!
  const given = { low_s: model_low_s!, estimate_s: model_middle_s!, high_s: model_high_s!, source: '' }
  const bare = toldOf(given, 'model', said!.said_at.getTime() / 1000)
  const seconds = (instant: Date) => instant.getTime() / 1000
  return { id, bare, said: { at_s: seconds(said!.at), low_s: seconds(said!.low), high_s: seconds(said!.high) } }
}

test('what the model gave is kept beside what is said, and never beside a person’s word', async () => {
  const { id, said, bare } = await next(at, 'A101', 'T1')
  const [first] = await saidOf(id)
  const given = predict(null, bareFacts(0))
  expect(first!.model_low_s).toBeCloseTo(given.low_s, 6)
  expect(first!.model_middle_s).toBeCloseTo(given.estimate_s, 6)
  expect(first!.model_high_s).toBeCloseTo(given.high_s, 6)
  expect(said).toMatchObject({ at_s: bare.at_s, high_s: bare.high_at_s })
  await at.call('POST', `/api/incidents/${id}/estimate`, { at: minute(60) })
  expect((await saidOf(id)).at(-1)).toMatchObject({ source: 'dispatcher', model_middle_s: null, model_high_s: null })
})

describe('after a run of restorations later than said', () => {
  beforeEach(async () => {
    await teach()
    at.clock.now = later
    for (const server of [at, other]) await refreshEstimates(server.deps)
  })

  test('the next incident is said for later, in a wider interval', async () => {
    const { said, bare } = await next(at, 'A101', 'T1')
    expect(said.at_s).toBeGreaterThanOrEqual(bare.at_s + 1800)
    expect(said.high_s - said.low_s).toBeGreaterThan(1.3 * (bare.high_at_s - bare.low_at_s))
  })

  test('a restart and another server say the same', async () => {
    const restarted = await at.second()
    const { said, bare } = await next(at, 'A101', 'T1')
    expect(said.at_s).toBeGreaterThan(bare.at_s)
    expect((await next(other, 'A401', 'T4')).said).toEqual(said)
    expect((await next(restarted, 'A201', 'T2')).said).toEqual(said)
    expect(restarted.deps.estimator.correction).toEqual(at.deps.estimator.correction)
    await restarted.stop()
  })

  test('a dispatcher’s word stands as it was said', async () => {
    const id = await confirmed(at, 'A101', 'T1')
    await at.call('POST', `/api/incidents/${id}/estimate`, { at: minute(400), low: minute(390), high: minute(410) })
    await refreshEstimates(at.deps)
    const said = await saidOf(id)
    expect(said).toHaveLength(2)
    expect(said[1]).toMatchObject({ source: 'dispatcher', at: minute(400), low: minute(390), high: minute(410) })
  })

  test('it is what the laboratory’s own tracking makes of the same stream', async () => {
    const tracking = createTracking()
    for (let index = 0; index < 300; index += 1) {
      const said_s = minute(0).getTime() / 1000 + 36 * index
      const endedBy = (by_s: number) => (said_s + 7200 < by_s ? said_s + 7200 : null)
      tracking.adjust({ low_s, estimate_s: middle_s, high_s, source: '' }, said_s, endedBy)
    }
    const { low, middle, high } = tracking.at(later.getTime() / 1000)
    expect(at.deps.estimator.correction.low).toBeCloseTo(low, 9)
    expect(at.deps.estimator.correction.middle).toBeCloseTo(middle, 9)
    expect(at.deps.estimator.correction.high).toBeCloseTo(high, 9)
  })

  test('the service forgets it a week later', async () => {
    const week_ms = 7 * 86_400_000
    expect((await readCorrection(at.database, new Date(minute(0).getTime() + week_ms))).high).toBeGreaterThan(0.3)
    expect(await readCorrection(at.database, new Date(later.getTime() + week_ms))).toEqual(uncorrected)
  })
})

describe('nothing is learned', () => {
  const learned = async () => {
    at.clock.now = later
    await refreshEstimates(at.deps)
    return at.deps.estimator.correction
  }

  test('from a dispatcher’s words', async () => {
    await teach({ source: 'dispatcher' })
    expect(await learned()).toEqual(uncorrected)
  })

  test('from what was no loss of supply', async () => {
    await teach({ status: 'cancelled' })
    expect(await learned()).toEqual(uncorrected)
  })

  test('from what was said after the return', async () => {
    await teach({ back_s: -60 })
    expect(await learned()).toEqual(uncorrected)
  })
})

test('a return that is told late is judged as if it had been known', async () => {
  await teach({ back_s: 300 })
  await at.sql(
    "update incident set status = 'confirmed', equipment_id = id, restored_at = null where id like 'taught%'",
  )
  const before = await readCorrection(at.database, later)
  expect(before.high).toBeGreaterThan(0.3)
  await at.sql(
    "update incident set status = 'restored', restored_at = started_at + interval '5 min' where id like 'taught%'",
  )
  const after = await readCorrection(at.database, later)
  expect(after.high).toBeLessThan(0)
  expect(after.middle).toBeLessThan(0)
})

test('an estimate of what was merged is judged by what it was merged into', async () => {
  await teach()
  const known = await readCorrection(at.database, later)
  await at.sql(
    "update incident set status = 'cancelled', restored_at = null, merged_into = 'taught0' where id = 'taught1'",
  )
  const merged = await readCorrection(at.database, later)
  expect(merged.high).toBeCloseTo(known.high, 2)
  await at.sql("update incident set merged_into = null where id = 'taught1'")
  expect((await readCorrection(at.database, later)).high).not.toBe(merged.high)
})

test('is read by its index', async () => {
  const statement = statementNamed('estimates/list_judged')
  const values = valuesFor(statement, { since: minute(-60), until: minute(0), is_plan: false, limit: 100 })
  const plan = await at.database.transaction(
    async ({ client }) =>
      (await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, values)).rows
        .map((row) => row['QUERY PLAN'])
        .join('\n'),
    'by_index',
  )
  expect(plan).toContain('estimate_said_by_model')
  expect(plan).not.toMatch(/Seq Scan/)
})
