// Taking a dispatcher's last step back, over HTTP on the small region: what was is again, to the second, or it is refused.
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, IncidentView, TelemetryAnswer } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const step = (id: string, verb: string, body: object = {}) =>
  at.call<IncidentSummary & { detail: string }>('POST', `/api/incidents/${id}/${verb}`, body)
const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body
const meters = (...events: [meter_no: string, kind: string, minutes: number][]) =>
  at.call(
    'POST',
    '/api/meter-events',
    events.map(([meter_no, kind, minutes]) => ({ meter_no, kind, at: minute(minutes) })),
  )
const open = async () =>
  (
    await at.call<{ items: IncidentSummary[] }>(
      'GET',
      '/api/incidents?status=suspected,probable,confirmed,partly_restored',
    )
  ).body.items
const reported = async (account_no: string) => (await call(account_no)).verdict.incident_id!

/** Every interruption with its minutes; what an undone step must leave as it was. */
const minutes = () =>
  at.sql('select service_point_id, incident_id, started_at, ended_at from interruption order by 1, 3, 2')
const states = () =>
  at.sql('select id, status, equipment_id, transformer_ids, merged_into, customers_out from incident order by number')

describe('undo', () => {
  it('takes a confirmation back: the device, the customers and the evidence are the model’s again', async () => {
    const id = await reported('A201')
    const [before, was] = [await minutes(), await states()]
    expect((await read(id)).undoable).toBeNull()
    await step(id, 'confirm', { equipment_id: 'CB1' })
    expect(await read(id)).toMatchObject({ customers_out: 31, undoable: { step: 'confirm', actor: 'dispatcher' } })
    expect((await step(id, 'undo')).status).toBe(200)
    expect(await minutes()).toEqual(before)
    expect(await states()).toEqual(was)
    expect((await read(id)).undoable).toBeNull()
    expect((await read(id)).timeline.map((each) => each.step)).toContain('undone')
  })

  it('takes a merge, a split and a cancellation back, the last one first', async () => {
    const [one, other] = [await reported('A101'), await reported('A301')]
    await step(one, 'confirm', { equipment_id: 'T1' })
    await step(other, 'confirm', { equipment_id: 'T3' })
    const apart = [await minutes(), await states()]
    await step(one, 'merge', { incident_ids: [other] })
    const merged = [await minutes(), await states()]
    const split = (await step(one, 'split', { equipment_id: 'X1' })).body
    expect(await read(split.id)).toMatchObject({ customers_out: 4 })
    await step(one, 'undo')
    expect(await minutes()).toEqual(merged[0])
    expect((await read(split.id)).status).toBe('cancelled')
    await step(one, 'undo')
    expect(await minutes()).toEqual(apart[0])
    expect((await states()).slice(0, 2)).toEqual(apart[1])
    await step(other, 'cancel', { reason: 'no loss of supply' })
    expect((await step(other, 'undo')).status).toBe(200)
    expect(await minutes()).toEqual(apart[0])
  })

  it('takes a split back, and until then the reports from there go by the incident that was split off', async () => {
    const address = { channel: 'hotline', address: '龙溪花园' }
    const { located, verdict } = (await at.call<ReportAnswer>('POST', '/api/reports', address)).body
    expect(located).toMatchObject({ transformer_id: 'T3' })
    expect(located).not.toHaveProperty('service_point_id')
    const id = verdict.incident_id!
    await step(id, 'confirm', { equipment_id: 'CB1' })
    at.clock.now = minute(5)
    await call('A101')
    const goneBy = async () =>
      (
        await at.sql<{ incident_id: string }>(
          `select verdict.incident_id
          from report
          cross join lateral newest_verdict(report.id) as verdict
          order by report.reported_at`,
        )
      ).map(({ incident_id }) => incident_id)
    const heard = () => at.sql('select id, incident_id, cleared_at from evidence order by id')
    const before = await heard()
    at.clock.now = minute(10)
    const { id: off } = (await step(id, 'split', { equipment_id: 'FA' })).body
    expect(await goneBy()).toEqual([off, id])
    const [whole, part] = [await read(id), await read(off)]
    expect([whole.reports, part.reports]).toEqual([1, 1])
    expect(part.evidence).toMatchObject([{ kind: 'report', transformer_id: 'T3' }])
    const heardAt = await at.sql('select incident_heard_at(incident) as at from incident where id = $1', [off])
    expect(heardAt).toEqual([{ at: minute(0) }])
    expect(await at.sql('select id from evidence where cleared_at is null')).toEqual([])
    expect((await step(id, 'undo')).status).toBe(200)
    expect(await goneBy()).toEqual([id, id])
    expect(await heard()).toEqual(before)
  })

  it('leaves a report with the incident that it was given back to, whatever the other one goes up in then', async () => {
    const [first, second, third] = [await reported('A101'), await reported('A201'), await reported('A301')]
    for (const [id, device] of [
      [first, 'T1'],
      [second, 'T2'],
      [third, 'T3'],
    ] as const)
      await step(id, 'confirm', { equipment_id: device })
    await step(second, 'merge', { incident_ids: [first] })
    expect((await step(second, 'undo')).status).toBe(200)
    await step(third, 'merge', { incident_ids: [second] })
    const goneBy = await at.sql<{ account_no: string; incident_id: string }>(
      `select report.account_no, verdict.incident_id
      from report
      cross join lateral newest_verdict(report.id) as verdict
      order by 1`,
    )
    expect(goneBy.map((each) => each.incident_id)).toEqual([first, third, third])
    const again = await at.sql('select 1 from report_verdict where rule = $1 and incident_id = $2', ['merged', third])
    expect(again).toHaveLength(1)
  })

  it('is refused where nothing was done, or something stands on what was', async () => {
    const id = await reported('A201')
    expect(await step(id, 'undo')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Nothing') } })
    await step(id, 'confirm', { equipment_id: 'RA' })
    const { body } = await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { auto: true })
    await at.call('POST', `/api/assignments/${body.id}/accept`, {})
    expect(await step(id, 'undo')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('a crew was offered') },
    })
  })

  it('takes a restoration back within the hour, in steps: exactly those that it ended are out, from their own first minute', async () => {
    const id = await reported('A201')
    await step(id, 'confirm', { equipment_id: 'RA' })
    at.clock.now = minute(20)
    const whole = await minutes()
    await step(id, 'restore', { transformer_ids: ['T3'], at: minute(15) })
    const [partly, was] = [await minutes(), await states()]
    at.clock.now = minute(30)
    await step(id, 'restore', { at: minute(25) })
    await step(id, 'verify')
    expect(await read(id)).toMatchObject({ status: 'restored', customers_out: 0, undoable: { step: 'restore' } })
    at.clock.now = minute(40)
    expect(await step(id, 'undo')).toMatchObject({
      status: 200,
      body: { status: 'partly_restored', verified_by: null },
    })
    expect([await minutes(), await states()]).toEqual([partly, was])
    expect((await step(id, 'undo')).body).toMatchObject({ status: 'confirmed' })
    expect(await minutes()).toEqual(whole)
    expect((await read(id)).undoable).toMatchObject({ step: 'confirm' })
    await step(id, 'restore')
    at.clock.now = minute(101)
    expect((await read(id)).undoable).toBeNull()
    expect((await step(id, 'undo')).body.detail).toContain('within the hour')
  })

  it('takes a closing back, and then the restoration before it', async () => {
    const id = await reported('A201')
    await step(id, 'confirm', { equipment_id: 'T2' })
    const before = await minutes()
    await step(id, 'restore')
    await step(id, 'close')
    expect(await read(id)).toMatchObject({ status: 'closed', undoable: { step: 'close' } })
    expect((await step(id, 'undo')).body).toMatchObject({ status: 'restored' })
    expect((await step(id, 'undo')).body).toMatchObject({ status: 'confirmed' })
    expect(await minutes()).toEqual(before)
  })

  it('takes whoever called in again since a wrong restoration back into the incident, each with one loss of supply', async () => {
    const id = await reported('A201')
    await step(id, 'confirm', { equipment_id: 'T2' })
    const before = await minutes()
    at.clock.now = minute(20)
    await step(id, 'restore')
    at.clock.now = minute(30)
    const nested = await reported('A202')
    expect(nested).not.toBe(id)
    expect(await step(id, 'undo')).toMatchObject({ status: 200, body: { status: 'confirmed' } })
    expect(await minutes()).toEqual(before)
    expect(await read(nested)).toMatchObject({ status: 'cancelled', merged_into: id })
    expect(await reported('A203')).toBe(id)
  })

  it('leaves a restoration where somebody has taken what came since in hand', async () => {
    const id = await reported('A201')
    await step(id, 'confirm', { equipment_id: 'T2' })
    await step(id, 'restore')
    at.clock.now = minute(10)
    const nested = await reported('A202')
    await step(nested, 'confirm', { equipment_id: 'T2' })
    expect((await step(id, 'undo')).body.detail).toContain(nested)
  })

  it('is refused once the same customers are out by another incident', async () => {
    const id = await reported('A201')
    await step(id, 'confirm', { equipment_id: 'T2' })
    await step(id, 'cancel', { reason: 'wrong' })
    at.clock.now = minute(30)
    const next = await reported('A202')
    expect(next).not.toBe(id)
    await step(next, 'confirm', { equipment_id: 'T2' })
    expect((await step(id, 'undo')).body.detail).toContain(next)
  })

  it('keeps the customers’ minutes through any steps: none twice, none lost', async () => {
    const steps = ['confirm', 'merge', 'split', 'cancel', 'restore'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom(...steps), fc.nat(99), fc.constantFrom('CB1', 'RA', 'T1', 'T2', 'T3', 'X1')),
          {
            minLength: 2,
            maxLength: 5,
          },
        ),
        async (script) => {
          await at.reset()
          for (const [account, device] of [
            ['A101', 'T1'],
            ['A201', 'T2'],
            ['A301', 'T3'],
          ] as const)
            await step(await reported(account), 'confirm', { equipment_id: device })
          let minute_ = 0
          for (const [verb, which, equipment_id] of script) {
            at.clock.now = minute(++minute_)
            const incidents = await open()
            const one = incidents[which % Math.max(1, incidents.length)]
            if (!one) return
            const incident_ids = incidents.filter((each) => each.id !== one.id).map((each) => each.id)
            const before = await minutes()
            const bodies = {
              confirm: { equipment_id },
              split: { equipment_id },
              merge: { incident_ids },
              cancel: { reason: 'x' },
              restore: which % 3 === 0 ? {} : { equipment_ids: [equipment_id] },
            }
            const done = await step(one.id, verb, bodies[verb])
            if (done.status !== 200) continue
            const twice = await at.sql(
              'select service_point_id from interruption where ended_at is null group by 1 having count(*) > 1',
            )
            expect(twice).toEqual([])
            if (which % 2 === 0) continue
            expect((await step(one.id, 'undo')).status).toBe(200)
            expect(await minutes()).toEqual(before)
          }
        },
      ),
      { numRuns: 8, seed: 5 },
    )
  })
})

describe('an incident shows', () => {
  it('its receipts: what speaks for and against it, and the prior it had to overcome', async () => {
    const id = await reported('A201')
    await call('A202')
    const { receipts, rivals } = await read(id)
    const of = (kind: string) => receipts.find((each) => each.kind === kind)
    expect(of('report')).toMatchObject({ count: 2 })
    expect(of('report')!.log_ratio).toBeGreaterThan(0)
    expect(of('prior')!.log_ratio).toBeLessThan(0)
    expect(rivals.length).toBeGreaterThan(0)
  })

  it('the next check that tells its rivals apart, gone once it is confirmed', async () => {
    const id = await reported('A301')
    const { next_check } = await read(id)
    expect(next_check).toMatchObject({ subject_id: expect.any(String) })
    expect(next_check!.gain_bits).toBeGreaterThan(0)
    await step(id, 'confirm')
    expect((await read(id)).next_check).toBeNull()
  })

  it('trouble with the same device within six months, and the cause in the utility’s own code', async () => {
    const first = await reported('A201')
    await step(first, 'confirm', { equipment_id: 'T2' })
    expect((await step(first, 'cause', { code: 'FU-BLOWN' })).body.cause).toBe('equipment')
    expect((await step(first, 'cause', { code: 'NO-SUCH' })).status).toBe(422)
    expect((await step(first, 'cause', { code: 'FU-BLOWN', cause: 'wildlife' })).status).toBe(422)
    expect((await read(first)).cause_code).toBe('FU-BLOWN')
    at.clock.now = minute(10)
    await step(first, 'restore')
    await step(first, 'close')
    at.clock.now = minute(24 * 60 * 30)
    const second = await reported('A202')
    await step(second, 'confirm', { equipment_id: 'T2' })
    expect((await read(second)).recurring).toMatchObject({ count: 1 })
    expect((await read(first)).recurring).toMatchObject({ count: 0 })
  })

  it('what its meters say: against it while confirmed, and whether it is verified once reclosed', async () => {
    const { body } = await at.call<TelemetryAnswer>('POST', '/api/telemetry', {
      equipment_id: 'RA',
      state: 'open',
      commanded: false,
      at: minute(0),
    })
    const id = body.incident_id!
    at.clock.now = minute(5)
    await meters(['M201', 'power_on', 3])
    const confirmed = await read(id)
    expect(confirmed.status).toBe('confirmed')
    expect(confirmed.evidence).toContainEqual(expect.objectContaining({ kind: 'power_on', supports: false }))
    await at.call('POST', '/api/telemetry', { equipment_id: 'RA', state: 'closed', commanded: true, at: minute(4) })
    const restored = await read(id)
    expect(restored.status).toBe('restored')
    expect(restored.verification).toMatchObject({ asked: true, meters_back: 1, ping: expect.any(String) })
    expect(restored.timeline.map((each) => each.step)).toContain('verify')
  })
})
