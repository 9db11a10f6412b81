// A feeder in two pieces, over HTTP on the small region: what lies beyond its open recloser is another feeder's, or nobody's,
// and each piece is judged by what is heard of its own ground.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const switched = async (equipment_id: string, state: string, minutes: number) =>
  (await at.call('POST', '/api/telemetry', { equipment_id, state, commanded: true, at: minute(minutes) })).status
const trippedOpen = async () => {
  const telling = { equipment_id: 'RA', state: 'open', commanded: false, at: minute(-1) }
  return (await at.call<{ incident_id: string }>('POST', '/api/telemetry', telling)).body.incident_id
}
const reported = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict
const open = async () =>
  (await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=suspected,probable,confirmed')).body.items

describe('a feeder whose recloser is open', () => {
  it('is judged in two pieces: a call from either is heard after a call from the other', async () => {
    await switched('RA', 'open', 0)
    for (const account of ['A301', 'A101', 'A302', 'A102']) expect((await reported(account)).incident_id).toBeTruthy()
    expect((await open()).map((each) => each.equipment.id).sort()).toEqual(['RA', 'X1'])
  })
  it('that was opened on purpose is the incident of whoever calls from behind it, until it is closed', async () => {
    await switched('RA', 'open', -1)
    expect(await open()).toEqual([])
    const { incident_id } = await reported('A301')
    expect(await open()).toMatchObject([{ id: incident_id, equipment: { id: 'RA' }, customers_out: 22 }])
    await switched('RA', 'closed', 0)
    expect(await open()).toEqual([])
    const { body } = await at.call<IncidentSummary>('GET', `/api/incidents/${incident_id}`)
    expect(body).toMatchObject({ status: 'restored', customers_out: 0 })
  })
  it('and was given supply by hand, unknown to telemetry, is out for nobody but who says so', async () => {
    const id = await trippedOpen()
    expect((await at.call('POST', `/api/incidents/${id}/restore`, {})).status).toBe(200)
    at.clock.now = minute(2)
    const { incident_id } = await reported('A301')
    const [nested, ...others] = await open()
    expect([nested!.id, nested!.parent_id, others]).toEqual([incident_id, id, []])
    expect(nested!.customers_out).toBeLessThanOrEqual(10)
  })
  it('and was given supply by hand in part, is out for nobody else but who says so', async () => {
    const id = await trippedOpen()
    expect((await at.call('POST', `/api/incidents/${id}/restore`, { transformer_ids: ['T2'] })).status).toBe(200)
    at.clock.now = minute(2)
    await reported('A201')
    const [nested, ...others] = await open()
    expect([nested!.parent_id, others]).toEqual([id, []])
    expect(nested!.transformer_ids).toEqual(['T2'])
    const { body } = await at.call<IncidentSummary>('GET', `/api/incidents/${id}`)
    expect(body).toMatchObject({ status: 'partly_restored', customers_out: 10 })
  })
  it('is judged with the other feeder where a tie feeds it, and again with its own once that is put back', async () => {
    const before = await reported('A301')
    expect([await switched('RA', 'open', -4), await switched('TIE', 'closed', -3)]).toEqual([200, 200])
    const after = await reported('A101')
    expect([before.kind, after.kind]).toEqual(['new_incident', 'new_incident'])
    expect(await switched('TIE', 'open', -2)).toBe(200)
    expect(await switched('RA', 'closed', -1)).toBe(200)
    expect((await reported('A401')).kind).toBe('new_incident')
    expect((await reported('A102')).incident_id).toBe(after.incident_id)
  })
})
