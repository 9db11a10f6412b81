// What no sound utility would send, over HTTP: refused, or kept aside, with a reason that a dispatcher understands.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, MeterCounts, TelemetryAnswer } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

type Refused = { detail: string }
const post = <Body>(path: string, body: object) => at.call<Body & Refused>('POST', path, body)
const meters = (meter_no: string, minutes: number) =>
  post<MeterCounts>('/api/meter-events', [{ meter_no, kind: 'power_off', at: minute(minutes) }])
const telemetry = (equipment_id: string, state: string, minutes: number, commanded = false) =>
  post<TelemetryAnswer>('/api/telemetry', { equipment_id, state, commanded, at: minute(minutes) })
const reported = async (account_no: string) =>
  (await post<ReportAnswer>('/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!
const step = (id: string, verb: string, body: object = {}) =>
  post<IncidentSummary>(`/api/incidents/${id}/${verb}`, body)

describe('a meter event is kept aside', () => {
  it('from a meter that nobody has, by name, in both languages', async () => {
    const { status, body } = await meters('M999', -1)
    expect(status).toBe(200)
    expect(body).toMatchObject({ taken: 0, unknown_meter: 1, incidents: [] })
    expect(body.kept_aside).toEqual([
      {
        meter_no: 'M999',
        at: minute(-1).toISOString(),
        reason: { zh: expect.stringContaining('M999'), en: 'No customer has meter M999: import it first' },
      },
    ])
  })
  it('from a clock that runs ahead, and nothing of it is believed later', async () => {
    const { body } = await meters('M301', 30)
    expect(body).toMatchObject({ taken: 0, in_future: 1, incidents: [] })
    expect(body.kept_aside![0]!.reason.en).toContain('the clock of meter M301 is wrong')
    at.clock.now = minute(40)
    expect((await meters('M301', 30)).body).toMatchObject({ taken: 1 })
  })
  it('names twenty of many, and counts all', async () => {
    const many = Array.from({ length: 30 }, (_, each) => ({ meter_no: `X${each}`, kind: 'power_off', at: minute(-1) }))
    const { body } = await post<MeterCounts>('/api/meter-events', many)
    expect([body.unknown_meter, body.kept_aside!.length]).toEqual([30, 20])
  })
})

describe('telemetry', () => {
  it('for a device that is not on the graph is refused by name', async () => {
    expect(await telemetry('NOPE', 'open', 0)).toMatchObject({
      status: 422,
      body: { detail: 'Equipment NOPE is not on the graph: import it first' },
    })
  })
  it('from the future is refused', async () => {
    expect(await telemetry('RA', 'open', 30)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('clock of RA') },
    })
  })
  it('that closes a ring is taken, and says which equipment closes it; nobody is out for it', async () => {
    const { status, body } = await telemetry('TIE', 'closed', 0, true)
    expect([status, body.outcome, body.incident_id]).toEqual([200, 'reclosed', null])
    expect(body.remarks).toEqual([expect.stringMatching(/^[A-Z0-9]+ closes a ring/)])
    expect(await at.sql('select 1 from interruption')).toEqual([])
    const id = await reported('A301')
    expect((await step(id, 'confirm', { equipment_id: 'FA' })).body.customers_out).toBe(10)
    expect((await telemetry('TIE', 'open', 1, true)).body).not.toHaveProperty('remarks')
  })
  it('that makes an island leaves it judged: reports from there are still taken', async () => {
    await telemetry('CB2', 'open', 0, true)
    const { status, body } = await post<ReportAnswer>('/api/reports', { channel: 'hotline', account_no: 'A501' })
    expect([status, body.verdict.kind]).toEqual([201, 'new_incident'])
  })
})

describe('a dispatcher’s step is refused', () => {
  it('to restore what was never out, named or restored before', async () => {
    const id = await reported('A301')
    await step(id, 'confirm', { equipment_id: 'FA' })
    expect(await step(id, 'restore', { transformer_ids: ['T1'] })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('Nobody there is out') },
    })
    expect((await step(id, 'restore', { transformer_ids: ['T99'] })).status).toBe(422)
    expect((await step(id, 'restore')).status).toBe(200)
    expect(await step(id, 'restore')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('is restored') },
    })
    expect((await step('inc_none', 'restore')).status).toBe(404)
  })
  it('to merge across feeders, with itself, or with what is over', async () => {
    const [one, other] = [await reported('A301'), await reported('A401')]
    expect(await step(one, 'merge', { incident_ids: [other] })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('only incidents of one feeder can be one') },
    })
    expect((await step(one, 'merge', { incident_ids: [one] })).status).toBe(422)
    expect((await step(one, 'merge', { incident_ids: ['inc_none'] })).status).toBe(404)
    const past = await reported('A101')
    await step(past, 'restore')
    expect((await step(one, 'merge', { incident_ids: [past] })).status).toBe(409)
  })
  it('to confirm a device that is not there', async () => {
    const id = await reported('A301')
    expect(await step(id, 'confirm', { equipment_id: 'NOPE' })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('NOPE is not in the network') },
    })
  })
})

it('customers behind one customer-owned transformer are a group: each later caller is told with the others heard', async () => {
  const call = async (account_no: string) =>
    (await post<ReportAnswer>('/api/reports', { channel: 'hotline', account_no })).body.verdict
  await call('A601')
  const second = await call('A602')
  expect(second).toMatchObject({ kind: 'customer_side', rule: 'customer_transformer' })
  expect(second.evidence).toContainEqual({ what: 'others_heard', value: '1' })
})
