// Planned outages at work on the small region: begun and ended, each customer counted once, told once, the same on every channel.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { InterruptionView } from '../../server/contract/reliability.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { statusOf } from '../../server/status/index.ts'
import { retracePlanned } from '../../server/planned-outages/index.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'
import { ahead, drive, hours } from './drive.ts'

let at: TestApp
let d: ReturnType<typeof drive>
beforeAll(async () => {
  at = await openTestApp()
  d = drive(at)
})
afterAll(() => at.close())
beforeEach(() => at.reset())

describe('at work', () => {
  const during = hours(ahead + 1)

  it('begins by itself at the announced time, counts each customer once as planned, and ends in steps', async () => {
    const { id } = await d.announce(['LA'], ahead, ahead + 4)
    await d.watchAt(hours(ahead))
    await d.watchAt(during)
    expect(await d.read(id)).toMatchObject({
      state: 'started',
      customers_out: 31,
      started_at: hours(ahead).toISOString(),
    })
    expect(await d.interruptions('P201')).toEqual([{ planned_outage_id: id, started_at: hours(ahead), ended_at: null }])
    expect(await d.interruptions('P110')).toEqual([])
    const part = await d.step(id, 'end', { transformer_ids: ['T3'], at: during.toISOString() })
    expect(part.body).toMatchObject({ state: 'started', customers_out: 21 })
    at.clock.now = hours(ahead + 3)
    expect((await d.step(id, 'end')).body).toMatchObject({
      state: 'ended',
      customers_out: 0,
      customer_hours: 21 * 3 + 10,
    })
    expect((await d.interruptions('P301'))[0]!.ended_at).toEqual(during)
    const query = `from=${encodeURIComponent(hours(ahead - 1).toISOString())}&cause=planned`
    const { body } = await at.call<{
      total: { customer_interruptions: number; customer_s: number }
      interruptions: { items: InterruptionView[] }
    }>('GET', `/api/reliability?${query}`)
    expect([body.total.customer_interruptions, body.total.customer_s]).toEqual([31, (21 * 3 + 10) * 3600])
    expect(body.interruptions.items[0]).toMatchObject({ cause: 'planned', planned_outage_id: id, incident_id: null })
  })

  it('is what a caller hears, what a customer’s status says, and explains the meters', async () => {
    const { id } = await d.announce(['RA'], ahead, ahead + 4)
    await d.watchAt(during)
    const says = (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A301' })).body
      .verdict
    expect(says).toMatchObject({ kind: 'planned', evidence: [{ value: id }] })
    expect((await statusOf(at.deps.database, 'P301', during))?.kind).toBe('planned')
    const gasps = ['M301', 'M302', 'M303', 'M201'].map((meter_no) => ({ meter_no, kind: 'power_off', at: during }))
    const heard = await at.call('POST', '/api/meter-events', gasps)
    expect(heard.body).toMatchObject({ taken: 4, already_explained: 4, incidents: [] })
    expect((await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents')).body.items).toEqual([])
    expect((await statusOf(at.deps.database, 'P101', during))?.kind).toBe('no_outage_known')
  })

  it('leaves those who were out already with their incident, and takes them over when that ends', async () => {
    const { id } = await d.announce(['LA'], ahead, ahead + 4)
    at.clock.now = hours(ahead - 1)
    await at.call('POST', '/api/telemetry', {
      equipment_id: 'RA',
      state: 'open',
      commanded: false,
      at: hours(ahead - 1),
    })
    await d.watchAt(during)
    // Out by both: the verdict of a call, the status and so every other channel speak of the same one.
    const call = { channel: 'hotline', account_no: 'A201' }
    const { verdict } = (await at.call<ReportAnswer>('POST', '/api/reports', call)).body
    const status = await statusOf(at.deps.database, 'P201', during)
    expect([verdict.kind, status?.kind]).toEqual(['known_incident', 'confirmed'])
    expect(verdict.says).toEqual(status!.says)
    expect(await d.interruptions('P201')).toMatchObject([{ planned_outage_id: null, ended_at: null }])
    expect(await d.interruptions('P101')).toMatchObject([{ planned_outage_id: id }])
    const [incident] = (await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents')).body.items
    const back = hours(ahead + 2)
    at.clock.now = back
    await at.call('POST', `/api/incidents/${incident!.id}/restore`, { at: back.toISOString() })
    await d.watchAt(hours(ahead + 2.2))
    expect(await d.interruptions('P201')).toEqual([
      { planned_outage_id: null, started_at: hours(ahead - 1), ended_at: back },
      { planned_outage_id: id, started_at: back, ended_at: null },
    ])
  })

  it('gives those who are out by a fault below to its incident when the work ends', async () => {
    const { id } = await d.announce(['LA'], ahead, ahead + 4)
    await d.watchAt(hours(ahead))
    at.clock.now = during
    await at.call('POST', '/api/telemetry', { equipment_id: 'RA', state: 'open', commanded: false, at: during })
    expect(await d.interruptions('P201')).toMatchObject([{ planned_outage_id: id, ended_at: null }])
    at.clock.now = hours(ahead + 4)
    await d.step(id, 'end')
    expect(await d.interruptions('P201')).toEqual([
      { planned_outage_id: id, started_at: hours(ahead), ended_at: hours(ahead + 4) },
      { planned_outage_id: null, started_at: hours(ahead + 4), ended_at: null },
    ])
    expect((await d.interruptions('P101')).at(-1)!.ended_at).toEqual(hours(ahead + 4))
  })

  it('tells those it was announced to that it is over, each step for itself, but nobody who is out by a fault', async () => {
    const { id } = await d.announce(['LA'], ahead, ahead + 4)
    await d.watchAt(hours(ahead - 3))
    await d.watchAt(hours(ahead))
    at.clock.now = during
    await at.call('POST', '/api/telemetry', { equipment_id: 'FA', state: 'open', commanded: false, at: during })
    await d.step(id, 'end', { transformer_ids: ['T1'], at: during.toISOString() })
    const over = () =>
      at.sql<{ service_point_id: string; back: string }>(
        `select notification.service_point_id, matter.words ->> 'back' as back
         from notification join matter on matter.id = notification.matter_id
         where matter.kind = 'planned_over' order by notification.service_point_id`,
      )
    const first = await over()
    expect(new Set(first.map((each) => each.service_point_id.slice(0, 2)))).toEqual(new Set(['P1']))
    expect(first[0]).toMatchObject({ service_point_id: 'P101', back: during.toISOString() })
    at.clock.now = hours(ahead + 4)
    await d.step(id, 'end')
    const told = (await over()).slice(first.length)
    expect(new Set(told.map((each) => each.service_point_id.slice(0, 2)))).toEqual(new Set(['P2']))
    expect(told).toHaveLength(12)
  })

  it('takes each step in its order only, at a time that can be', async () => {
    const { id } = await d.announce(['FA'], ahead, ahead + 4)
    const refused = async (name: string, body: object = {}) => (await d.step(id, name, body)).status
    expect(await refused('end')).toBe(409)
    expect(await refused('start')).toBe(422)
    expect(await refused('extend', { ends_at: hours(ahead + 3).toISOString() })).toBe(422)
    at.clock.now = hours(ahead + 0.5)
    expect(await refused('start', { at: hours(ahead + 1).toISOString() })).toBe(400)
    expect(await refused('start', { at: hours(ahead).toISOString() })).toBe(200)
    expect(await refused('start')).toBe(409)
    expect(await refused('cancel', { reason: '不做了' })).toBe(409)
    expect(await refused('end', { at: hours(ahead - 1).toISOString() })).toBe(422)
    expect(await refused('end', { transformer_ids: ['T1'] })).toBe(422)
    expect(await refused('end')).toBe(200)
  })

  it('counts nothing where nobody watched, and ends what nobody has spoken of for half a day as announced', async () => {
    const missed = await d.announce(['FB'], ahead, ahead + 1)
    const silent = await d.announce(['FA'], ahead, ahead + 4)
    await d.step(missed.id, 'cancel', { reason: '改期' })
    await at.sql('update planned_outage set state = $1 where id = $2', ['announced', missed.id])
    await d.watchAt(hours(ahead + 2))
    expect(await d.read(missed.id)).toMatchObject({ state: 'ended', started_at: null })
    expect(await d.interruptions('P601')).toEqual([])
    await d.watchAt(hours(ahead + 17))
    expect(await d.read(silent.id)).toMatchObject({ state: 'ended', ended_at: hours(ahead + 4).toISOString() })
  })
})

describe('messages', () => {
  it('come a week before, a day before and on the morning, once each however often it is looked', async () => {
    const { id } = await d.announce(['FA'], ahead, ahead + 4)
    expect(await d.kinds('P301')).toEqual([])
    for (const before_h of [168, 167, 24, 23, 3, 2]) {
      await d.watchAt(hours(ahead - before_h))
      await d.watchAt(hours(ahead - before_h))
    }
    expect(await d.kinds('P301')).toEqual(['planned_week', 'planned_day', 'planned_morning'])
    expect(await d.kinds('P201')).toEqual([])
    expect((await d.messages('P301'))[0]!.text).toContain('龙溪花园配变')
    await d.watchAt(hours(ahead))
    await d.watchAt(hours(ahead + 4.5))
    await d.watchAt(hours(ahead + 4.6))
    expect((await d.kinds('P301')).slice(3)).toEqual(['planned_overrun'])
    await d.step(id, 'extend', { ends_at: hours(ahead + 6).toISOString() })
    expect((await d.kinds('P301')).slice(3)).toEqual(['planned_overrun', 'planned_overrun'])
    expect((await d.messages('P301'))[0]!.text).toMatch(/预计.*恢复供电/)
  })

  it('tell of late work at once, and no more for six hours', async () => {
    await d.announce(['FA'], 25, 28, { notice: 'temporary' })
    expect(await d.kinds('P301')).toEqual(['planned_week'])
    await d.watchAt(hours(1))
    expect(await d.kinds('P301')).toEqual(['planned_week'])
    await d.watchAt(hours(23))
    expect(await d.kinds('P301')).toEqual(['planned_week', 'planned_morning'])
  })

  it('tell those who were told that it will not be, and nobody else', async () => {
    const told = await d.announce(['FA'], ahead, ahead + 4)
    const untold = await d.announce(['FB'], ahead + 100, ahead + 104)
    await d.watchAt(hours(ahead - 168))
    for (const { id } of [told, untold]) await d.step(id, 'cancel', { reason: '改期' })
    expect(await d.kinds('P301')).toEqual(['planned_week', 'planned_cancelled'])
    expect(await d.kinds('P601')).toEqual([])
  })

  it('tell those who were told of either that the two are joined', async () => {
    const first = await d.announce(['FA'], ahead, ahead + 4)
    const second = await d.announce(['LA'], ahead + 48, ahead + 52)
    await d.watchAt(hours(ahead - 168))
    expect([await d.kinds('P301'), await d.kinds('P101')]).toEqual([['planned_week'], []])
    await at.call('POST', '/api/planned-outages/joins', { outage_ids: [first.id, second.id] })
    expect([await d.kinds('P301'), await d.kinds('P101')]).toEqual([
      ['planned_week', 'planned_changed'],
      ['planned_week'],
    ])
    await d.watchAt(hours(ahead - 160))
    await d.watchAt(hours(ahead - 24))
    expect((await d.kinds('P301')).slice(2)).toEqual(['planned_day'])
    expect(await d.kinds('P101')).toEqual(['planned_week', 'planned_day'])
  })

  it('are not sent by an import for what was due before', async () => {
    await at.sql(
      `insert into planned_outage (id, starts_at, ends_at, reason, transformer_ids, announced_at) values ('W1', $1, $2, '检修', '{T3}', $3)`,
      [hours(100), hours(104), hours(0)],
    )
    await retracePlanned(at.deps)
    await d.watchAt(hours(1))
    expect(await d.kinds('P301')).toEqual([])
    await d.watchAt(hours(76))
    expect(await d.kinds('P301')).toEqual(['planned_day'])
  })
})
