// Who is owed a message, and that it is one. The feeder stands in sketch.ts.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  oweCrewOnWay,
  oweEstimateChanged,
  oweOutageKnown,
  oweRestored,
  writeOut,
} from '../../server/notifications/index.ts'
import { decideMatter } from '../../server/notifications/configure.ts'
import { listMatters, listNotifications } from '../../server/notifications/reads.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'
import { beginAnew, drawFeeder, incidentId, startedAt } from './sketch.ts'

let opened: TestDatabase
const now = new Date('2026-07-01T06:10:00Z')
const estimate = {
  at: new Date('2026-07-01T08:00:00Z'),
  low: new Date('2026-07-01T07:30:00Z'),
  high: new Date('2026-07-01T09:00:00Z'),
}

beforeAll(async () => {
  opened = await openTestDatabase()
  await drawFeeder(opened.database)
})
afterAll(() => opened.drop())
beforeEach(() => beginAnew(opened.database))

const known = async (at = now, id = incidentId) => {
  await opened.database.transaction(async (transaction) => oweOutageKnown(transaction, id, at))
  return writeOut(opened.database)
}
const restored = (at = now) =>
  opened.database.transaction((transaction) => oweRestored(transaction, { id: incidentId }, at))
const listed = async () => (await listNotifications(opened.database, { limit: 100 }, now)).items
const letters = (items: { service_point_id: string }[]) =>
  items
    .map((each) => each.service_point_id.slice(3))
    .sort()
    .join('')

test('everyone who is out and can be reached is owed one message, in their language, and nobody else', async () => {
  await opened.database.pool.query('update incident set estimate_at = $1, estimate_low = $2, estimate_high = $3', [
    estimate.at,
    estimate.low,
    estimate.high,
  ])
  expect(await known()).toBe(6)
  const items = await listed()
  expect(letters(items)).toBe('abefgh')
  expect(items.find((each) => each.service_point_id === 'SP_a')!.text).toBe(
    '【复电图】东一台区自14:00起停电；正在安排抢修班组。预计16:00复电（15:30至17:00之间）。同一情况无需再次报修。',
  )
  expect(items.find((each) => each.service_point_id === 'SP_b')!.text).toContain('has been out since 14:00')
  expect(items.find((each) => each.service_point_id === 'SP_e')!.text).toContain('东二台区')
})

test('the same matter is told once however often it is owed, by however many servers at once', async () => {
  const told = await Promise.all(Array.from({ length: 6 }, () => known()))
  expect(told.reduce((sum, each) => sum + each, 0)).toBe(6)
  expect(await listed()).toHaveLength(6)
})

test('what grows is told to those who came to it only', async () => {
  await known()
  await opened.database.pool.query(
    `insert into interruption (incident_id, service_point_id, transformer_id, started_at) values ('${incidentId}', 'SP_x', 'T3', $1)`,
    [startedAt],
  )
  expect(await known()).toBe(1)
  await opened.database.pool.query("delete from interruption where service_point_id = 'SP_x'")
})

test('an incident that goes on under another’s name is not news to those who know of it', async () => {
  await known(startedAt)
  await opened.database.pool.query(
    `insert into incident (id, status, equipment_id, equipment_kind, section, transformer_ids, started_at, geom)
       select 'inc_greater', 'probable', 'A', 'line', 'F', transformer_ids, started_at, geom from incident where id = '${incidentId}';
     update interruption set incident_id = 'inc_greater'`,
  )
  expect(await known(now, 'inc_greater')).toBe(0)
  const [moved] = await listed()
  expect(moved!.text).toContain('自14:00起停电')
  await opened.database.pool.query(
    `update interruption set incident_id = '${incidentId}'; delete from incident where id = 'inc_greater'`,
  )
})

test('a step of restoration tells those restored by it, with their own time', async () => {
  const back = (transformer: string, at: string) =>
    opened.database.pool.query('update interruption set ended_at = $2 where transformer_id = $1', [transformer, at])
  await back('T1', '2026-07-01T07:00:00Z')
  expect(await restored()).toBe(2)
  expect(letters(await listed())).toBe('ab')
  await back('T2', '2026-07-01T07:40:00Z')
  expect(await restored()).toBe(4)
  const items = await listed()
  expect(letters(items)).toBe('abefgh')
  expect(items.find((each) => each.service_point_id === 'SP_a')!.text).toContain('应已于15:00恢复')
  expect(items.find((each) => each.service_point_id === 'SP_h')!.text).toContain('应已于15:40恢复')
})

test('another estimate is another matter, the same one is not; each crew that sets out is one', async () => {
  const change = (minutes: number) =>
    opened.database.transaction((transaction) => {
      const at = new Date(estimate.at.getTime() + minutes * 60_000)
      return oweEstimateChanged(transaction, incidentId, at, now)
    })
  expect([await change(0), await change(0), await change(30)]).toEqual([6, 0, 6])
  const setOut = (id: string) =>
    opened.database.transaction((transaction) => oweCrewOnWay(transaction, incidentId, id, now))
  expect([await setOut('asg_1'), await setOut('asg_1'), await setOut('asg_2')]).toEqual([6, 0, 6])
})

test('a message owed and its event are gone when the transaction that owes them fails', async () => {
  await expect(
    opened.database.transaction(async (transaction) => {
      oweOutageKnown(transaction, incidentId, now)
      await oweRestored(transaction, { id: incidentId }, now)
      throw new Error('the change it tells failed')
    }),
  ).rejects.toThrow('the change it tells failed')
  expect(await writeOut(opened.database)).toBe(0)
  expect(await listed()).toEqual([])
  expect((await opened.database.pool.query('select from event_log')).rowCount).toBe(0)
})

test('one event tells how many are owed, not one a customer', async () => {
  await known()
  const { rows } = await opened.database.pool.query<{ step: string; data: object }>('select step, data from event_log')
  expect(rows).toEqual([
    { step: 'owed', data: { matter: `outage_known:${incidentId}`, kind: 'outage_known', count: 6 } },
  ])
})

test('in quiet hours messages wait for the morning, but not those to critical customers', async () => {
  await opened.database.pool.query("update notification_setting set quiet_from = '22:00', quiet_to = '07:00'")
  await known(new Date('2026-07-01T15:00:00Z'))
  const dueAt = new Map((await listed()).map((each) => [each.service_point_id, each.next_try_at]))
  expect(dueAt.get('SP_a')).toBe('2026-07-01T15:00:00.000Z')
  expect(dueAt.get('SP_e')).toBe('2026-07-01T23:00:00.000Z')
})

test('above the limit messages are held until somebody approves; the second to decide is refused', async () => {
  const { database } = opened
  await database.pool.query('update notification_setting set approve_above = 7')
  await known()
  expect(new Set((await listed()).map((each) => each.state))).toEqual(new Set(['held']))
  const [matter] = (await listMatters(database, { limit: 10, state: 'held' })).items
  expect(matter!.counts).toEqual({ held: 6 })
  expect(await decideMatter(database, matter!.id, 'approved', 'chief', now)).toBe(6)
  await expect(decideMatter(database, matter!.id, 'refused', 'other', now)).rejects.toThrow('not waiting')
  expect(new Set((await listed()).map((each) => each.state))).toEqual(new Set(['queued']))
})

test('a subscription is told beside the phone', async () => {
  await opened.database.pool.query(
    `insert into channel_config (channel, kind) values ('mail', 'print');
     insert into subscription (service_point_id, channel, recipient, language) values ('SP_c', 'mail', 'c@example.cn', 'en'), ('SP_a', 'mail', 'a@example.cn', 'zh')`,
  )
  expect(await known()).toBe(8)
  const mails = (await listed()).filter((each) => each.channel === 'mail')
  expect(mails.map((each) => [each.service_point_id, each.language]).sort()).toEqual([
    ['SP_a', 'zh'],
    ['SP_c', 'en'],
  ])
})

test('a list is paged without gap or repeat, and filtered', async () => {
  await known()
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const page = await listNotifications(opened.database, { limit: 4, cursor }, now)
    seen.push(...page.items.map((each) => each.id))
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual(seen.toSorted((left, right) => right - left))
  expect(new Set(seen).size).toBe(6)
  const filtered = await listNotifications(opened.database, { limit: 10, service_point_id: 'SP_e' }, now)
  expect(filtered.items).toHaveLength(1)
  expect((await listNotifications(opened.database, { limit: 10, incident_id: 'none' }, now)).items).toEqual([])
})
