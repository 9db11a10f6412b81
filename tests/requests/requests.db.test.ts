// A request's way: an owner by grid, a deadline by kind, the first who took it answerable, an explanation before the deadline.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type {
  RequestAnswer,
  RequestOwner,
  RequestView,
  SurveyResults,
  TroubleArea,
} from '../../server/contract/requests.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { warnOfDeadlines } from '../../server/requests/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.sql(`
    insert into grid (id, network_id, name, manager_name, manager_phone, station_id, geom)
      select 'G1', id, '东风网格', '陈经理', '13800000001', 'ST1', st_multi(st_makeenvelope(113, 22.5, 113.01, 22.51, 4326)) from network`)
  await at.sql("update transformer set grid_id = 'G1' where id = 'T1'")
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate request_step, request, survey_answer')
})

const hours = (count: number) => minute(count * 60)
const ask = async (kind: string, more: object = {}) =>
  (await at.call<RequestAnswer>('POST', '/api/requests', { kind, text: '电压总是不稳', ...more }, 'public')).body
const step = (id: string, verb: string, body: object = {}) =>
  at.call<RequestView & Omit<Problem, 'status'>>('POST', `/api/requests/${id}/${verb}`, body)
const listed = async (state = 'open') =>
  (await at.call<{ items: RequestView[] }>('GET', `/api/requests?state=${state}`)).body.items
const follow = async (path: string) => (await at.app.request(`${path}?lang=zh`)).text()

test('goes to the manager of its grid, by a deadline of its kind; without a place the desk has it', async () => {
  const complaint = await ask('complaint', { account_no: 'A101' })
  expect(complaint.due_at).toBe(hours(120).toISOString())
  expect(complaint.says.zh).toContain('由陈经理负责')
  await ask('question')
  expect((await listed()).map(({ kind, owner }) => `${kind} ${owner}`)).toEqual(['question 客服席', 'complaint 陈经理'])
  expect((await at.call('GET', '/api/requests', undefined, 'public')).status).toBe(401)
})

test('is nobody’s in particular where its number has several households: their manager’s only where they have one', async () => {
  expect((await ask('complaint', { phone: '13900000101' })).says.zh).toContain('由陈经理负责')
  expect((await ask('complaint', { phone: '13900000103' })).says.zh).toContain('由客服席负责')
  expect(await at.sql('select distinct service_point_id from request')).toEqual([{ service_point_id: null }])
  await ask('complaint', { phone: '13900000104' })
  expect(await at.sql('select owner from request where service_point_id is not null')).toEqual([{ owner: '陈经理' }])
})

test('the first who takes it stays answerable through every hand-over, and the way is kept', async () => {
  const { id, follow: link } = await ask('complaint', { account_no: 'A101' })
  await step(id, 'take')
  await step(id, 'hand-over', { to: '运维部', note: '需要现场测量' })
  expect((await step(id, 'hand-over', { to: '运维部', note: '再交一次' })).status).toBe(409)
  const done = await step(id, 'answer', { text: '已更换接头，电压正常。' })
  expect(done.body).toMatchObject({ state: 'answered', owner: '运维部', first_owner: 'dispatcher' })
  expect(done.body.steps.map((each) => each.step)).toEqual(['received', 'taken', 'handed_over', 'answered'])
  expect(await follow(link)).toContain('已更换接头')
  expect((await step(id, 'take')).status).toBe(409)
  expect((await step('req_none', 'take')).status).toBe(404)
})

test('an explanation before the deadline puts it off, twice at most; afterwards none is taken', async () => {
  const { id, follow: link } = await ask('question')
  at.clock.now = hours(40)
  const put = (until: Date) => step(id, 'explain', { text: '等待检测结果', until: until.toISOString() })
  expect((await put(hours(47))).status).toBe(422)
  expect((await put(hours(60))).body).toMatchObject({ explained: 1, overdue: false })
  expect(await follow(link)).toContain('等待检测结果')
  await put(hours(70))
  expect((await put(hours(80))).body.detail).toContain('put off 2 times')
  at.clock.now = hours(71)
  expect((await listed())[0]!.overdue).toBe(true)
  expect((await put(hours(90))).body.detail).toContain('deadline has passed')
})

/** A call that a dispatcher takes: none of the public's, which is slowed. */
const takeIn = async (kind: string, more: object = {}) =>
  (await at.call<RequestAnswer>('POST', '/api/requests', { kind, text: '电压总是不稳', channel: 'hotline', ...more }))
    .body
const told = async () =>
  (await at.call<{ items: NotificationView[] }>('GET', '/api/notifications')).body.items.map(
    ({ matter, channel, recipient, language, text }) => ({
      kind: matter.split(':')[0],
      channel,
      recipient,
      language,
      text,
    }),
  )

test('whoever asked is told the answer once, on the phone they gave and in the language they asked in', async () => {
  const { id } = await takeIn('question', { phone: '13811112222', language: 'en' })
  await step(id, 'take')
  expect(await told()).toEqual([])
  await step(id, 'answer', { text: 'The joint was replaced.' })
  expect((await step(id, 'answer', { text: 'Again' })).status).toBe(409)
  expect(await told()).toEqual([
    expect.objectContaining({ kind: 'request_answered', channel: 'print', recipient: '13811112222', language: 'en' }),
  ])
  expect((await told())[0]!.text).toContain('The joint was replaced.')
})

test('an account’s phone is told why it takes longer, then the answer; an e-mail address is told by the channel that sends it', async () => {
  await at.sql("update service_point set phone = '13900000101' where account_no = 'A101'")
  await at.sql("insert into channel_config (channel, kind, stopped) values ('email', 'smtp', true)")
  await at.sql("update notification_setting set public_url = 'https://power.example'")
  const { id, follow: link } = await takeIn('complaint', { account_no: 'A101', email: 'z@example.cn' })
  await step(id, 'explain', { text: '等待检测结果。', until: hours(140).toISOString() })
  const first = await told()
  expect(first.map(({ kind, channel, recipient }) => `${kind} ${channel} ${recipient}`).sort()).toEqual([
    'request_explained email z@example.cn',
    'request_explained print 13900000101',
  ])
  expect(first[0]!.text).toContain('等待检测结果。将于')
  expect(first[0]!.text).toContain(`https://power.example${link}`)
  await step(id, 'answer', { text: '已处理。' })
  expect(await told()).toHaveLength(4)
  await at.sql("delete from channel_config where channel = 'email'; update notification_setting set public_url = null")
})

test('nobody who cannot be reached is owed anything, nor one who wants no messages on their phone', async () => {
  await at.sql(
    "insert into preference (service_point_id, by_phone) select id, false from service_point where account_no = 'A101'",
  )
  for (const more of [{}, { account_no: 'A101' }])
    await step((await takeIn('question', more)).id, 'answer', { text: '已答' })
  expect(await told()).toEqual([])
  await at.sql('truncate preference')
})

test('a customer of class A is answered in half the time', async () => {
  await at.sql("update service_point set class = 'A' where account_no = 'A102'")
  expect((await takeIn('complaint', { account_no: 'A102' })).due_at).toBe(hours(60).toISOString())
  await at.sql("update service_point set class = 'B' where account_no = 'A102'")
  expect((await takeIn('complaint', { account_no: 'A102' })).due_at).toBe(hours(120).toISOString())
  await at.sql("update service_point set class = null where account_no = 'A102'")
})

test('those who have requests are known with how many are due and overdue, and whom one can be handed to', async () => {
  const { id } = await takeIn('question', { address: '东街老戏台旁' })
  await takeIn('complaint', { account_no: 'A101' })
  await step(id, 'hand-over', { to: '运维部', note: '请处理' })
  const owners = async () =>
    (await at.call<{ items: RequestOwner[] }>('GET', '/api/request-owners')).body.items.filter(({ open }) => open > 0)
  expect(await owners()).toEqual([
    { owner: '运维部', open: 1, due: 0, overdue: 0 },
    { owner: '陈经理', open: 1, due: 0, overdue: 0 },
  ])
  at.clock.now = hours(40)
  expect((await owners()).find(({ owner }) => owner === '运维部')).toMatchObject({ due: 1, overdue: 0 })
  expect((await listed()).map(({ place, due_soon }) => [place, due_soon])[0]).toEqual(['东街老戏台旁', true])
  at.clock.now = hours(49)
  expect((await owners()).find(({ owner }) => owner === '运维部')).toMatchObject({ due: 0, overdue: 1 })
})

test('its owner is warned once while a quarter of the time is left, by one of several servers', async () => {
  const { id } = await ask('question')
  at.clock.now = hours(35)
  await warnOfDeadlines(at.deps)
  const warned = () => at.sql("select subject_id from event_log where name = 'request' and step = 'due'")
  expect(await warned()).toEqual([])
  at.clock.now = hours(37)
  await Promise.all([warnOfDeadlines(at.deps), warnOfDeadlines(at.deps)])
  expect(await warned()).toEqual([{ subject_id: id }])
})

test('is made and followed without JavaScript; one without words is refused with the form', async () => {
  const post = (fields: Record<string, string>) =>
    at.app.request('/api/public/request-form?lang=en', { method: 'POST', body: new URLSearchParams(fields) })
  const made = await post({ kind: 'question', text: 'When?', account_no: '', phone: '' })
  expect(made.status).toBe(303)
  expect(await follow(made.headers.get('location')!.split('?')[0]!)).toContain('When?')
  const bad = await post({ kind: 'question', text: '' })
  expect([bad.status, (await bad.text()).includes('role="alert"')]).toEqual([400, true])
})

test('survey results are given by cause, crew and station, but for groups under five', async () => {
  const call = { channel: 'hotline', account_no: 'A101' }
  const { body } = await at.call<{ verdict: { incident_id: string } }>('POST', '/api/reports', call)
  await at.sql(
    `insert into survey_answer (incident_id, service_point_id, speed, told, at)
     select $1, 'P10' || n, n % 5 + 1, 4, now() from generate_series(1, 6) as n`,
    [body.verdict.incident_id],
  )
  await at.sql("insert into survey_answer values ($1, 'P201', 1, 1, null, now())", [body.verdict.incident_id])
  const results = (await at.call<SurveyResults>('GET', `/api/surveys?since=${minute(-9999999).toISOString()}`)).body
  expect(results).toMatchObject({ count: 7, by_crew: [], by_cause: [{ key: 'unknown', count: 7 }] })
  expect(results.by_station).toEqual([{ key: 'ST1', name: 'ST1', count: 6, speed: 2.83, told: 4 }])
  const areas = await at.call('GET', '/api/trouble-areas')
  expect([areas.status, areas.body]).toEqual([200, { items: [] }])
})

test('areas that keep failing or complaining are told by month, those in the most months first', async () => {
  await at.sql('truncate request cascade')
  const incident = (id: string, at_: string, transformers: string, hazard = false) =>
    at.sql(
      `insert into incident (id, status, equipment_id, equipment_kind, section, transformer_ids, started_at, hazard, geom)
       values ($1, 'closed', 'X', 'fuse', 'F1', $2, $3, $4, st_setsrid(st_point(113, 22.5), 4326))`,
      [id, transformers, at_, hazard],
    )
  // T1 fails in three months, T2 four times on one day; T3 twice only. A hazard is no failure of supply.
  for (const [n, month] of ['2026-02', '2026-04', '2026-06'].entries())
    await incident(`inc_m${n}`, `${month}-10T02:00:00Z`, '{T1}')
  for (const n of [1, 2, 3, 4]) await incident(`inc_d${n}`, `2026-06-12T0${n}:00:00Z`, '{T2}')
  for (const n of [1, 2]) await incident(`inc_t${n}`, `2026-06-12T0${n}:00:00Z`, '{T3}')
  await incident('inc_h', '2026-06-12T02:00:00Z', '{T3}', true)
  // Before midnight by UTC, after it here.
  for (const n of [1, 2])
    await at.sql(
      `insert into request (id, channel, kind, said, service_point_id, owner, received_at, due_at, follow_token)
       values ($1, 'web', 'complaint', '又停电', 'P401', 'x', '2026-05-31T17:00:00Z', '2026-07-31T17:00:00Z', $1)`,
      [`req_trouble_${n}`],
    )
  const { body } = await at.call<{ items: TroubleArea[] }>('GET', '/api/trouble-areas')
  expect(body.items.map(({ transformer_id, incidents, requests }) => [transformer_id, incidents, requests])).toEqual([
    ['T1', 3, 0],
    ['T2', 4, 0],
    ['T4', 0, 2],
  ])
  expect(body.items[0]!.months.map(({ month }) => month)).toEqual(['2026-02', '2026-04', '2026-06'])
  expect(body.items[2]!.months).toEqual([{ month: '2026-06', incidents: 0, requests: 2 }])
})
