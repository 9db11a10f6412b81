// Restorations verified over HTTP and by the loop: by meters, by silence, by a dispatcher; not while somebody is still out.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { takeSupplyAnswer, verifyRestorations } from '../../server/incidents/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const step = (id: string, verb: string, body: object = {}) =>
  at.call<IncidentSummary>('POST', `/api/incidents/${id}/${verb}`, body)
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!
const meters = (kind: string, minutes: number, ...meter_nos: string[]) =>
  at.call(
    'POST',
    '/api/meter-events',
    meter_nos.map((meter_no) => ({ meter_no, kind, at: minute(minutes) })),
  )
const verify = (minutes: number) => {
  at.clock.now = minute(minutes)
  return verifyRestorations(at.deps)
}

/** The recloser opens at once and closes after ten minutes: T2 and T3. */
async function reclosed(): Promise<string> {
  const tell = (state: string, minutes: number) =>
    at.call<{ incident_id: string }>('POST', '/api/telemetry', {
      equipment_id: 'RA',
      state,
      commanded: false,
      at: minute(minutes),
    })
  const { incident_id } = (await tell('open', 0)).body
  at.clock.now = minute(10)
  await tell('closed', 10)
  return incident_id
}

describe('a reclosed incident', () => {
  it('asks to be verified, and is by the meters that come back', async () => {
    const id = await reclosed()
    expect(await read(id)).toMatchObject({ status: 'restored', verified_at: null, verification: { asked: true } })
    at.clock.now = minute(11)
    await meters('power_on', 11, 'M201', 'M202')
    await verify(11)
    expect((await read(id)).verified_at).toBeNull()
    await meters('power_on', 11, 'M301')
    await verify(12)
    const told = await read(id)
    expect(told).toMatchObject({ verified_by: 'answers' })
    expect(new Date(told.verified_at!)).toEqual(minute(12))
    expect(told.verification.asked).toBe(false)
    expect(told.timeline.at(-1)).toMatchObject({ step: 'verified', actor: 'verification' })
    await verify(13)
    expect((await read(id)).version).toBe(told.version)
  })

  it('is verified by silence, and by customers who answer that all is well', async () => {
    const silent = await reclosed()
    await verify(39)
    expect((await read(silent)).verified_at).toBeNull()
    await verify(40)
    expect(await read(silent)).toMatchObject({ verified_by: 'silence' })

    await at.reset()
    const answered = await reclosed()
    await at.deps.database.transaction(async (transaction) => {
      for (const service_point_id of ['P201', 'P302', 'P303'])
        await takeSupplyAnswer(transaction, {
          incident_id: answered,
          service_point_id,
          has_supply: true,
          at: minute(12),
          said_by: 'sms',
        })
    })
    await verify(12)
    expect(await read(answered)).toMatchObject({ verified_by: 'answers' })
  })

  it('stays open while somebody is still out: the incident nested in it is restored first', async () => {
    const id = await reclosed()
    at.clock.now = minute(15)
    const nested = await call('A301')
    expect(nested).not.toBe(id)
    await meters('power_on', 15, 'M201', 'M202', 'M303', 'M304')
    await verify(60)
    expect((await read(id)).verified_at).toBeNull()
    expect((await step(nested, 'restore')).status).toBe(200)
    await verify(61)
    expect(await read(id)).toMatchObject({ verified_by: 'answers' })
  })

  it('is neither verified nor closed by a dispatcher while somebody is still out', async () => {
    const id = await reclosed()
    at.clock.now = minute(15)
    const nested = await call('A301')
    const { number } = await read(nested)
    for (const name of ['verify', 'close']) {
      const refused = await step(id, name)
      expect(refused).toMatchObject({ status: 409, body: { type: 'urn:relight:out_of_order' } })
      expect(String((refused.body as { detail?: string }).detail)).toContain(`No. ${number}`)
    }
    expect((await step(nested, 'restore')).status).toBe(200)
    expect((await step(id, 'close')).status).toBe(200)
  })

  it('is verified by a dispatcher, once, and only when restored', async () => {
    const open = await call('A401')
    expect((await step(open, 'verify')).status).toBe(409)
    const id = await reclosed()
    expect((await step(id, 'verify')).body).toMatchObject({ verified_by: 'dispatcher' })
    expect((await step(id, 'verify')).status).toBe(409)
  })
})
