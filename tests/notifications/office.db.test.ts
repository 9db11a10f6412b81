// What the office sees of messages and does with them: why they failed, all of a matter once more, channels, wordings, the stop switch.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type {
  ChannelStanding,
  ChannelView,
  MatterView,
  NotificationSettingView,
  NotificationView,
  TemplateVersion,
} from '../../server/contract/notifications.ts'
import type { PlannedView } from '../../server/contract/planned-outages.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql(
    "update service_point set phone = '1390000' || right(account_no, 4) where transformer_id in ('T1', 'T2')",
  )
  await at.sql("delete from template; delete from channel_config where channel <> 'print'")
})

const items = async <Item>(path: string) => (await at.call<{ items: Item[] }>('GET', path)).body.items
/** An incident with all that was owed of it dead, for `reason`. */
async function failing(reason: string): Promise<MatterView> {
  const call = (account_no: string) => at.call('POST', '/api/reports', { channel: 'hotline', account_no })
  await call('A101')
  await call('A102')
  const [incident] = await items<{ id: string }>('/api/incidents')
  await at.call('POST', `/api/incidents/${incident!.id}/confirm`, { equipment_id: 'T1' })
  await at.sql("update notification set state = 'dead', tries = 3, reason = $1", [reason])
  return (await items<MatterView>('/api/matters?failing=true'))[0]!
}

test('a matter that fails is listed with its place, and says why in both languages with the provider’s words behind', async () => {
  const matter = await failing('given up after 3 tries: answered 503: out of credit')
  expect(matter).toMatchObject({ kind: 'outage_known', planned_outage_id: null, state: 'open' })
  expect(matter.place).toBeTruthy()
  const [dead] = await items<NotificationView>(`/api/notifications?state=dead&matter_id=${matter.id}`)
  expect(dead!.reason_read).toEqual({
    code: 'refused',
    says: { zh: '试了 3 次后放弃：对方服务器应答 503', en: 'Given up after 3 tries. The other server answered 503' },
    raw: 'out of credit',
  })
  expect(await items('/api/notifications?matter_id=999999')).toEqual([])
})

test('all dead messages of a matter go out once more, and nothing of another’s; the second to ask is refused', async () => {
  const matter = await failing('answered 400')
  await at.sql(
    `insert into notification (matter_id, service_point_id, channel, language, recipient, state)
     values (${matter.id + 1000}, 'P401', 'print', 'zh', '1', 'dead')`,
  )
  const dead = matter.counts['dead']!
  const again = () => at.call<{ count: number }>('POST', `/api/matters/${matter.id}/retry`, {})
  expect((await again()).body.count).toBe(dead)
  expect((await again()).status).toBe(409)
  expect(await at.sql("select matter_id::integer from notification where state = 'dead'")).toEqual([
    { matter_id: matter.id + 1000 },
  ])
  expect(await items('/api/matters?failing=true')).toEqual([])
})

test('messages of a planned outage are found by it', async () => {
  const planned = await at.call<PlannedView>('POST', '/api/planned-outages', {
    starts_at: minute(60 * 24 * 8).toISOString(),
    ends_at: minute(60 * 24 * 8 + 120).toISOString(),
    reason: '检修',
    transformer_ids: ['T1'],
  })
  expect(planned.status).toBe(201)
  const id = planned.body.id
  await at.sql(
    `with told as (
       insert into matter (key, kind, planned_outage_id, template, bodies, words)
       values ('planned_week:' || $1, 'planned_week', $1, 'planned_week/zh1,en1', '{"zh":"{place}","en":"{place}"}', '{}') returning id
     )
     insert into notification (matter_id, service_point_id, channel, language, recipient, state)
     select told.id, 'P101', 'print', 'zh', '13900000101', 'dead' from told`,
    [id],
  )
  const matters = await items<MatterView>(`/api/matters?planned_outage_id=${id}&failing=true`)
  expect(matters.map(({ kind, counts }) => [kind, counts])).toEqual([['planned_week', { dead: 1 }]])
  expect(matters[0]!.place).toBeTruthy()
  expect(await items(`/api/notifications?planned_outage_id=${id}`)).toHaveLength(1)
  expect(await items('/api/notifications?planned_outage_id=none')).toEqual([])
})

test('a channel stands with what waits, failed and went; its rate is changed without knowing its secret', async () => {
  const put = (body: object) => at.call<ChannelView>('PUT', '/api/channels/hook', body, 'administrator')
  const secret = 'a-secret-of-many-letters'
  await put({ kind: 'webhook', settings: { url: 'https://sms.example/', secret } })
  const shown = (await put({ kind: 'webhook', settings: { url: 'https://sms.example/', secret: '…' }, rate_per_s: 5 }))
    .body
  expect([shown.rate_per_s, shown.settings['secret']]).toEqual([5, '…'])
  const kept = await at.sql<{ secret: string }>(
    "select settings ->> 'secret' as secret from channel_config where channel = 'hook'",
  )
  expect(kept).toEqual([{ secret }])
  // A kind of its own has no secret of another's.
  expect((await put({ kind: 'dingtalk', settings: { url: 'https://x.example/', secret: '…' } })).status).toBe(200)
  await failing('answered 400')
  await at.sql(
    "update notification set state = 'queued', next_try_at = now() - interval '99 years' where service_point_id = 'P101'",
  )
  const standings = await items<ChannelStanding>('/api/channel-standings')
  expect(standings.map(({ channel }) => channel)).toEqual(['hook', 'print'])
  expect(standings[1]).toMatchObject({ waiting: 1, sent_last_hour: 0, stopped: false })
  expect(standings[1]!.dead).toBeGreaterThan(0)
  expect(standings[1]!.waiting_since).not.toBeNull()
})

test('who turned the stop switch, and when, is known; other settings leave it', async () => {
  const read = async () => (await at.call<NotificationSettingView>('GET', '/api/notification-settings')).body
  const put = (change: object) =>
    read().then((setting) =>
      at.call<NotificationSettingView>('PUT', '/api/notification-settings', { ...setting, ...change }, 'administrator'),
    )
  expect((await put({ stopped: true })).body).toMatchObject({ stopped_by: 'administrator' })
  at.clock.now = minute(30)
  await put({ approve_above: 20 })
  expect(await read()).toMatchObject({ stopped: true, approve_above: 20, stopped_at: minute(0).toISOString() })
  await put({ stopped: false, approve_above: 30000 })
  expect(await read()).toMatchObject({ stopped: false, stopped_at: minute(30).toISOString() })
  expect((await at.call('PUT', '/api/notification-settings', await read())).status).toBe(403)
})

test('the wordings that there were stand in order, the program’s own last', async () => {
  const body = '【供电】{status}'
  await at.call('PUT', '/api/templates/restored/zh', { body }, 'administrator')
  const versions = await items<TemplateVersion>('/api/templates/restored/zh/versions')
  expect(versions.map(({ version, created_by }) => [version, created_by])).toEqual([
    [2, 'administrator'],
    [1, null],
  ])
  expect(versions[0]!.body).toBe(body)
})
