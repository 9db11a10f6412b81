// From when a call counts: from when its caller says that it began, as far back as that can be believed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer, ReportView } from '../../server/contract/reports.ts'
import { settleBacklog, startSettler } from '../../server/incidents/index.ts'
import { retracePlanned, watchPlanned } from '../../server/planned-outages/index.ts'
import { minute, openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'
import { placeOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const call = async (input: object, as: Asker = 'dispatcher') => {
  const { status, body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', ...input }, as)
  expect(status).toBe(201)
  return body
}
const step = async (id: string, verb: string, body: object = {}) =>
  expect((await at.call('POST', `/api/incidents/${id}/${verb}`, body)).status).toBe(200)
const place = async (id: string, where: object) =>
  (await at.call<ReportView>('POST', `/api/reports/${id}/place`, where)).body.verdict!
const open = async () =>
  (
    await at.call<{ items: IncidentSummary[] }>(
      'GET',
      '/api/incidents?status=suspected,probable,confirmed,partly_restored',
    )
  ).body.items.map(({ id }) => id)
const startOf = async ({ verdict }: ReportAnswer | ReportView) =>
  new Date((await at.call<IncidentView>('GET', `/api/incidents/${verdict!.incident_id}`)).body.started_at)

const hours = 60
const years = new Date('2019-03-01T04:00:00Z')

it('counts from now what somebody who is not signed in dates back by more than two hours, and keeps what they said', async () => {
  const believed = await call({ account_no: 'A101', reported_at: minute(-1.5 * hours) }, 'public')
  expect(await startOf(believed)).toEqual(minute(-1.5 * hours))
  const hardly = await call({ account_no: 'A401', reported_at: minute(-3 * hours) }, 'public')
  expect(await startOf(hardly)).toEqual(minute(0))
  const never = await call({ account_no: 'A301', reported_at: years }, 'public')
  expect(await startOf(never)).toEqual(minute(0))
  expect(await at.sql('select min(started_at) as first from interruption')).toEqual([{ first: minute(-1.5 * hours) }])
  expect((await at.call<ReportView>('GET', `/api/reports/${never.id}`)).body.reported_at).toBe(years.toISOString())
})

it('believes who is signed in for a day', async () => {
  expect(await startOf(await call({ account_no: 'A101', reported_at: minute(-20 * hours) }))).toEqual(
    minute(-20 * hours),
  )
  expect(await startOf(await call({ account_no: 'A401', reported_at: minute(-25 * hours) }))).toEqual(minute(0))
})

it('counts a hazard of another year from now', async () => {
  const hazard = await call({ account_no: 'A101', symptom: 'hazard', reported_at: years }, 'public')
  expect(await startOf(hazard)).toEqual(minute(0))
})

it('counts from now what is placed by hand days after it came', async () => {
  const { id } = await call({ address: 'nowhere', reported_at: years }, 'public')
  at.clock.now = minute(50 * hours)
  const placed = await at.call<ReportView>('POST', `/api/reports/${id}/place`, { service_point_id: 'P301' })
  expect(await startOf(placed.body)).toEqual(minute(50 * hours))
})

it('counts it so, too, where a server that was killed had put it off', async () => {
  at.deps.grid.backlog.serve(true)
  const from = { account_no: 'A301', reported_at: years }
  const answers = await Promise.all(Array.from({ length: 6 }, () => call(from, 'public')))
  at.deps.grid.backlog.take()
  at.deps.grid.backlog.serve(false)
  const other = await at.second()
  const settler = await startSettler(other.deps)
  await settler.stop()
  expect(
    await at.sql("select min(at) as first, count(*)::integer as pieces from evidence where kind = 'report'"),
  ).toEqual([{ first: minute(0), pieces: answers.length }])
})

describe('a call from before a restoration that is judged after it', () => {
  /** Out from 10:07, back at 10:30. */
  async function restoreT3(): Promise<string> {
    at.clock.now = minute(7)
    const id = (await call({ account_no: 'A302' })).verdict.incident_id!
    await step(id, 'confirm', { equipment_id: 'T3' })
    at.clock.now = minute(30)
    await step(id, 'restore')
    at.clock.now = minute(45)
    return id
  }
  const counted = (id: string) => ({
    kind: 'known_incident',
    rule: 'restored_since',
    incident_id: id,
    says: { en: 'Supply at 龙溪花园配变 should be back since 10:30; if yours is not, please tell us.' },
  })

  it('counts to what was restored, and opens nothing', async () => {
    at.clock.now = minute(5)
    const [first, other] = [await call({ address: 'nowhere' }), await call({ address: 'nowhere' })]
    const id = await restoreT3()
    expect(await place(first.id, { service_point_id: 'P301' })).toMatchObject(counted(id))
    expect(await place(other.id, { transformer_id: 'T3' })).toMatchObject(counted(id))
    expect((await call({ account_no: 'A303', reported_at: minute(10) })).verdict).toMatchObject(counted(id))
    expect(await open()).toEqual([])
    const heard = await at.sql(
      `select count(*)::integer as heard from evidence where incident_id = '${id}' and kind = 'report'`,
    )
    expect(heard).toEqual([{ heard: 4 }])
    await step(id, 'close')
    expect((await call({ account_no: 'A304', reported_at: minute(10) })).verdict).toMatchObject(counted(id))
    expect((await call({ location: placeOf('T3'), reported_at: minute(10) })).verdict).toMatchObject(counted(id))
    expect(await open()).toEqual([])
  })

  it('is told of planned work that was over when it was judged, and opens nothing', async () => {
    await at.sql(
      `insert into planned_outage (id, starts_at, ends_at, reason, equipment_ids) values ('W1', $1, $2, '检修', '{LA}')`,
      [minute(0), minute(60)],
    )
    await retracePlanned(at.deps)
    await watchPlanned(at.deps)
    at.clock.now = minute(5)
    const [first, other] = [await call({ address: 'nowhere' }), await call({ address: 'nowhere' })]
    at.clock.now = minute(30)
    expect((await at.call('POST', '/api/planned-outages/W1/end', {})).status).toBe(200)
    at.clock.now = minute(45)
    const over = {
      kind: 'planned',
      rule: 'planned_over',
      says: { en: 'Supply at 龙溪花园配变 should be back since 10:30; if yours is not, please tell us.' },
      evidence: [{ what: 'planned_outage', value: 'W1', at: minute(30).toISOString() }],
    }
    expect(await place(first.id, { service_point_id: 'P301' })).toMatchObject(over)
    expect(await place(other.id, { transformer_id: 'T3' })).toMatchObject(over)
    expect((await call({ account_no: 'A303', reported_at: minute(10) })).verdict).toMatchObject(over)
    expect(await open()).toEqual([])
    expect((await call({ account_no: 'A304', reported_at: minute(35) })).verdict.kind).toBe('new_incident')
  })

  it('counts so, too, where it is one of a crowd', async () => {
    const id = await restoreT3()
    at.deps.grid.backlog.serve(true)
    const crowd = ['A303', 'A304', 'A305', 'A306', 'A307', 'A308']
    const answers = await Promise.all(crowd.map((account_no) => call({ account_no, reported_at: minute(10) })))
    expect(at.deps.grid.backlog.size).toBeGreaterThan(0)
    await settleBacklog(at.deps)
    at.deps.grid.backlog.serve(false)
    for (const { verdict } of answers) expect(verdict).toMatchObject(counted(id))
    expect(await open()).toEqual([])
  })

  it('is a new loss of supply where it came after the restoration, or was never out by it', async () => {
    const id = await restoreT3()
    const still = (await call({ account_no: 'A303', reported_at: minute(35) })).verdict
    expect(still).toMatchObject({ kind: 'new_incident' })
    const elsewhere = (await call({ account_no: 'A203', reported_at: minute(10) })).verdict
    expect(elsewhere).toMatchObject({ kind: 'new_incident' })
    expect(await open()).not.toContain(id)
  })
})
