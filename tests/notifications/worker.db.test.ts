// Sending: each message arrives once where all goes well, at least once and under one key where it does not, in order.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  oweOutageKnown,
  owePlanned,
  writeOut,
  oweRestored,
  startNotificationWorker,
  type NotificationWorker,
  type WorkerOptions,
} from '../../server/notifications/index.ts'
import { isSigned } from '../../server/notifications/channels/sign.ts'
import { putChannel, reviveNotification } from '../../server/notifications/configure.ts'
import { listNotifications } from '../../server/notifications/reads.ts'
import { sendBatch } from '../../server/notifications/send-batch.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'
import { beginAnew, drawFeeder, incidentId } from './sketch.ts'

/** A loaded machine takes its time; no test measures it. */
const slow = { timeout: 30_000 }

type Taken = { headers: IncomingMessage['headers']; body: string; said: Record<string, unknown> }

let opened: TestDatabase
let receiver: Server
let taken: Taken[] = []
let answer: (said: Record<string, unknown>) => number = () => 200
let workers: NotificationWorker[] = []
const secret = 'a secret of sixteen letters'
const now = () => new Date()

beforeAll(async () => {
  opened = await openTestDatabase()
  await drawFeeder(opened.database)
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const said = JSON.parse(body) as Record<string, unknown>
      const status = answer(said)
      if (status < 300) taken.push({ headers: request.headers, body, said })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  receiver.close()
  await opened.drop()
})
beforeEach(async () => {
  taken = []
  answer = () => 200
  await beginAnew(opened.database)
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  await putChannel(
    opened.database,
    'hook',
    { kind: 'webhook', settings: { url, secret }, rate_per_s: null, stopped: false },
    now(),
  )
  await opened.database.pool.query("update notification_setting set phone_channel = 'hook'")
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})

const start = (options: WorkerOptions = {}) => {
  const worker = startNotificationWorker(opened.database, { look_ms: 20, random: () => 0, ...options })
  workers.push(worker)
  return worker
}
const note = () =>
  opened.database.transaction(async (transaction) => {
    oweOutageKnown(transaction, incidentId, now())
    transaction.hint()
  })
const known = async () => {
  await note()
  await writeOut(opened.database)
}
const listed = async () => (await listNotifications(opened.database, { limit: 100 }, now())).items
const states = async () => (await listed()).map((each) => each.state)
const allAre = (state: string) => expect.poll(async () => new Set(await states()), slow).toEqual(new Set([state]))

test('each message arrives once, signed so that it can be checked, with a key of its own', async () => {
  await note()
  start()
  await allAre('sent')
  expect(taken).toHaveLength(6)
  expect(new Set(taken.map((each) => each.headers['idempotency-key'])).size).toBe(6)
  for (const { headers, body } of taken) {
    const timestamp = String(headers['x-relight-timestamp'])
    const signature = String(headers['x-relight-signature'])
    expect(isSigned(secret, { timestamp, signature, body }, now())).toBe(true)
    expect(isSigned(secret, { timestamp, signature, body: `${body} ` }, now())).toBe(false)
    expect(isSigned('another secret here', { timestamp, signature, body }, now())).toBe(false)
  }
})

test('three workers at once send each message once', async () => {
  for (let index = 0; index < 3; index++) start({ batch: 2 })
  await known()
  await allAre('sent')
  expect(taken).toHaveLength(6)
})

test('a server that fails is tried again until it takes the message, under the same key', async () => {
  let failures = 4
  answer = () => (failures-- > 0 ? 503 : 200)
  await known()
  start()
  await expect.poll(() => taken.length, slow).toBeGreaterThanOrEqual(6)
  await allAre('sent')
  expect((await listed()).some((each) => each.tries > 1)).toBe(true)
})

test('a message that its receiver refuses is dead at once, with the reason, and can be sent once more', async () => {
  answer = (said) => (said['service_point_id'] === 'SP_e' ? 422 : 200)
  await known()
  start()
  await expect.poll(async () => (await states()).filter((each) => each === 'sent').length, slow).toBeGreaterThan(4)
  const dead = (await listed()).find((each) => each.service_point_id === 'SP_e')!
  expect([dead.state, dead.tries, dead.reason]).toEqual(['dead', 1, 'answered 422'])
  answer = () => 200
  await reviveNotification(opened.database, dead.id, now())
  await allAre('sent')
  await expect(reviveNotification(opened.database, dead.id, now())).rejects.toThrow('not a dead one')
})

test('messages of a worker that died in the middle are sent again by another, under the same key', async () => {
  await known()
  const died = sendBatch(
    opened.database,
    {
      name: 'hook',
      open: () => ({ send: () => new Promise(() => {}) }),
    },
    { batch: 100, lease_ms: 300, now, random: () => 0 },
  )
  void died
  await expect.poll(async () => new Set(await states()), slow).toEqual(new Set(['sending']))
  start()
  await allAre('sent')
  expect(taken).toHaveLength(6)
  expect((await listed()).every((each) => each.tries === 2)).toBe(true)
})

test('a customer hears things in the order in which they happened, also where the first is late', async () => {
  let failing = true
  answer = (said) => (failing && said['kind'] === 'planned_day' && said['service_point_id'] === 'SP_e' ? 500 : 200)
  const words = { starts: '2027-07-01T06:00:00Z', until: '2027-07-01T08:00:00Z' }
  const whole = { toldOf: null, unlessToldSince: null }
  await opened.database.transaction((transaction) =>
    owePlanned(
      transaction,
      { kind: 'planned_day', plannedOutageId: 'PLAN', about: 'one', words, transformers: ['T1', 'T2'], ...whole },
      now(),
    ),
  )
  await known()
  start()
  await expect.poll(() => taken.length, slow).toBeGreaterThanOrEqual(10)
  expect(taken.some((each) => each.said['service_point_id'] === 'SP_e')).toBe(false)
  failing = false
  await allAre('sent')
  const heard = taken.filter((each) => each.said['service_point_id'] === 'SP_e').map((each) => each.said['kind'])
  expect(heard).toEqual(['planned_day', 'outage_known'])
})

test('what was sent is shown as its customers got it, whatever has become of the matter since', async () => {
  await known()
  start()
  await expect.poll(() => taken.length, slow).toBe(6)
  await allAre('sent')
  await opened.database.pool.query('update interruption set ended_at = now()')
  await opened.database.transaction((transaction) => {
    transaction.hint()
    return oweRestored(transaction, { id: incidentId }, now())
  })
  await expect.poll(() => taken.length, slow).toBe(12)
  await allAre('sent')
  const got = taken.map(({ said }) => said['text']).sort()
  expect(got.some((text) => String(text).includes('应已'))).toBe(true)
  await opened.database.pool.query('update incident set verified_at = now()')
  expect((await listed()).map(({ text }) => text).sort()).toEqual(got)
  await opened.database.pool.query('update interruption set ended_at = null; update incident set verified_at = null')
  expect((await listed()).map(({ text }) => text).sort()).toEqual(got)
})

test('what is overtaken by restoration is not sent, however late it is', async () => {
  await known()
  await opened.database.pool.query('update interruption set ended_at = now()')
  start()
  await allAre('superseded')
  expect(taken).toEqual([])
})

test('what waited is not sent to whoever was never out after all', async () => {
  await known()
  const { pool } = opened.database
  await pool.query("delete from interruption where service_point_id = 'SP_e'")
  start()
  await expect.poll(() => taken.length, slow).toBe(5)
  await expect.poll(async () => (await states()).sort(), slow).toEqual([...Array<string>(5).fill('sent'), 'superseded'])
  expect(taken.map(({ said }) => said['service_point_id'])).not.toContain('SP_e')
  await pool.query(
    `insert into interruption (incident_id, service_point_id, transformer_id, started_at) values ('${incidentId}', 'SP_e', 'T2', '2026-07-01T06:00:00Z')`,
  )
})

test('what waited while its incident went on under another’s name is sent all the same', async () => {
  await known()
  const { pool } = opened.database
  await pool.query(
    `insert into incident (id, status, equipment_id, equipment_kind, section, transformer_ids, started_at, geom)
       select 'inc_heir', 'probable', 'A', 'line', 'F', transformer_ids, started_at, geom from incident where id = '${incidentId}';
     update interruption set incident_id = 'inc_heir'`,
  )
  start()
  await allAre('sent')
  expect(taken).toHaveLength(6)
  await pool.query(`update interruption set incident_id = '${incidentId}'; delete from incident where id = 'inc_heir'`)
})

test('the stop switch keeps everything, and lets it go when it is lifted', async () => {
  await opened.database.pool.query('update notification_setting set stopped = true')
  await known()
  start()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(new Set(await states())).toEqual(new Set(['queued']))
  await opened.database.pool.query('update notification_setting set stopped = false')
  await allAre('sent')
})

test('all workers together keep to a channel’s rate', async () => {
  await opened.database.pool.query("update channel_config set rate_per_s = 2, budget = 2 where channel = 'hook'")
  const clock = new Date(Date.now() + 60_000)
  for (let index = 0; index < 2; index++) start({ now: () => clock })
  await known()
  await expect.poll(() => taken.length, slow).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(taken).toHaveLength(2)
})

test('the print channel writes one line a message and shows no whole number', async () => {
  await opened.database.pool.query("update notification_setting set phone_channel = 'print'")
  const lines: string[] = []
  await known()
  start({ write: (line) => lines.push(line) })
  await allAre('sent')
  expect(lines).toHaveLength(6)
  expect(lines.join()).toMatch(/139\*\*\*\*000\d/)
  expect(lines.join()).not.toMatch(/\d{8,}/)
})

test('what was sent is told by counts, in one event a batch', async () => {
  await known()
  start()
  await allAre('sent')
  const { rows } = await opened.database.pool.query<{ sent: number }>(
    "select sum((data->>'sent')::integer)::integer as sent from event_log where step = 'sent'",
  )
  expect(rows[0]!.sent).toBe(6)
})
