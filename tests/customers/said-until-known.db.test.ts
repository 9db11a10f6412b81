// What has not been verified, and what has passed, is said as such on every channel: page, status, message, public JSON, CAP, CIM,
// OGC and Open311.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type { CustomerStatusView, PublicIncident, PublicSummary } from '../../server/contract/public.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { verifyRestorations } from '../../server/incidents/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const report = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body
const get = async <Body>(path: string) => (await at.call<Body>('GET', path, undefined, 'public')).body
const step = (id: string, verb: string, body: object = {}) =>
  at.call<IncidentView>('POST', `/api/incidents/${id}/${verb}`, body)
const status = (point: string) =>
  get<CustomerStatusView>(`/api/customers/status?account_no=A${point}&phone_last4=0${point}`)
const listed = async (id: string) =>
  (await get<PublicSummary>('/api/public/summary')).incidents.find((each) => each.id === id)
const request = async ({ id }: ReportAnswer) =>
  (
    await get<Record<'status' | 'status_notes' | 'expected_datetime', string | null>[]>(
      `/open311/v2/requests/${id}.json`,
    )
  )[0]!
const messages = async (point: string) =>
  (await at.call<{ items: NotificationView[] }>('GET', `/api/notifications?service_point_id=${point}`)).body.items

/** T2 is out, restored at minute 20. */
async function restored(): Promise<{ id: string; call: ReportAnswer }> {
  const call = await report('A201')
  const id = call.verdict.incident_id!
  await step(id, 'confirm', { equipment_id: 'T2' })
  at.clock.now = minute(20)
  await step(id, 'restore')
  return { id, call }
}

async function expectAsked(id: string, call: ReportAnswer): Promise<void> {
  expect(await status('201')).toMatchObject({ kind: 'restored_unverified' })
  const asked = 'should be back since 10:20; if yours is not, please tell us.'
  expect((await status('202')).says.en).toContain(asked)
  expect(await get<string>(`${call.follow}?lang=en`)).toContain(asked)
  expect((await messages('P201'))[0]!.text).toContain('应已于10:20恢复供电')
  expect(await listed(id)).toMatchObject({
    status: 'restored',
    verified: false,
    says: { en: expect.stringContaining(asked) },
  })
  expect(await get<string>('/api/public/status?lang=en')).toContain('Supply should be back; we are checking.')
  const cap = await get<string>(`/feeds/cap/${id}.xml`)
  expect(cap).toContain('<responseType>AllClear</responseType>')
  expect(cap).toContain('<headline>Supply should be back, being checked: 建设街配变</headline>')
  expect(cap).not.toContain('Supply restored')
  const cim = await get<string>('/feeds/cim.xml')
  expect(cim).toContain('<outageKind>partiallyRestored</outageKind>')
  expect(cim).not.toContain('<end>')
  expect((await request(call)).status_notes).toBe('应已恢复供电，正在核实。Supply should be back; we are checking.')
}

describe('“restored”', () => {
  it('is said by no channel before it is verified, and by all of them after', async () => {
    const { id, call } = await restored()
    at.clock.now = minute(21)
    await expectAsked(id, call)
    at.clock.now = minute(51)
    await verifyRestorations(at.deps)
    expect(await status('201')).toMatchObject({ kind: 'restored' })
    expect(await listed(id)).toMatchObject({ verified: true, says: { en: 'Supply is back since 10:20.' } })
    expect(await get<string>(`/feeds/cap/${id}.xml`)).toContain('<headline>Supply restored: 建设街配变</headline>')
    const cim = await get<string>('/feeds/cim.xml')
    expect(cim).toContain('<outageKind>restored</outageKind>')
    expect(cim).toContain('<end>2026-07-01T10:20:00+08:00</end>')
    expect((await request(call)).status_notes).toBe('已恢复供电。Supply is back.')
  })

  it('is not made known by closing: what customers answer, and their silence, is waited for all the same', async () => {
    const { id, call } = await restored()
    at.clock.now = minute(21)
    expect((await step(id, 'close')).body).toMatchObject({ status: 'closed', verified_at: null })
    await expectAsked(id, call)
    at.clock.now = minute(51)
    await verifyRestorations(at.deps)
    const { body } = await at.call<IncidentView>('GET', `/api/incidents/${id}`)
    expect(body).toMatchObject({ status: 'closed', verified_by: 'silence' })
    expect((await status('201')).says.en).toContain('is back since 10:20.')
    expect(await listed(id)).toBeUndefined()
  })

  it('is the closer’s to say: their word verifies it, as does a dispatcher’s later', async () => {
    const { id } = await restored()
    const closed = await step(id, 'close', { verified: true, note: 'rang three of them' })
    expect(closed.body).toMatchObject({ status: 'closed', verified_by: 'dispatcher' })
    expect(await status('201')).toMatchObject({ kind: 'restored' })
    expect((await step(id, 'verify')).status).toBe(409)

    await at.reset()
    const other = await restored()
    await step(other.id, 'close')
    expect((await step(other.id, 'verify')).body).toMatchObject({ status: 'closed', verified_by: 'dispatcher' })
  })
})

describe('a time that has passed', () => {
  it('is an estimate to nobody', async () => {
    const call = await report('A203')
    const id = call.verdict.incident_id!
    await step(id, 'confirm', { equipment_id: 'T2' })
    await step(id, 'estimate', { at: minute(30), low: minute(20), high: minute(60) })
    const features = async () =>
      (await get<{ features: { properties: PublicIncident }[] }>('/ogc/collections/incidents/items')).features
    at.clock.now = minute(29)
    expect((await status('203')).estimate).toMatchObject({ at: minute(30).toISOString() })
    expect((await listed(id))!.estimate).toMatchObject({ at: minute(30).toISOString() })
    expect(await get<string>('/feeds/cim.xml')).toContain('<ert>2026-07-01T10:30:00+08:00</ert>')
    expect((await request(call)).expected_datetime).toBe('2026-07-01T10:30:00+08:00')
    expect((await features())[0]!.properties.estimate).not.toBeNull()

    at.clock.now = minute(60)
    expect(await status('203')).toMatchObject({
      estimate: null,
      says: { en: expect.stringContaining('taking longer') },
    })
    expect(await listed(id)).toMatchObject({ estimate: null, estimate_passed: true })
    expect(await get<string>('/feeds/cim.xml')).not.toContain('EstimatedRestorationTime')
    expect((await request(call)).expected_datetime).toBeNull()
    expect((await features())[0]!.properties).toMatchObject({ estimate: null, estimate_passed: true })
  })

  it('is not said as the crew’s arrival to come', async () => {
    const call = await report('A203')
    const id = call.verdict.incident_id!
    await step(id, 'confirm', { equipment_id: 'T2' })
    const { body } = await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
    for (const verb of ['accept', 'depart']) await at.call('POST', `/api/assignments/${body.id}/${verb}`, {}, 'crew:C1')
    expect((await status('203')).says.en).toContain('a crew is on its way, expected at 10:')
    at.clock.now = minute(55)
    for (const says of [(await status('203')).says, (await listed(id))!.says]) {
      expect(says.en).toContain('a crew is on its way, later than was expected')
      expect(says.zh).toContain('抢修班组正在路上，比预计晚到')
    }
  })
})

describe('Open311', () => {
  it('does not tell who has not paid from whose meter has supply', async () => {
    await at.call('POST', '/api/meter-events', [{ meter_no: 'M205', kind: 'power_on', at: minute(-2) }])
    const [unpaid, supplied] = [await report('A110'), await report('A205')]
    expect([unpaid.verdict.kind, supplied.verdict.kind]).toEqual(['nonpayment', 'verify_first'])
    const [one, other] = [await request(unpaid), await request(supplied)]
    expect([one.status, one.status_notes]).toEqual([other.status, other.status_notes])
    for (const filter of ['open', 'closed']) {
      const found = JSON.stringify(await get(`/open311/v2/requests.json?status=${filter}`))
      expect(found.includes(unpaid.id)).toBe(found.includes(supplied.id))
    }
  })

  it('says of a danger that it was dealt with, not that supply is back', async () => {
    const { body } = await at.call<ReportAnswer>('POST', '/api/reports', {
      channel: 'hotline',
      account_no: 'A301',
      symptom: 'hazard',
    })
    await step(body.verdict.incident_id!, 'restore')
    expect(await request(body)).toMatchObject({ status: 'closed', status_notes: '已处置。It was dealt with.' })
  })
})
