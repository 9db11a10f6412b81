// What anyone may see of a town drawn by hand: areas side by side, each as wide as its number of customers.
//
//   T1 (8 customers)  │ T2 (6)  │ T3 (3)  │ T4 (7)
//   out by inc_feeder ───────── │ lone incidents at one household of T3 and one of T4
import type { FeatureCollection, Polygon } from 'geojson'
import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ReportFlood } from '../../server/reports/index.ts'
import { addressed, anybody, type AccessEnv } from '../../server/access/index.ts'
import { problemOf } from '../../server/app.ts'
import type { PublicIncident, PublicSummary } from '../../server/contract/public.ts'
import type { ReportAnswer, ReportInput } from '../../server/contract/reports.ts'
import { customerRoutes, PublicPages } from '../../server/customers/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

const now = new Date('2026-07-01T06:30:00Z')
let opened: TestDatabase
let app: OpenAPIHono<AccessEnv>
let taken: ReportInput[] = []
const tail = { seq: 0 }

const drawing = `
  insert into network (name, timezone) values ('sketch', 'Asia/Shanghai');
  insert into district (code, network_id, name, geom)
    values ('D', 1, '甲区', st_multi(st_makeenvelope(112.9, 22.4, 113.1, 22.6, 4326)));
  insert into transformer (id, network_id, name, feeder_id, customers, district_code, geom)
    select 'T' || n, 1, n || '号台区', 'F', customers, 'D', st_setsrid(st_point(113 + n * 0.01, 22.505), 4326)
    from (values (1, 8), (2, 6), (3, 3), (4, 7)) as one (n, customers);
  insert into area (transformer_id, derived, geom)
    select 'T' || n, true, st_multi(st_makeenvelope(113 + n * 0.01, 22.5, 113.01 + n * 0.01, 22.51, 4326))
    from generate_series(1, 4) as n;
  insert into service_point (id, account_no, transformer_id, phone, geom)
    select transformer.id || '_' || k, 'ACC' || transformer.id || k, transformer.id, '1390000' || lpad(k::text, 4, '0'), transformer.geom
    from transformer, generate_series(1, transformer.customers) as k;
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, district_code, transformer_ids,
      customers_affected, customers_out, started_at, estimate_at, estimate_low, estimate_high, estimate_source, geom)
    select id, 'confirmed', id, kind, 'F', 'F', 'D', transformers, customers, customers, '2026-07-01T06:00:00Z',
      '2026-07-01T08:00:00Z', '2026-07-01T07:30:00Z', '2026-07-01T09:00:00Z', 'history', st_setsrid(st_point(113, 22.5), 4326)
    from (values
      ('inc_feeder', 'breaker', array['T1', 'T2'], 14),
      ('inc_lone_small', 'service_point', array['T3'], 1),
      ('inc_lone', 'meter_box', array['T4'], 1)
    ) as one (id, kind, transformers, customers);
  insert into interruption (incident_id, service_point_id, transformer_id, started_at)
    select case transformer_id when 'T3' then 'inc_lone_small' when 'T4' then 'inc_lone' else 'inc_feeder' end,
      id, transformer_id, '2026-07-01T06:00:00Z'
    from service_point
    where transformer_id in ('T1', 'T2') or id in ('T3_1', 'T4_1');
  insert into report (id, channel, symptom, reported_at, taken_by, follow_token)
    values ('rep_1', 'web', 'no_power', '2026-07-01T06:05:00Z', 'public', 'token-of-one');
  insert into report_location (report_id, service_point_id, transformer_id, method, confidence, located_by)
    values ('rep_1', 'T1_1', 'T1', 'account', 1, 'locate');
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, district_code, transformer_ids,
      customers_affected, customers_out, started_at, restored_at, verified_at, closed_at, geom)
    values ('inc_past', 'closed', 'T2', 'transformer', 'F', 'F', 'D', array['T2'], 6, 0,
      '2026-07-01T04:00:00Z', '2026-07-01T05:30:00Z', '2026-07-01T05:40:00Z', '2026-07-01T05:40:00Z', st_setsrid(st_point(113, 22.5), 4326));
  insert into report (id, channel, symptom, reported_at, taken_by, follow_token)
    values ('rep_area', 'web', 'no_power', '2026-07-01T04:05:00Z', 'public', 'token-of-an-area');
  insert into report_location (report_id, transformer_id, method, confidence, located_by)
    values ('rep_area', 'T2', 'address', 1, 'locate');
  insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
    values ('rep_area', 'new_incident', 'supply_lost', '{"zh":"已受理","en":"Taken"}', '[]', 'inc_past');
`

const answer: ReportAnswer = {
  id: 'rep_2',
  located: null,
  verdict: { kind: 'new_incident', rule: 'supply_lost', says: { zh: '已受理<b>', en: 'Taken <b>' }, evidence: [] },
  follow: '/follow/token-of-one',
}

beforeAll(async () => {
  opened = await openTestDatabase()
  await opened.database.pool.query(drawing)
})
afterAll(() => opened.drop())
beforeEach(() => {
  taken = []
  const pages = new PublicPages({ database: opened.database, tail, now: () => now })
  const submit = (input: ReportInput) => {
    taken.push(input)
    return Promise.resolve(answer)
  }
  app = new OpenAPIHono<AccessEnv>()
  app.use(addressed(null))
  app.use(async (context, next) => {
    context.set('who', anybody)
    await next()
  })
  app.route(
    '/',
    customerRoutes({
      ...{ database: opened.database, pages, now: () => now },
      submit,
      keepWords: () => Promise.resolve({ says: answer.verdict.says }),
      place: () => Promise.resolve(answer),
      flood: new ReportFlood(),
    }),
  )
  app.onError((reason, context) => {
    const problem = problemOf(reason)
    return context.body(JSON.stringify(problem), problem.status as 500)
  })
})

const features = async () =>
  ((await (await app.request('/api/public/incidents')).json()) as FeatureCollection<Polygon, PublicIncident>).features
const summary = async () => (await (await app.request('/api/public/summary')).json()) as PublicSummary

test('an incident is the ground of its areas as one shape, and no place of a customer', async () => {
  const feeder = (await features()).find((each) => each.id === 'inc_feeder')!
  expect(feeder.geometry.type).toBe('Polygon')
  const lons = feeder.geometry.coordinates[0]!.map(([lon]) => lon!)
  expect([Math.min(...lons), Math.max(...lons)]).toEqual([113.01, 113.03])
  expect(feeder.properties).toMatchObject({
    customers_out: 14,
    district: '甲区',
    place: '1号台区等2个台区',
    crew: 'none',
  })
  expect(feeder.properties.says.zh).toBe('自14:00起停电；正在安排抢修班组。预计16:00复电（15:30至17:00之间）。')
})

test('a lone household shows as its whole area without a number, and not at all where the area has under five', async () => {
  const all = await features()
  expect(all.map((each) => each.id).sort()).toEqual(['inc_feeder', 'inc_lone'])
  const lone = all.find((each) => each.id === 'inc_lone')!
  expect(lone.properties.customers_out).toBeNull()
  const small = (await summary()).incidents.find((each) => each.id === 'inc_lone_small')!
  expect(small).toMatchObject({ place: '甲区', customers_out: null })
})

test('sums cannot be turned into a hidden count', async () => {
  const sums = await summary()
  expect(sums).toMatchObject({ customers: 24, customers_out: 16, leaves_out: true, incidents_open: 3 })
  expect(sums.districts).toEqual([{ code: 'D', name: '甲区', customers_out: 16, leaves_out: true, incidents_open: 3 }])
})

test('planned work that is under way is said beside what failed, in the sums, by district and on the page', async () => {
  await opened.database.pool.query(`
    insert into planned_outage (id, starts_at, ends_at, reason) values
      ('under_way', '2026-07-01T06:00:00Z', '2026-07-01T08:00:00Z', '检修'),
      ('ahead', '2026-07-01T07:00:00Z', '2026-07-01T08:00:00Z', '检修'),
      ('lapsed', '2026-07-01T05:00:00Z', '2026-07-01T06:00:00Z', '检修');
    insert into planned_ground (planned_outage_id, transformer_id, customers)
      values ('under_way', 'T4', 7), ('ahead', 'T1', 8), ('lapsed', 'T2', 6)`)
  const sums = await summary()
  expect(sums.planned_now).toEqual({ outages: 1, customers: 7 })
  expect(sums.districts[0]!.planned_now).toEqual({ outages: 1, customers: 7 })
  const page = await (await app.request('/api/public/status?lang=zh')).text()
  expect(page).toContain('计划停电进行中：<strong>7</strong> 户 · 1处')
  expect(page).toContain('至少 <strong>16</strong>')
  await opened.database.pool.query('delete from planned_ground; delete from planned_outage')
})

test('nothing that is public holds an account, a phone, a service point or a device', async () => {
  const texts = await Promise.all(
    ['incidents', 'summary', 'status'].map(async (each) => (await app.request(`/api/public/${each}`)).text()),
  )
  expect(texts.join()).not.toMatch(/ACC|1390000|T\d_\d|equipment/)
})

test('the page speaks the reader’s language and needs no script', async () => {
  const zh = await (await app.request('/api/public/status')).text()
  const en = await (await app.request('/api/public/status', { headers: { 'accept-language': 'en-GB' } })).text()
  expect(zh).toContain('<html lang="zh-CN">')
  expect(zh).toContain('正在停电')
  expect(en).toContain('Report an outage')
  expect(en).toContain('fewer than 5')
  expect(zh + en).not.toContain('<script')
  expect(zh.length).toBeLessThan(20_000)
})

test('pages are made anew only when something happened, and validate', async () => {
  const first = await app.request('/api/public/summary', { headers: { 'accept-encoding': 'gzip' } })
  const tag = first.headers.get('etag')!
  expect(first.headers.get('content-encoding')).toBe('gzip')
  expect(tag).toMatch(/^"[\w-]+-gzip"$/)
  await opened.database.pool.query("update incident set customers_out = 13 where id = 'inc_feeder'")
  expect((await summary()).customers_out).toBe(16)
  const again = await app.request('/api/public/summary', {
    headers: { 'accept-encoding': 'gzip', 'if-none-match': tag },
  })
  expect([again.status, await again.text()]).toEqual([304, ''])
  await opened.database.pool.query("update incident set customers_out = 14 where id = 'inc_feeder'")
})

test('a customer learns their own status by account and the phone’s last digits', async () => {
  const own = await app.request('/api/customers/status?account_no=ACCT11&phone_last4=0001')
  expect(own.status).toBe(200)
  expect(await own.json()).toMatchObject({ kind: 'confirmed', incident_id: 'inc_feeder' })
  const wrong = await app.request('/api/customers/status?account_no=ACCT11&phone_last4=9999')
  const unknown = await app.request('/api/customers/status?account_no=NONE&phone_last4=0001')
  expect(await wrong.text()).toBe(await unknown.text())
  expect(wrong.status).toBe(404)
})

test('guessing the digits of an account ends after five tries', async () => {
  const statuses: number[] = []
  for (let guess = 0; guess < 7; guess++)
    statuses.push((await app.request(`/api/customers/status?account_no=ACCT12&phone_last4=100${guess}`)).status)
  expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429])
})

test('a caller follows their report by its link, and nobody else’s', async () => {
  const page = await app.request('/follow/token-of-one', { headers: { 'accept-language': 'en' } })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('has been out since 14:00')
  expect((await app.request('/follow/token-of-two')).status).toBe(404)
})

test('a caller of whom the area alone is known learns by their link when it is back', async () => {
  const page = await (await app.request('/follow/token-of-an-area?lang=en')).text()
  expect(page).toContain('13:30')
  expect(page).not.toContain('Taken')
})

test('a report by form is taken and answered in words; one without a place is refused with the form', async () => {
  const post = (fields: Record<string, string>) =>
    app.request('/api/public/report-form?lang=en', {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const good = await post({ account_no: 'ACCT11', phone: '', symptom: 'no_power', text: '' })
  const page = await good.text()
  expect(good.status).toBe(200)
  expect(page).toContain('Taken &lt;b&gt;')
  expect(page).toContain('/follow/token-of-one')
  expect(taken).toEqual([{ channel: 'web', account_no: 'ACCT11', symptom: 'no_power' }])
  const bad = await post({ symptom: 'no_power' })
  expect(bad.status).toBe(400)
  expect(await bad.text()).toContain('role="alert"')
})
