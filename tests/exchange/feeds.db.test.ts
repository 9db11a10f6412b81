// Other people's formats and the indices over one town drawn by hand.
//
//   district D (甲区)                            district E (乙区)
//   T1 (8 customers, F1) │ T2 (6, F1)            T3 (3, F2)
//   inc_out: T1 out since 06:00, at 06:30 it is still out; yesterday inc_old: T1 and T2 an hour, T3 two minutes
import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressed, putMember, type AccessEnv } from '../../server/access/index.ts'
import { problemOf } from '../../server/app.ts'
import type { InterruptionView, ReliabilityAnswer } from '../../server/contract/reliability.ts'
import type { ReportInput } from '../../server/contract/reports.ts'
import { PublicPages } from '../../server/customers/index.ts'
import { ReportFlood } from '../../server/reports/index.ts'
import { exchangeRoutes, ogcRoutes, open311Routes, positionRoutes } from '../../server/exchange/index.ts'
import { indicesOf, reliabilityRoutes, tallyOf } from '../../server/reliability/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

const now = () => new Date('2026-07-01T06:30:00Z')
let opened: TestDatabase
let app: OpenAPIHono<AccessEnv>
const taken: ReportInput[] = []

const drawing = `
  insert into network (name, timezone) values ('示例供电', 'Asia/Shanghai');
  insert into district (code, network_id, name, geom) values
    ('D', 1, '甲区', st_multi(st_makeenvelope(113, 22.4, 113.03, 22.6, 4326))),
    ('E', 1, '乙区', st_multi(st_makeenvelope(113.03, 22.4, 113.1, 22.6, 4326)));
  insert into transformer (id, network_id, name, feeder_id, customers, district_code, geom)
    select 'T' || n, 1, n || '号台区', feeder, customers, district, st_setsrid(st_point(113 + n * 0.01, 22.505), 4326)
    from (values (1, 8, 'F1', 'D'), (2, 6, 'F1', 'D'), (3, 3, 'F2', 'E')) as one (n, customers, feeder, district);
  insert into area (transformer_id, derived, geom)
    select 'T' || n, true, st_multi(st_makeenvelope(113 + n * 0.01, 22.5, 113.01 + n * 0.01, 22.51, 4326))
    from generate_series(1, 3) as n;
  insert into service_point (id, account_no, transformer_id, phone, geom)
    select transformer.id || '_' || k, 'ACC' || transformer.id || k, transformer.id, '1390000' || lpad(k::text, 4, '0'), transformer.geom
    from transformer, generate_series(1, transformer.customers) as k;
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, district_code, transformer_ids,
      customers_affected, customers_out, started_at, restored_at, cause, geom)
    values
      ('inc_out', 'confirmed', 'T1', 'transformer', 'F1', 'F1', 'D', '{T1}', 8, 8, '2026-07-01T06:00:00Z', null, 'lightning',
        st_setsrid(st_point(113.015, 22.505), 4326)),
      ('inc_old', 'closed', 'CB', 'breaker', 'F1', 'F1', 'D', '{T1,T2,T3}', 17, 0, '2026-06-30T06:00:00Z', '2026-06-30T07:00:00Z',
        null, st_setsrid(st_point(113.015, 22.505), 4326)),
      ('inc_no', 'cancelled', 'T2', 'transformer', 'F1', 'F1', 'D', '{T2}', 6, 0, '2026-06-29T06:00:00Z', null, null,
        st_setsrid(st_point(113.015, 22.505), 4326));
  insert into interruption (incident_id, service_point_id, transformer_id, started_at, ended_at)
    select 'inc_out', id, transformer_id, timestamptz '2026-07-01T06:00:00Z', null
    from service_point where transformer_id = 'T1'
    union all
    select 'inc_old', id, transformer_id, '2026-06-30T06:00:00.0004Z',
      case transformer_id when 'T3' then timestamptz '2026-06-30T06:02:00Z' else '2026-06-30T07:00:00.1236Z' end
    from service_point
    union all
    select 'inc_no', id, transformer_id, '2026-06-29T06:00:00Z', '2026-06-29T08:00:00Z'
    from service_point where transformer_id = 'T2';
  insert into planned_outage (id, network_id, starts_at, ends_at, reason, transformer_ids) values
    ('P1', 1, '2026-07-02T00:00:00Z', '2026-07-02T04:00:00Z', '检修', '{T1,T2}'),
    ('P2', 1, '2026-07-03T00:00:00Z', '2026-07-03T04:00:00Z', '检修', '{T3}');
  insert into planned_ground (planned_outage_id, transformer_id, customers) values ('P1', 'T1', 8), ('P1', 'T2', 6), ('P2', 'T3', 3);
  insert into report (id, channel, phone, address, said, symptom, reported_at, received_at, taken_by, follow_token)
    values ('rep_1', 'web', '13900000001', '东街1号', '我是张三', 'no_power', '2026-07-01T06:05:00Z', '2026-07-01T06:05:00Z', 'public', 'token-1');
  insert into report_location (report_id, transformer_id, method, confidence, located_by)
    values ('rep_1', 'T1', 'address', 1, 'locate');
  insert into report_verdict (report_id, kind, rule, says, incident_id, at)
    values ('rep_1', 'known_incident', 'known_incident', '{"zh": "张三", "en": "Zhang San"}', 'inc_out', '2026-07-01T06:05:00Z');
  insert into crew (id, name, tracker_id, geom) values
    ('C1', '一班', null, st_setsrid(st_point(113, 22.5), 4326)),
    ('C2', '二班', 'phone-2', st_setsrid(st_point(113, 22.5), 4326));
`

beforeAll(async () => {
  opened = await openTestDatabase()
  const { database } = opened
  await database.pool.query(drawing)
  await putMember(database, { name: 'C1', role: 'crew', crewId: 'C1', secret: 'one' })
  await putMember(database, { name: 'desk', role: 'dispatcher', crewId: null, secret: 'two' })
  const deps = {
    database,
    now,
    adminToken: 'root',
    pages: new PublicPages({ database, tail: { seq: 0 }, now }),
    flood: new ReportFlood(),
    submit: (input: ReportInput) => {
      taken.push(input)
      const says = { zh: '已受理', en: 'Taken' }
      const verdict = { kind: 'new_incident' as const, rule: 'supply_lost', says, evidence: [] }
      return Promise.resolve({ id: 'rep_2', located: null, verdict, follow: '/follow/t' })
    },
  }
  app = new OpenAPIHono<AccessEnv>()
  app.use(addressed(null))
  app.use('/api/*', async (context, next) => {
    context.set('who', { role: 'dispatcher', name: 'desk', crewId: null })
    await next()
  })
  for (const routes of [exchangeRoutes(deps), ogcRoutes(deps)]) app.route('/', routes)
  app.route('/', open311Routes(deps))
  // Sessions end by the database's own clock.
  app.route('/', positionRoutes({ ...deps, now: () => new Date() }))
  app.route('/', reliabilityRoutes(deps))
  app.onError((reason, context) => {
    const problem = problemOf(reason)
    return context.body(JSON.stringify(problem), problem.status as 500)
  })
})
afterAll(() => opened.drop())

async function json<T = Record<string, unknown>>(path: string, init?: RequestInit): Promise<T> {
  const response = await app.request(path, init)
  expect([path, response.status]).toEqual([path, response.status < 300 ? response.status : 200])
  return (await response.json()) as T
}
const statusOf = async (path: string, init?: RequestInit) => (await app.request(path, init)).status

const period = 'from=2026-06-29T00:00:00Z&to=2026-07-01T06:30:00Z'

test('the indices are the sum of the interruptions listed, open ones counted to now, cancelled ones never', async () => {
  const answer = await json<ReliabilityAnswer>(`/api/reliability?${period}&group=district&limit=10`)
  expect(answer.total).toMatchObject({
    customers_served: 17,
    customer_interruptions: 22,
    customers_interrupted: 14,
    momentary_interruptions: 3,
    customer_s: 8 * 1800 + 14 * 3600.123,
    indices: { saifi: 22 / 17, maifi: 3 / 17, cemi: expect.arrayContaining([{ n: 2, share: 8 / 17 }]) as unknown },
  })
  expect(answer.groups.map(({ key, name, customers_served }) => [key, name, customers_served])).toEqual([
    ['D', '甲区', 14],
    ['E', '乙区', 3],
  ])
  const all: InterruptionView[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const path: string = `${answer.interruptions.href}&limit=10${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const page: ReliabilityAnswer['interruptions'] = await json(path)
    all.push(...page.items)
    cursor = page.next_cursor
  }
  expect(all.slice(0, 10)).toEqual(answer.interruptions.items)
  expect(all).toHaveLength(25)
  const recount = (list: InterruptionView[], { customers_served, period_s }: ReliabilityAnswer['total']) =>
    indicesOf(tallyOf(list), { customers_served, period_s })
  expect(answer.total.indices).toEqual(recount(all, answer.total))
  for (const group of answer.groups)
    expect(group.indices).toEqual(
      recount(
        all.filter((each) => each.district_code === group.key),
        group,
      ),
    )
})

test('groups by feeder, cause, month and day add up to the whole', async () => {
  for (const group of ['feeder', 'cause', 'month', 'day']) {
    const { total, groups } = await json<ReliabilityAnswer>(`/api/reliability?${period}&group=${group}`)
    const sum = (pick: (each: ReliabilityAnswer['total']) => number) =>
      groups.reduce((all, each) => all + pick(each), 0)
    expect([group, sum((each) => each.customer_interruptions)]).toEqual([group, total.customer_interruptions])
    expect(sum((each) => each.customer_s)).toBeCloseTo(total.customer_s, 6)
  }
  const { groups } = await json<ReliabilityAnswer>(`/api/reliability?${period}&group=month`)
  expect(groups.map(({ key, period_s }) => [key, period_s])).toEqual([
    ['2026-06', 40 * 3600],
    ['2026-07', 14.5 * 3600],
  ])
})

test('a storm day beyond the days before it is told apart', async () => {
  const { rows } = await opened.database.pool.query<{ id: string }>(`
    insert into incident_history (id, network_id, started_at, restored_at, customers)
    select 'H' || n, 1, timestamptz '2026-01-01T00:00:00Z' + n * interval '1 day',
      timestamptz '2026-01-01T00:00:00Z' + n * interval '1 day' + (10 + n % 3) * interval '1 minute', 1
    from generate_series(1, 60) as n returning id`)
  expect(rows).toHaveLength(60)
  const answer = await json<ReliabilityAnswer>(`/api/reliability?${period}`)
  expect(answer.major_event_days).toMatchObject({ learned_from_days: 60, days: ['2026-06-30', '2026-07-01'] })
  expect(answer.total.without_major_event_days).toMatchObject({ customer_interruptions: 0, momentary_interruptions: 0 })
  expect(await statusOf('/api/reliability?from=2026-07-01T00:00:00Z&to=2026-06-01T00:00:00Z')).toBe(400)
})

const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
const fix = 'lat=22.501&lon=113.001&timestamp=2025-07-01T06:29:00Z'

test('a tracker must say whose it is, and speaks for its own crew only', async () => {
  expect(await statusOf(`/osmand?id=C1&${fix}`)).toBe(401)
  expect(await statusOf(`/osmand?id=C1&${fix}&token=C1:wrong`)).toBe(401)
  expect(await statusOf(`/osmand?id=phone-2&${fix}&token=C1:one`)).toBe(403)
  expect(await statusOf(`/osmand?id=nobody&${fix}&token=C1:one`)).toBe(404)
  expect(await json(`/osmand?id=C1&${fix}&token=C1:one`)).toEqual({ taken: 1, duplicate: 0, refused: [], doubted: [] })
  expect(await json(`/osmand?id=C1&${fix}&token=root`)).toEqual({ taken: 0, duplicate: 1, refused: [], doubted: [] })
})

test('the Traccar client’s JSON moves the crew of its tracker_id; its plain id is then nobody’s', async () => {
  const post = (device_id: string) => ({
    method: 'POST',
    headers: { ...basic('desk:two'), 'content-type': 'application/json' },
    body: JSON.stringify({
      device_id,
      location: { timestamp: '2025-07-01T06:28:00Z', coords: { latitude: 22.502, longitude: 113.002, speed: 3 } },
    }),
  })
  expect(await json('/osmand', post('phone-2'))).toMatchObject({ taken: 1 })
  expect(await statusOf('/osmand', post('C2'))).toBe(404)
})

test('OwnTracks is answered with a list; a place that cannot be is named with its reason', async () => {
  const post = (body: object | string) => ({
    method: 'POST',
    headers: { ...basic('C1:one'), 'x-limit-d': 'C1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const at = { _type: 'location', tst: 1751351370, tid: 'C1' }
  expect(await json('/owntracks', post({ ...at, lat: 22.5011, lon: 113.0011 }))).toEqual([])
  expect(await json('/owntracks', post(''))).toEqual([])
  const [refused] = await json<{ refused: { reason: string }[] }[]>(
    '/owntracks',
    post({ ...at, tst: 1751351380, lat: 0, lon: 0 }),
  )
  expect(refused!.refused[0]!.reason).toContain('no fix')
  expect(await statusOf('/owntracks', post('{'))).toBe(400)
  const { rows } = await opened.database.pool.query<{ lon: number }>(
    "select st_x(geom) as lon from crew where id = 'C1'",
  )
  expect(rows[0]!.lon).toBeCloseTo(113.0011, 6)
})

test('Open311 takes a request in and lists requests without their callers, in JSON and XML', async () => {
  const post = (body: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(body) })
  const fields = {
    service_code: 'no_power',
    lat: '22.505',
    long: '113.015',
    description: '没电',
    'attribute[account_no]': 'A1',
  }
  const made = await app.request('/open311/v2/requests.json', post({ ...fields, jurisdiction_id: 'any' }))
  expect([made.status, await made.json()]).toEqual([
    201,
    [{ service_request_id: 'rep_2', service_notice: '已受理 / Taken', account_id: null }],
  ])
  expect(taken).toEqual([
    { channel: 'app', symptom: 'no_power', account_no: 'A1', location: { lat: 22.505, lon: 113.015 }, text: '没电' },
  ])
  expect(await statusOf('/open311/v2/requests.json', post({ service_code: 'potholes' }))).toBe(404)
  const bad = await app.request('/open311/v2/requests.xml', post({ service_code: 'no_power' }))
  expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('<errors><error><code>400</code>')])
  const list = await app.request('/open311/v2/requests.xml?status=open&service_code=no_power')
  const text = await list.text()
  expect(text).toContain('<service_request_id>rep_1</service_request_id><status>open</status>')
  expect(text + (await (await app.request('/open311/v2/requests/rep_1.json')).text())).not.toMatch(
    /张三|Zhang|1390|东街|号台区|T1_/,
  )
  expect(await json('/open311/v2/requests.json?status=closed')).toEqual([])
  expect(await statusOf('/open311/v2/requests/rep_9.json')).toBe(404)
  for (const each of ['discovery', 'services', 'services/hazard'])
    for (const format of ['json', 'xml']) expect(await statusOf(`/open311/v2/${each}.${format}`)).toBe(200)
})

type Collection = {
  numberMatched: number
  features: { id: string; geometry: object | null }[]
  links: { rel: string; href: string }[]
}

test('OGC API Features pages through its collections, shows areas only, and none under five customers', async () => {
  for (const path of ['', '/', '/conformance', '/api', '/collections', '/collections/incidents'])
    expect(await statusOf(`/ogc${path}`)).toBe(200)
  const first = await json<Collection>('/ogc/collections/districts/items?limit=1')
  expect([first.numberMatched, first.features.map(({ id }) => id)]).toEqual([2, ['D']])
  const next = first.links.find(({ rel }) => rel === 'next')!.href
  expect((await json<Collection>(next)).features.map(({ id }) => id)).toEqual(['E'])
  const out = await json<Collection>('/ogc/collections/incidents/items?bbox=113.011,22.501,113.012,22.502')
  expect(out.features).toMatchObject([
    { id: 'inc_out', geometry: { type: 'Polygon' }, properties: { customers_out: 8 } },
  ])
  const planned = await json<Collection>('/ogc/collections/planned_outages/items')
  expect(planned.features).toMatchObject([
    { id: 'P1', geometry: { type: 'Polygon' }, properties: { customers: 14 } },
    { id: 'P2', geometry: null, properties: { customers: null, places: [] } },
  ])
  expect(await json('/ogc/collections/planned_outages/items/P1')).toMatchObject({ type: 'Feature', id: 'P1' })
  expect(await statusOf('/ogc/collections/incidents/items?colour=red')).toBe(400)
  expect(await statusOf('/ogc/collections/customers/items')).toBe(404)
  expect(JSON.stringify([out, planned, first])).not.toMatch(/"Point"|T\d_\d|1390/)
})

test('PubOutages has the incident, its district by code and the customers served there', async () => {
  const text = await (await app.request('/feeds/cim.xml')).text()
  expect(text).toContain('<mRID>inc_out</mRID><cause>lightning</cause><causeKind>lightingStrike</causeKind>')
  expect(text).toContain('<communityDescriptor>D</communityDescriptor><metersAffected>8</metersAffected>')
  expect(text).toContain('<metersServed>14</metersServed>')
})
