// Under the press of many calls at once, those that an open incident explains are counted to it and answered; what they say of the
// fault is heard a moment later, and comes to the same as though each had been thought about.
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
  const known = answers.filter(({ verdict }) => verdict.kind === 'known_incident')
  expect(known.length).toBeGreaterThanOrEqual(putOff)
  for (const { verdict } of known) expect(verdict.incident_id).toMatch(/^inc_/)
  expect(before).toHaveLength(1)

  await settleBacklog(at.deps)
  expect(backlog.take()).toEqual([])
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

  const other = await at.second()
  const settler = await startSettler(other.deps)
  await settler.stop()
  const [after] = await openIncidents()
  expect(after!.reports).toBe(first.length + crowd.length)
  expect(after!.version).toBeGreaterThan(before!.version)
})
