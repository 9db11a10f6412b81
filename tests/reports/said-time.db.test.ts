// From when a call counts: from when its caller says that it began, as far back as that can be believed.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer, ReportView } from '../../server/contract/reports.ts'
import { startSettler } from '../../server/incidents/index.ts'
import { minute, openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'

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
