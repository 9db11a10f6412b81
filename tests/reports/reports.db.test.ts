// Trouble calls from the wire to the verdict: located, judged with receipts, one incident however many arrive at once.
import gcoord from 'gcoord'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer, ReportView } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { retracePlanned } from '../../server/planned-outages/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { placeOf, pointsOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const report = async (input: object, headers: Record<string, string> = {}) =>
  at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', ...input }, 'dispatcher', headers)
const located = async (input: object) => (await report(input)).body.located
const openIncidents = async () =>
  (await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=suspected,probable,confirmed')).body.items

/** Runs `work` while service points have other addresses. */
async function withAddresses(addresses: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const put = 'update service_point set address = $2, address_key = fold_address($2) where id = $1'
  const kept = await at.sql<{ id: string; address: string }>('select id, address from service_point')
  for (const [id, address] of Object.entries(addresses)) await at.sql(put, [id, address])
  try {
    await work()
  } finally {
    for (const { id, address } of kept) if (id in addresses) await at.sql(put, [id, address])
  }
}

describe('locating', () => {
  it('finds the one household of an account, a meter and a phone however it is written', async () => {
    const household = { transformer_id: 'T2', service_point_id: 'P203', confidence: 1 }
    expect(await located({ account_no: 'A203' })).toEqual({ ...household, method: 'account' })
    expect(await located({ meter_no: 'M203' })).toEqual({ ...household, method: 'meter' })
    for (const phone of ['13900000203', '+86 139-0000-0203', '86 13900000203'])
      expect(await located({ phone })).toEqual({ ...household, method: 'phone' })
  })

  it('asks which account of a phone it is, and knows the transformer where they share it', async () => {
    const same = await report({ phone: '13900000101' })
    expect(same.body.located).toMatchObject({ transformer_id: 'T1', method: 'phone' })
    expect(same.body.located?.service_point_id).toBeUndefined()
    expect(same.body.candidates?.map((each) => each.service_point_id)).toEqual(['P101', 'P102'])
    const apart = await report({ phone: '13900000103' })
    expect(apart.body.located).toBeNull()
    expect(apart.body.verdict).toMatchObject({ kind: 'unlocated', rule: 'several_places' })
    expect(apart.body.candidates?.map((each) => each.service_point_id).sort()).toEqual(['P103', 'P401'])
  })

  it('takes the address where a phone alone leaves it open', async () => {
    expect(await located({ phone: '13900000103', address: '白沙大道1号' })).toMatchObject({ service_point_id: 'P401' })
  })

  it('reads full-width and traditional characters in an address, and a transformer by its alias', async () => {
    expect(await located({ address: '龍溪花園　３號' })).toMatchObject({ transformer_id: 'T3', method: 'address' })
    expect(await located({ address: '东风小区' })).toMatchObject({ transformer_id: 'T1', method: 'address' })
  })

  it('never guesses: an address that nobody has is kept as unlocated, with whom to ask', async () => {
    const answer = await report({ address: '长安街88号' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ located: null, verdict: { kind: 'unlocated' } })
    const kept = await at.call<ReportView>('GET', `/api/reports/${answer.body.id}`)
    expect(kept.body).toMatchObject({ address: '长安街88号', verdict: { kind: 'unlocated' } })
  })

  it('takes a street for a transformer only where all of it hangs there, and else asks which, the likeliest first', async () => {
    expect(await located({ address: '建设街' })).toMatchObject({ transformer_id: 'T2', method: 'address' })
    await at.reset()
    await withAddresses({ P501: '建设街21号', P502: '建设街22号', P503: '北门建设街23号' }, async () => {
      for (const address of ['建设街', '　建 设 街', '建设街99号']) {
        const { body } = await report({ address })
        expect(body, address).toMatchObject({ located: null, verdict: { kind: 'unlocated', rule: 'several_places' } })
      }
      const { candidates } = (await report({ address: '建设街' })).body
      const places = candidates!.map((each) => `${each.transformer_id} ${each.service_point_id}`)
      expect(new Set(places).size).toBe(places.length)
      expect(candidates![0]!.transformer_id).toBe('T2')
      expect(candidates!.map((each) => each.transformer_id)).toContain('T5')
      expect(await openIncidents()).toEqual([])
    })
  })

  it('finds the house on such a street by its number, with or without the city before it', async () => {
    await withAddresses({ P501: '江门市建设街21号', P502: '江门市建设街22号之1' }, async () => {
      expect(await located({ address: '建设街3号' })).toMatchObject({ transformer_id: 'T2', service_point_id: 'P203' })
      expect(await located({ address: '建设街21号' })).toMatchObject({ transformer_id: 'T5', service_point_id: 'P501' })
      expect(await located({ address: '建设街22号' })).toMatchObject({ transformer_id: 'T5' })
    })
  })

  it('asks where a transformer’s alias is in the addresses of another', async () => {
    await withAddresses({ P401: '东风小区8栋' }, async () => {
      expect(await located({ address: '东风小区' })).toBeNull()
      expect(await located({ address: '东风小区门口' })).toBeNull()
      expect(await located({ address: '东风小区8栋' })).toMatchObject({ service_point_id: 'P401' })
    })
  })

  it('takes one place in WGS 84, GCJ-02 and BD-09 for the same, and half a kilometre off where the wrong one is said', async () => {
    const { lon, lat } = placeOf('T4')
    const [gcjLon, gcjLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02) as [number, number]
    const [bdLon, bdLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.BD09) as [number, number]
    for (const location of [
      { lon, lat },
      { lon, lat, crs: 'wgs84' },
      { lon: gcjLon, lat: gcjLat, crs: 'gcj02' },
      { lon: bdLon, lat: bdLat, crs: 'bd09' },
    ])
      expect(await located({ location })).toMatchObject({ transformer_id: 'T4', method: 'inside_area', distance_m: 0 })
    expect((await located({ location: { lon: gcjLon, lat: gcjLat } }))?.transformer_id).not.toBe('T4')
  })

  it('finds the nearest area with its distance outside of all, and none in the sea', async () => {
    const near = await located({ location: { lon: 113.0495, lat: 22.505 } })
    if (near?.method === 'nearest_area') expect(near.distance_m).toBeGreaterThan(0)
    expect(near).not.toBeNull()
    const sea = await report({ location: { lon: 114.5, lat: 21.0 } })
    expect(sea.status).toBe(201)
    expect(sea.body).toMatchObject({ located: null, verdict: { kind: 'unlocated', rule: 'no_place' } })
  })

  it('keeps an unknown account, and judges it once it is placed by hand', async () => {
    const { body } = await report({ account_no: 'NOBODY' })
    expect(body).toMatchObject({ located: null, verdict: { kind: 'unlocated' } })
    const placed = await at.call<ReportView>('POST', `/api/reports/${body.id}/place`, { service_point_id: 'P301' })
    expect(placed.status).toBe(200)
    expect(placed.body).toMatchObject({
      located: { transformer_id: 'T3', service_point_id: 'P301', method: 'by_hand' },
      verdict: { kind: 'new_incident' },
    })
    const again = await at.call<Problem>('POST', `/api/reports/${body.id}/place`, { service_point_id: 'P302' })
    expect(again.status).toBe(409)
    const nowhere = await at.call<Problem>('POST', `/api/reports/${body.id}/place`, { transformer_id: 'T99' })
    expect(nowhere.status).toBe(422)
  })

  it('sets aside what nobody can find a place for, keeps it, and takes it up again once somebody can', async () => {
    const { body } = await report({ account_no: 'NOBODY' })
    const waiting = async () => {
      const list = await at.call<{ items: ReportView[] }>('GET', '/api/reports?kind=unlocated&set_aside=false')
      return list.body.items.map(({ id }) => id)
    }
    expect(await waiting()).toContain(body.id)
    const unsaid = await at.call<Problem>('POST', `/api/reports/${body.id}/set-aside`, {})
    expect(unsaid.body.errors).toEqual([expect.objectContaining({ path: 'reason' })])
    const aside = await at.call<ReportView>('POST', `/api/reports/${body.id}/set-aside`, {
      reason: 'unreachable',
      note: 'rang three times',
    })
    expect(aside.body.verdict).toMatchObject({ kind: 'unlocated', rule: 'set_aside' })
    expect(aside.body.verdict!.evidence).toEqual([
      { what: 'looked_by', value: 'account' },
      { what: 'set_aside', value: 'unreachable' },
      { what: 'note', value: 'rang three times' },
    ])
    expect(await waiting()).not.toContain(body.id)
    const kept = await at.call<{ items: ReportView[] }>('GET', '/api/reports?kind=unlocated&set_aside=true')
    expect(kept.body.items.map(({ id }) => id)).toContain(body.id)
    const told = await at.app.request(body.follow, { headers: { 'accept-language': 'zh' } })
    expect(await told.text()).toContain('没有联系上您')
    const placed = await at.call<ReportView>('POST', `/api/reports/${body.id}/place`, { service_point_id: 'P301' })
    expect(placed.body).toMatchObject({ verdict: { kind: 'new_incident' } })
    const late = await at.call<Problem>('POST', `/api/reports/${body.id}/set-aside`, { reason: 'elsewhere' })
    expect(late.status).toBe(409)
    const nobody = await at.call('POST', '/api/reports/rep_none/set-aside', { reason: 'elsewhere' })
    expect(nobody.status).toBe(404)
    const public_ = await at.call('POST', `/api/reports/${body.id}/set-aside`, { reason: 'elsewhere' }, 'public')
    expect([401, 403]).toContain(public_.status)
  })

  it('refuses a report with nothing to locate it by, naming the field', async () => {
    const { status, body } = await at.call<Problem>('POST', '/api/reports', { channel: 'web', text: 'dark' }, 'public')
    expect(status).toBe(400)
    expect(body.errors).toEqual([expect.objectContaining({ path: 'account_no' })])
    const off = await at.call<Problem>('POST', '/api/reports', { channel: 'web', location: { lon: 181, lat: 0 } })
    expect(off.body.errors).toEqual([expect.objectContaining({ path: 'location.lon' })])
  })

  it('tells a stranger nothing about the household that a key belongs to', async () => {
    for (const input of [{ account_no: 'A203' }, { phone: '13900000103' }, { address: '白沙大道1号' }]) {
      const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', ...input }, 'public')
      expect(JSON.stringify(body)).not.toMatch(/P\d0\d|白沙大道|13900000/)
    }
  })

  it('does not tell a stranger who gives a number alone where its household is, and tells whoever gave the place', async () => {
    const strange = async (input: object) =>
      (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', ...input }, 'public')).body
    const places = /配变|专变|东风|东街|白沙|港口|工业园/
    for (const input of [
      { account_no: 'A401' },
      { account_no: 'A402' },
      { meter_no: 'M403' },
      { phone: '13900000502' },
      { account_no: 'A109' },
      { account_no: 'A601' },
    ]) {
      const body = await strange(input)
      expect(body.located).toMatchObject({ transformer_id: expect.stringMatching(/^T\d$/), confidence: 1 })
      expect(JSON.stringify(body)).not.toMatch(places)
      for (const language of ['zh', 'en'])
        for (const path of [body.follow, body.follow.replace('follow', 'back')])
          expect(await (await at.app.request(`${path}?lang=${language}`)).text()).not.toMatch(places)
    }
    expect((await strange({ account_no: 'A402' })).verdict.says.en).toMatch(
      /^Your place (may be|has been) out since 10:00;/,
    )
    expect((await strange({ address: '白沙大道4号' })).verdict.says.en).toMatch(
      /^白沙配变 (may be|has been) out since 10:00;/,
    )
    expect((await report({ account_no: 'A402' })).body.verdict.says.en).toMatch(/^白沙配变 (may be|has been) out/)
  })
})

describe('judging', () => {
  it('says that an account was disconnected for non-payment', async () => {
    const { body } = await report({ account_no: 'A110' })
    expect(body.verdict).toMatchObject({
      kind: 'nonpayment',
      evidence: [{ what: 'connection', value: 'disconnected_nonpayment' }],
    })
    expect(body.verdict.says.zh).toContain('欠费')
    expect(await openIncidents()).toEqual([])
  })

  it('tells a stranger who names a neighbour neither that they owe, nor what their meter says, nor that they come first', async () => {
    await at.call('POST', '/api/meter-events', [{ meter_no: 'M205', kind: 'power_on', at: minute(-2) }])
    const strange = (input: object) =>
      at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', ...input }, 'public')
    const [unpaid, supplied] = [await strange({ account_no: 'A110' }), await strange({ account_no: 'A205' })]
    expect(unpaid.body.verdict).toEqual(supplied.body.verdict)
    expect(unpaid.body.verdict).toMatchObject({ kind: 'verify_first', evidence: [] })
    expect(unpaid.body.verdict.says).toMatchObject({
      zh: expect.stringContaining('95598'),
      en: expect.stringContaining('My place'),
    })
    const token = unpaid.body.follow.replace('/follow/', '')
    const form = async (path: string, fields: Record<string, string>) =>
      (await at.app.request(path, { method: 'POST', body: new URLSearchParams(fields) })).text()
    const page = async (path: string) => (await at.app.request(path)).text()
    const texts = [
      JSON.stringify(unpaid.body),
      JSON.stringify((await strange({ phone: '13900000110' })).body),
      JSON.stringify((await strange({ address: '东风路10号' })).body),
      await form('/api/public/report-form?lang=zh', { account_no: 'A110', symptom: 'no_power' }),
      await form('/open311/v2/requests.json', { service_code: 'no_power', 'attribute[account_no]': 'A110' }),
      await form(`/back/${token}?lang=zh`, { answer: 'still_out' }),
      await page(`/follow/${token}?lang=zh`),
      await page(`/follow/${token}?lang=en`),
      await page(`/back/${token}?lang=zh`),
    ]
    expect(texts.join()).not.toMatch(/欠费|缴清|non-?payment/i)
    const critical = (await strange({ account_no: 'A108' })).body
    expect(JSON.stringify(critical)).not.toMatch(/life_support|重要用户|priority/)
    expect((await report({ account_no: 'A110' })).body.verdict.kind).toBe('nonpayment')
  })

  it('names a planned outage with its times, upstream on the actual supply, and says when it has overrun', async () => {
    await at.sql(
      `insert into planned_outage (id, starts_at, ends_at, reason, equipment_ids) values ('W1', $1, $2, '检修', '{LA}')`,
      [minute(-60), minute(60)],
    )
    await retracePlanned(at.deps)
    const during = (await report({ account_no: 'A201' })).body.verdict
    expect(during).toMatchObject({ kind: 'planned', rule: 'planned_outage', evidence: [{ value: 'W1' }] })
    expect(during.says.zh).toContain('检修')
    at.clock.now = minute(90)
    expect((await report({ account_no: 'A202' })).body.verdict).toMatchObject({
      kind: 'planned',
      rule: 'planned_overrun',
    })
    expect((await report({ account_no: 'A401' })).body.verdict.kind).toBe('new_incident')
  })

  it('links a caller to the confirmed incident upstream, with what its customers are told', async () => {
    await at.call('POST', '/api/telemetry', { equipment_id: 'RA', state: 'open', commanded: false, at: minute(-5) })
    const [incident] = await openIncidents()
    const { verdict } = (await report({ account_no: 'A301' })).body
    expect(verdict).toMatchObject({ kind: 'known_incident', rule: 'open_incident', incident_id: incident!.id })
    const { body } = await at.call<IncidentView>('GET', `/api/incidents/${incident!.id}`)
    expect(body.reports).toBe(1)
    expect(await openIncidents()).toHaveLength(1)
  })

  it('asks to look at the main switch where the meter has just said that it has supply', async () => {
    await at.call('POST', '/api/meter-events', [{ meter_no: 'M205', kind: 'power_on', at: minute(-2) }])
    const { verdict } = (await report({ account_no: 'A205' })).body
    expect(verdict).toMatchObject({ kind: 'verify_first', evidence: [{ what: 'meter', value: 'power_on' }] })
    // Nothing of ours asks the meter again: it is not said to.
    expect(`${verdict.says.zh} ${verdict.says.en}`).not.toMatch(/远程|检测|testing|from here/)
    expect(await openIncidents()).toEqual([])
  })

  it('tells a lone caller whose own plant begins at the pole who is responsible, but helps once neighbours call', async () => {
    expect((await report({ account_no: 'A109' })).body.verdict).toMatchObject({
      kind: 'customer_side',
      rule: 'customer_boundary',
    })
    await report({ account_no: 'A104' })
    await report({ account_no: 'A105' })
    expect((await report({ account_no: 'A109' })).body.verdict.kind).toMatch(/new_incident|known_incident/)
  })

  it('treats the customers of a customer-owned transformer as a group that its owner serves', async () => {
    const { verdict } = (await report({ account_no: 'A601' })).body
    expect(verdict).toMatchObject({ kind: 'customer_side', rule: 'customer_transformer' })
    expect(verdict.evidence).toContainEqual({ what: 'transformer_owner', value: 'customer' })
  })

  it('helps a customer on life support whatever else holds, and says that they come first', async () => {
    const { verdict } = (await report({ account_no: 'A108', symptom: 'part_power' })).body
    expect(verdict.kind).toBe('new_incident')
    expect(verdict.says.zh).toContain('重要用户')
  })

  it('opens an incident for anything else and counts the report to it', async () => {
    const { body } = await report({ account_no: 'A302' })
    expect(body.verdict).toMatchObject({ kind: 'new_incident', rule: 'supply_lost' })
    const [incident] = await openIncidents()
    expect(incident).toMatchObject({ id: body.verdict.incident_id, reports: 1, customers_out: 1 })
  })

  it('adds the same caller’s second call to the first, and opens nothing', async () => {
    const first = (await report({ account_no: 'A302' })).body
    at.clock.now = minute(3)
    const second = (await report({ phone: '13900000302' })).body
    expect(second).toMatchObject({ repeats: first.id, verdict: { kind: 'known_incident', rule: 'same_caller' } })
    expect(second.verdict.incident_id).toBe(first.verdict.incident_id)
    expect(await openIncidents()).toHaveLength(1)
  })

  it('makes a hazard an incident of its own at once, never merged into the loss of supply beside it', async () => {
    await at.call('POST', '/api/telemetry', { equipment_id: 'CB1', state: 'open', commanded: false, at: minute(-5) })
    const { body } = await report({ account_no: 'A303', symptom: 'hazard' })
    expect(body.verdict).toMatchObject({ kind: 'new_incident', rule: 'hazard' })
    const [hazard, supply] = [true, false].map((kind) =>
      openIncidents().then((all) => all.filter((each) => each.hazard === kind)),
    )
    expect(await hazard).toEqual([expect.objectContaining({ id: body.verdict.incident_id, customers_out: 0 })])
    expect(await supply).toHaveLength(1)
    const again = await report({ account_no: 'A303', symptom: 'hazard' })
    expect(again.status).toBe(201)
  })
})

describe('64 reports of one transformer at the same moment through two servers', () => {
  it('are one open incident that every one of them belongs to', async () => {
    const other = await at.second()
    const points = pointsOf('T2')
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, each) =>
        (each % 2 === 0 ? at : other).call<ReportAnswer>('POST', '/api/reports', {
          channel: 'hotline',
          ...(each % 3 === 0 ? { location: placeOf('T2') } : { account_no: `A${points[each % 12]!.slice(1)}` }),
        }),
      ),
    )
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 64 }, () => 201))
    const incidents = await openIncidents()
    expect(incidents).toHaveLength(1)
    const newest = await at.sql<{ incident_id: string | null }>(
      'select distinct on (report_id) incident_id from report_verdict order by report_id, id desc',
    )
    expect(newest).toHaveLength(64)
    expect(new Set(newest.map((row) => row.incident_id))).toEqual(new Set([incidents[0]!.id]))
    expect(incidents[0]!.reports).toBe(64)
    expect(incidents[0]!.equipment.id).toBe('T2')
    expect(incidents[0]!.customers_out).toBe(12)
  })
})

describe('an Idempotency-Key', () => {
  it('answers the same body as the first time and does nothing more, even at the same moment', async () => {
    const headers = { 'idempotency-key': 'call-1' }
    const answers = await Promise.all([1, 2, 3].map(() => report({ account_no: 'A301' }, headers)))
    const again = await report({ account_no: 'A301' }, headers)
    for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: again.body })
    expect(await at.sql('select id from report')).toHaveLength(1)
  })

  it('is refused for another body, and a refused request leaves it free', async () => {
    const headers = { 'idempotency-key': 'call-2' }
    expect((await report({}, headers)).status).toBe(400)
    expect((await report({ account_no: 'A301' }, headers)).status).toBe(201)
    expect((await report({ account_no: 'A302' }, headers)).status).toBe(409)
    const missing = () =>
      at.call<Problem>('POST', '/api/incidents/inc_none/confirm', {}, 'dispatcher', { 'idempotency-key': 'call-3' })
    expect([(await missing()).status, (await missing()).status]).toEqual([404, 404])
  })
})
