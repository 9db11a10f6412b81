// The page of a report goes on saying what is so, after the end as well: never its first guess again.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReliabilityAnswer } from '../../server/contract/reliability.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { lat, placeOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const report = async (input: object, as: 'dispatcher' | 'public' = 'dispatcher') =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', ...input }, as)).body
const page = async ({ follow }: ReportAnswer, language = 'en') =>
  (await at.call<string>('GET', `${follow}?lang=${language}`, undefined, 'public')).body
const step = (id: string, verb: string, body: object = {}) => at.call('POST', `/api/incidents/${id}/${verb}`, body)
const status = async (point: string) =>
  (
    await at.call<{ kind: string; says: { zh: string; en: string } }>(
      'GET',
      `/api/customers/status?account_no=A${point}&phone_last4=0${point}`,
      undefined,
      'public',
    )
  ).body
const area = { location: { ...placeOf('T3'), lat } }

describe('the page of a report', () => {
  it('says of an incident that was cancelled that it was not confirmed, as the household’s status says that nothing is known', async () => {
    const [own, place] = [await report({ account_no: 'A301' }), await report(area)]
    expect(await page(own)).toContain('out since 10:00')
    for (const { verdict } of [own, place]) await step(verdict.incident_id!, 'cancel', { reason: 'nobody is out' })
    expect((await status('301')).kind).toBe('no_outage_known')
    for (const each of [own, place]) {
      const [english, chinese] = [await page(each), await page(each, 'zh')]
      expect(english).toContain('was not confirmed, and none is known there now')
      expect(chinese).toContain('没有得到证实，目前没有已知的停电')
      expect(english).not.toMatch(/out since|crew/)
      expect(chinese).not.toContain('抢修班组')
    }
  })

  it('says a day after the return when supply came back, to the household and to whoever named the area alone', async () => {
    const [own, place] = [await report({ account_no: 'A301' }), await report(area)]
    const { incident_id } = own.verdict
    await step(incident_id!, 'confirm', { equipment_id: 'T3' })
    at.clock.now = minute(60)
    await step(incident_id!, 'restore', { at: minute(50) })
    await step(incident_id!, 'verify')
    at.clock.now = minute(60 * 30)
    expect((await status('301')).kind).toBe('no_outage_known')
    expect(await page(own)).toContain('Supply at 龙溪花园配变 is back since 1 Jul, 10:50.')
    expect(await page(own, 'zh')).toContain('龙溪花园配变已于7月1日10:50恢复供电。')
    expect(await page(place)).toContain('Supply is back since 1 Jul, 10:50.')
    expect(await page(own)).not.toMatch(/may be out|crew is being found/)
  })

  it('no longer says that work is under way once it is done', async () => {
    await at.sql(
      `insert into planned_outage (id, starts_at, ends_at, reason, equipment_ids) values ('W1', $1, $2, '检修', '{FA}')`,
      [minute(-60), minute(60)],
    )
    await at.sql(
      "insert into planned_ground (planned_outage_id, transformer_id, customers) values ('W1', 'T3', 10) on conflict do nothing",
    )
    const both = [await report({ account_no: 'A301' }), await report(area)]
    expect(both.map(({ verdict }) => verdict.kind)).toEqual(['planned', 'planned'])
    for (const each of both) expect(await page(each)).toContain('from 09:00 to 11:00')
    at.clock.now = minute(80)
    for (const each of both) expect(await page(each)).toContain('was to end at 11:00 and has overrun')
    await at.sql("update planned_outage set state = 'ended' where id = 'W1'")
    for (const each of both) {
      expect(await page(each)).toContain('No loss of supply is known at 龙溪花园配变')
      expect(await page(each)).not.toContain('Planned work')
    }
  })

  it('keeps what it said to a stranger of somebody else’s account, paid or not', async () => {
    const unpaid = await report({ account_no: 'A110' }, 'public')
    const before = await page(unpaid)
    expect(before).toContain('we tell its holder only')
    await at.sql("update service_point set connection = 'connected' where id = 'P110'")
    expect(await page(unpaid)).toContain('we tell its holder only')
    await at.sql("update service_point set connection = 'disconnected_nonpayment' where id = 'P110'")
  })
})

describe('a hazard', () => {
  it('that is confirmed leaves nobody without supply: not on the page, not in the status, not in the indices', async () => {
    const wire = await report({ ...area, symptom: 'hazard' })
    const id = wire.verdict.incident_id!
    expect((await step(id, 'confirm')).status).toBe(200)
    const { body } = await at.call<IncidentView>('GET', `/api/incidents/${id}`)
    expect(body).toMatchObject({ status: 'confirmed', hazard: true, customers_out: 0, customers_affected: 0 })
    expect((await status('302')).kind).toBe('no_outage_known')
    expect(await page(wire)).toContain('touch no wire; a crew is being found')
    const offered = await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
    for (const verb of ['accept', 'depart', 'arrive'])
      await at.call('POST', `/api/assignments/${offered.body.id}/${verb}`, {}, 'crew:C1')
    expect(await page(wire, 'zh')).toContain('不要触碰任何电线；抢修班组已在现场')
    at.clock.now = minute(40)
    const findings = { findings: { restored: true, damaged_equipment_id: 'FA', still_out_transformer_ids: ['T3'] } }
    const finished = await at.call('POST', `/api/assignments/${offered.body.id}/finish`, findings, 'crew:C1')
    expect(finished.status).toBe(200)
    for (const end of ['restored', 'closed']) {
      if (end === 'closed') await step(id, 'close')
      expect((await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body.status).toBe(end)
      expect(await page(wire)).toContain('was dealt with at 10:40')
      expect(await page(wire, 'zh')).toContain('您报告的危险已于10:40处置完毕')
      expect(await page(wire, 'zh')).not.toMatch(/来电了|恢复供电/)
    }
    const { body: indices } = await at.call<ReliabilityAnswer>('GET', '/api/reliability?from=2026-07-01&to=2026-07-02')
    expect(JSON.stringify(indices)).not.toContain(id)
    expect(await at.sql('select 1 from interruption')).toEqual([])
    expect(await at.sql('select 1 from notification')).toEqual([])
  })

  it('stands beside the loss of supply that callers tell of: each is confirmed for itself', async () => {
    const wire = await report({ account_no: 'A301', symptom: 'hazard' })
    const dark = await report({ account_no: 'A301' })
    const [danger, supply] = [wire.verdict.incident_id!, dark.verdict.incident_id!]
    expect(supply).not.toBe(danger)
    expect((await step(danger, 'confirm', { equipment_id: 'FA' })).status).toBe(200)
    const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
    expect(await read(danger)).toMatchObject({ customers_out: 0, reports: 1 })
    expect(await read(supply)).toMatchObject({ status: 'suspected', reports: 1, merged_into: null })
    expect((await status('301')).kind).toBe('suspected')
    expect(await page(wire)).toMatch(/touch no wire.*may be out since 10:00/)
    expect((await step(supply, 'confirm', { equipment_id: 'FA' })).status).toBe(200)
    expect(await read(supply)).toMatchObject({ customers_out: 10 })
    await step(danger, 'cancel', { reason: 'a telephone wire' })
    expect(await page(wire)).toMatch(/no longer followed here.*has been out since 10:00/)
    expect(await read(supply)).toMatchObject({ status: 'confirmed', customers_out: 10 })
  })

  it('that was confirmed can be taken back to what it was', async () => {
    const wire = await report({ ...area, symptom: 'hazard' })
    const id = wire.verdict.incident_id!
    await step(id, 'confirm')
    expect((await step(id, 'undo')).status).toBe(200)
    const { body } = await at.call<IncidentView>('GET', `/api/incidents/${id}`)
    expect(body).toMatchObject({ status: 'probable', hazard: true, customers_out: 0 })
  })
})
