// Under the press of many calls at once they are judged by what is known, kept and answered; what they say of the fault is heard a
// moment later, and comes to the same as though each had been thought about.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { settleBacklog, startSettler } from '../../server/incidents/index.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterEach(async () => {
  at.deps.grid.backlog.serve(false)
  await at.reset()
})
afterAll(() => at.close())

const first = ['A201', 'A204', 'A207']
const crowd = ['A202', 'A203', 'A205', 'A206', 'A208', 'A209', 'A210', 'A211', 'A212']

async function report(account_no: string): Promise<ReportAnswer> {
  const { status, body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  expect(status).toBe(201)
  return body
}
type Open = Awaited<ReturnType<typeof openIncidents>>[number]

async function openIncidents() {
  const { body } = await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=open')
  return body.items.map(({ equipment, customers_out, reports, probability, status, version }) => ({
    device: equipment.id,
    customers_out,
    reports,
    probability,
    status,
    version,
  }))
}

const unlinked = () => at.sql('select report_id from report_verdict where incident_id is null')

it('answers the crowd at once and settles for all of them together what it would have settled for each', async () => {
  for (const account of [...first, ...crowd]) await report(account)
  const oneByOne = await openIncidents()
  await at.reset()

  for (const account of first) await report(account)
  const before = await openIncidents()
  const { backlog } = at.deps.grid
  backlog.serve(true)
  const heard = backlog.count
  const answers = await Promise.all(crowd.map(report))
  const putOff = backlog.count - heard
  expect(putOff).toBeGreaterThan(0)
  for (const { verdict } of answers.filter(({ verdict }) => verdict.kind === 'known_incident'))
    expect(verdict.incident_id).toMatch(/^inc_/)
  expect(before).toHaveLength(1)

  await settleBacklog(at.deps)
  expect(backlog.take()).toEqual([])
  expect(await unlinked()).toEqual([])
  const together = await openIncidents()
  const settled = ({ device, customers_out, reports, status }: Open) => ({ device, customers_out, reports, status })
  expect(together.map(settled)).toEqual(oneByOne.map(settled))
  expect(together[0]!.reports).toBe(first.length + crowd.length)
  expect(together[0]!.probability).toBeCloseTo(oneByOne[0]!.probability, 2)
})

it('hears at the next start what a server that was lost had put off', async () => {
  for (const account of first) await report(account)
  const { backlog } = at.deps.grid
  backlog.serve(true)
  await Promise.all(crowd.map(report))
  expect(backlog.take().length).toBeGreaterThan(0)
  const [before] = await openIncidents()
  expect(before!.reports).toBeLessThan(first.length + crowd.length)

  const other = await at.second()
  const settler = await startSettler(other.deps)
  await settler.stop()
  const [after] = await openIncidents()
  expect(after!.reports).toBe(first.length + crowd.length)
  expect(after!.version).toBeGreaterThan(before!.version)
})

it('lets callers of one transformer wait for the first of them, so that all are told of one incident', async () => {
  at.deps.grid.backlog.serve(true)
  const answers = await Promise.all(['A201', 'A202', 'A203', 'A204', 'A205', 'A206'].map(report))
  const named = new Set(answers.map(({ verdict }) => verdict.incident_id))
  expect(named.size).toBe(1)
  expect([...named][0]).toMatch(/^inc_/)
})

it('opens in the name of whoever took the first call what nobody had called about before', async () => {
  const settler = await startSettler(at.deps)
  const answers = await Promise.all(['A101', 'A102', 'A301', 'A401', 'A501'].map(report))
  const unnamed = answers.filter(({ verdict }) => verdict.incident_id === undefined)
  expect(unnamed.map(({ verdict }) => verdict.kind)).toContain('new_incident')
  await settler.stop()
  expect(at.deps.grid.backlog.take()).toEqual([])
  expect(await unlinked()).toEqual([])
  expect(await openIncidents()).not.toHaveLength(1)
  const takers = await at.sql('select distinct call_taker as name from incident')
  expect(takers).toEqual(await at.sql('select distinct taken_by as name from report'))
})

it('hears a call once, whoever settles it', async () => {
  for (const account of first) await report(account)
  const { backlog } = at.deps.grid
  backlog.serve(true)
  await Promise.all(crowd.map(report))
  const calls = backlog.take()
  const other = await at.second()
  const settler = await startSettler(other.deps)
  await settler.stop()
  for (const call of calls.flat()) backlog.putOff(call)
  await settleBacklog(at.deps)
  const heard = await at.sql(
    "select count(*)::int as pieces, count(distinct report_id)::int as reports from evidence where kind = 'report'",
  )
  expect(heard).toEqual([{ pieces: first.length + crowd.length, reports: first.length + crowd.length }])
})

it('does not take a call from before the restoration for one that is still out', async () => {
  for (const account of first) await report(account)
  at.deps.grid.backlog.serve(true)
  await Promise.all(crowd.map(report))
  const { body } = await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=open')
  const id = body.items[0]!.id
  expect(await at.call('POST', `/api/incidents/${id}/confirm`, {}, 'dispatcher')).toMatchObject({ status: 200 })
  expect(await at.call('POST', `/api/incidents/${id}/restore`, {}, 'dispatcher')).toMatchObject({ status: 200 })
  await settleBacklog(at.deps)
  expect(await at.sql('select id, status from incident')).toEqual([{ id, status: 'restored' }])
  const reports = await at.sql(
    `select count(*)::int as counted from evidence where kind = 'report' and incident_id = '${id}'`,
  )
  expect(reports).toEqual([{ counted: first.length + crowd.length }])
})

it('settles the other units where one fails, and keeps what failed for another time', async () => {
  const { backlog } = at.deps.grid
  backlog.serve(true)
  await Promise.all(['A201', 'A202', 'A203', 'A204', 'A401', 'A402', 'A403', 'A501'].map(report))
  const calls = backlog.take().flat()
  const isOfFirst = ({ transformer_id }: (typeof calls)[number]) => ['T1', 'T2', 'T3'].includes(transformer_id)
  const failing = calls.find(isOfFirst)!
  for (const each of calls) if (!isOfFirst(each)) backlog.putOff(each)
  backlog.putOff({ ...failing, service_point_id: '\0' })
  await expect(settleBacklog(at.deps)).rejects.toThrow()
  expect(
    backlog
      .take()
      .flat()
      .map(({ report_id }) => report_id),
  ).toEqual([failing.report_id])
  const unheard = await at.sql(`
    select report_location.transformer_id from report_location
    left join evidence on evidence.report_id = report_location.report_id
    where evidence.id is null and report_location.transformer_id in ('T4', 'T5')`)
  expect(unheard).toEqual([])
})
