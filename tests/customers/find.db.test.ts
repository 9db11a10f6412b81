// "Is my street out?" for whoever asks by an address, a street, a name or a point: an area's state, never a household's.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FoundPlaces } from '../../server/contract/public.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { lat, placeOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const search = (query: Record<string, string>) => `/api/public/find?${new URLSearchParams(query)}`
/** The pages are made anew once the clock has moved on by twenty seconds, to whatever moment before. */
let asked = 0
const later = () => (at.clock.now = new Date(at.clock.now.getTime() + 21_000 + ++asked))
const find = async (q: string) =>
  later() && (await at.call<FoundPlaces>('GET', search({ q }), undefined, 'public')).body
const page = async (q: string, language = 'en') =>
  later() && (await at.app.request(`/api/public/find-form?${new URLSearchParams({ q, lang: language })}`)).text()
const confirmed = async (account_no: string, equipment_id: string) => {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  await at.call('POST', `/api/incidents/${body.verdict.incident_id}/confirm`, { equipment_id })
  return body.verdict.incident_id!
}
const planned = (ids: string[], starts: Date, ends: Date) =>
  at.sql(
    `with put as (
       insert into planned_outage (id, starts_at, ends_at, reason, equipment_ids, state)
         values ('W1', $2, $3, '检修', $1, 'announced') returning id
     )
     insert into planned_ground (planned_outage_id, transformer_id, customers, critical)
       select put.id, transformer.id, transformer.customers, 0 from put, transformer where transformer.id = any ($1::text[])`,
    [ids, starts, ends],
  )

test('answers an address by the state of its area: what, since when, until when, who is on it', async () => {
  const calm = await find('东风路3号')
  expect(calm).toMatchObject({ is_number: false, timezone: 'Asia/Shanghai' })
  expect(calm.places).toMatchObject([{ place: '东风路配变', district: 'west', state: 'none_known', incidents: [] }])
  expect(calm.places[0]!.shape).toMatchObject({ type: 'Polygon' })
  const id = await confirmed('A101', 'T1')
  await at.call('POST', `/api/incidents/${id}/estimate`, { at: minute(90).toISOString() })
  const offered = await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
  await at.call('POST', `/api/assignments/${offered.body.id}/accept`, {}, 'crew:C1')
  const { places } = await find('东风路3号')
  expect(places).toMatchObject([
    { state: 'out', incidents: [{ id, crew: 'assigned', estimate: { at: expect.anything() } }] },
  ])
  expect(places[0]!.says.en).toMatch(/^Out since 10:00; a crew has taken the job\. Supply is expected back at 11:30/)
  at.clock.now = minute(60)
  await at.call('POST', `/api/incidents/${id}/restore`, {})
  expect((await find('东风路3号')).places).toMatchObject([{ state: 'being_checked' }])
})

test('says that a part is out where a part is, and never which part or how many under five', async () => {
  await at.call('POST', '/api/reports', { channel: 'hotline', account_no: 'A106' })
  const [supposed] = (await find('东风路3号')).places
  expect(supposed!.says.zh).toMatch(/^这一带可能有一部分用户停电：可能自10:00起停电/)
  await confirmed('A105', 'X2')
  const { places } = await find('东风路3号')
  expect(places).toMatchObject([{ state: 'part_out', incidents: [{ customers_out: null }] }])
  expect(places[0]!.says.zh).toMatch(/^这一带有一部分用户停电/)
  expect((await find('东风路5号')).places).toEqual((await find('东风路3号')).places)
  expect(JSON.stringify(places)).not.toMatch(/A10\d|P10\d|X2|139/)
})

test('finds a street, a village by its other name, and a place on the map; several that may be meant are all offered', async () => {
  expect((await find('港口二路')).places).toMatchObject([{ place: '港口配变' }])
  expect((await find('东风小區')).places).toMatchObject([{ place: '东风路配变' }])
  const { lon } = placeOf('T3')
  const here = await at.call<FoundPlaces>('GET', search({ lon: String(lon), lat: String(lat) }), undefined, 'public')
  expect(here.body.places).toMatchObject([{ place: '龙溪花园配变' }])
  const moveTo = (street: string) =>
    at.sql(
      `update service_point set address_key = fold_address($1 || regexp_replace(address, '^\\D+', '')) where transformer_id = 'T3'`,
      [street],
    )
  await moveTo('建设街')
  const both = (await find('建设街')).places
  expect(both.map(({ place }) => place).sort()).toEqual(['建设街配变', '龙溪花园配变'])
  await moveTo('龙溪花园')
})

test('tells of planned work, under way and announced, with its calendar', async () => {
  await planned(['T4'], minute(24 * 60), minute(26 * 60))
  expect((await find('白沙大道')).places).toMatchObject([
    {
      state: 'none_known',
      planned: [{ id: 'W1', starts_at: minute(24 * 60).toISOString(), reason: '检修' }],
      calendar: '/feeds/planned.ics?transformer_id=T4',
    },
  ])
  at.clock.now = minute(25 * 60)
  const { places } = await find('白沙大道')
  expect(places).toMatchObject([{ state: 'planned' }])
  expect(places[0]!.says.en).toContain('Planned work at 白沙配变')
})

test('says nothing of ground where fewer than five are served, not even what it is called', async () => {
  await at.sql("update transformer set customers = 4 where id = 'T6'")
  const { places } = await find('工业园2号')
  expect(places).toMatchObject([
    { place: 'east', state: 'not_told', shape: null, incidents: [], planned: [], calendar: null },
  ])
  expect(JSON.stringify(places)).not.toContain('工业园')
  await at.sql("update transformer set customers = 6 where id = 'T6'")
})

test('sends a number to My place, with the number in its field, and looks up nothing', async () => {
  for (const number of ['0307030000003365', '138 0013 8000', '13900000101'])
    expect(await find(number)).toMatchObject({ is_number: true, places: [] })
  expect(await page('0307030000003365')).toContain('value="0307030000003365"')
})

test('says calmly that nothing was found and what to try, and refuses an empty question', async () => {
  expect(await find('纽约时代广场')).toMatchObject({ places: [], is_number: false })
  expect(await page('纽约时代广场')).toContain('Try the name of the street')
  expect(await page('')).not.toContain('role="status"')
  const refused = await at.call<Problem>('GET', '/api/public/find', undefined, 'public')
  expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([400, 'q'])
})

test('the page without JavaScript says the same, in both languages, and escapes what was asked', async () => {
  await confirmed('A101', 'T1')
  expect(await page('东风路3号')).toContain('Out since 10:00')
  expect(await page('东风路3号', 'zh')).toContain('自10:00起停电')
  expect(await page('"><script>')).toContain('value="&quot;&gt;&lt;script&gt;"')
  expect(await (await at.app.request('/api/public/status?lang=en')).text()).toContain('action="/api/public/find-form"')
})

test('one address searches sixty times a minute, and is told when again', async () => {
  const from = { incoming: { socket: { remoteAddress: '192.0.2.99' } } }
  for (let each = 0; each < 60; each++) await at.app.request(search({ q: '13800138000' }), {}, from)
  const refused = await at.app.request(search({ q: '13800138000' }), {}, from)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  const form = await at.app.request('/api/public/find-form?q=13800138000', {}, from)
  expect([form.status, form.headers.get('retry-after')]).toEqual([429, '60'])
})
