// The server is killed in the middle of sending on every channel, and started again. What a receiver took without an answer, and
// what was answered but not yet written down, is in doubt; each channel has its own way not to be told twice.
import webPush from 'web-push'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oweRestored } from '../../server/notifications/index.ts'
import { isSigned } from '../../server/notifications/channels/sign.ts'
import type { ChannelKind } from '../../server/notifications/channels/open-channel.ts'
import { putChannel } from '../../server/notifications/configure.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'
import { hasKannel, startKannel, type Kannel } from '../fixtures/kannel.ts'
import { openMailbox, type Mailbox } from '../fixtures/mailbox.ts'
import { freePort } from '../fixtures/free-port.ts'
import { openMessageCentre, type MessageCentre } from '../fixtures/message-centre.ts'
import { openPushService, pushCertificate, type PushService } from '../fixtures/push-service.ts'
import { openHook, type Hook } from '../fixtures/signed-hook.ts'
import { startServer, type ServerProcess } from '../system/server-process.ts'

const households = 40
/** Each receiver answers so many, then takes what comes in silence. */
const answered = 6
/** So many more are taken in silence before the server is killed; e-mail has no more lines than five. */
const inDoubt = 4
/** Messages on their way at once, at most. */
const atOnce = 16
const hookSecret = 'a secret of sixteen letters'
const adminToken = 'the-administrator-of-tests'
const phoneOf = (household: number) => `139000010${String(household).padStart(2, '0')}`

let opened: TestDatabase
let centre: MessageCentre
let carrier: MessageCentre
let mailbox: Mailbox
let push: PushService
let hook: Hook
let kannel: Kannel | null = null
let server: ServerProcess
let environment: Record<string, string>
/** Receivers that have fallen silent. */
let silent = 0

const drawing = `
  insert into network (name, timezone) values ('sketch', 'Asia/Shanghai');
  insert into transformer (id, network_id, name, feeder_id, geom)
    values ('T1', 1, '东一台区', 'F', st_setsrid(st_point(113, 22.5), 4326));
  insert into service_point (id, account_no, transformer_id, phone)
    select 'SP_' || n, 'ACC' || n, 'T1', '139000010' || lpad(n::text, 2, '0') from generate_series(0, ${households - 1}) as n;
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, network_id, transformer_ids,
      customers_affected, customers_out, started_at, restored_at, geom)
    values ('inc_kill', 'restored', 'B', 'breaker', 'F', 'F', 1, '{T1}', ${households}, 0, now(), now(),
      st_setsrid(st_point(113, 22.5), 4326));
  insert into interruption (incident_id, service_point_id, transformer_id, started_at, ended_at)
    select 'inc_kill', id, 'T1', now() - interval '1 hour', now() from service_point;
`

beforeAll(async () => {
  opened = await openTestDatabase()
  const { database } = opened
  await database.pool.query(drawing)
  const vapid = webPush.generateVAPIDKeys()
  const onTaken = (receiver: () => { fallSilent(): void }) => (count: number) => {
    if (count === answered) receiver().fallSilent()
    if (count === answered + inDoubt) silent++
  }
  centre = await openMessageCentre(onTaken(() => centre))
  mailbox = await openMailbox(onTaken(() => mailbox))
  push = await openPushService(
    vapid.publicKey,
    onTaken(() => push),
  )
  hook = await openHook(onTaken(() => hook))
  carrier = await openMessageCentre()
  kannel = hasKannel ? await startKannel(carrier.port) : null
  const port = await freePort()

  const host = '127.0.0.1'
  const channels: Record<string, { kind: ChannelKind; settings: Record<string, unknown> }> = {
    sms: {
      kind: 'smpp',
      settings: { host, port: centre.port, system_id: 'relight', password: 'secret', from: '95598' },
    },
    mail: { kind: 'smtp', settings: { host, port: mailbox.port, from: 'Relight <relight@example.cn>' } },
    push: {
      kind: 'web_push',
      settings: { subject: 'mailto:a@example.cn', public_key: vapid.publicKey, private_key: vapid.privateKey },
    },
    hook: { kind: 'webhook', settings: { url: hook.url, secret: hookSecret } },
    ...(kannel && {
      gateway: {
        kind: 'kannel',
        settings: {
          ...{ url: kannel.url, username: kannel.username, password: kannel.password },
          ...{ from: '95598', receipts_url: `http://${host}:${port}` },
        },
      },
    }),
  }
  for (const [channel, config] of Object.entries(channels))
    await putChannel(database, channel, { ...config, rate_per_s: null, stopped: false }, new Date())
  await database.pool.query("update notification_setting set phone_channel = 'sms'")
  const recipients = {
    mail: (household: number) => `h${household}@example.cn`,
    push: () => push.subscribe(),
    hook: (household: number) => `hook-${household}`,
    ...(kannel && { gateway: phoneOf }),
  }
  for (const [channel, recipientOf] of Object.entries(recipients))
    for (let household = 0; household < households; household++)
      await database.pool.query('insert into subscription (service_point_id, channel, recipient) values ($1, $2, $3)', [
        `SP_${household}`,
        channel,
        recipientOf(household),
      ])
  await database.transaction((transaction) => oweRestored(transaction, { id: 'inc_kill' }, new Date()))
  await database.close()
  environment = {
    ...(opened.url === null ? { RELIGHT_DATA: opened.dataFolder! } : { DATABASE_URL: opened.url }),
    NODE_EXTRA_CA_CERTS: pushCertificate,
    RELIGHT_ADMIN_TOKEN: adminToken,
    PORT: String(port),
  }
})
afterAll(async () => {
  await server.kill()
  for (const receiver of [centre, carrier, mailbox, push, hook]) receiver.close()
  await kannel?.close()
  await opened.remove()
})

/** How many messages of each channel are how far. */
async function statesByChannel(): Promise<Record<string, Record<string, number>>> {
  const counts: Record<string, Record<string, number>> = {}
  let cursor: string | null = null
  do {
    const page: string = cursor === null ? '' : `&cursor=${cursor}`
    const answer = await fetch(`${server.url}/api/notifications?limit=200${page}`, {
      headers: { authorization: `Bearer ${adminToken}` },
    })
    const { items, next_cursor } = (await answer.json()) as {
      items: { channel: string; state: string }[]
      next_cursor: string | null
    }
    for (const { channel, state } of items) {
      const own = (counts[channel] ??= {})
      own[state] = (own[state] ?? 0) + 1
    }
    cursor = next_cursor
  } while (cursor !== null)
  return counts
}

const times = (list: string[]) => {
  const counted = new Map<string, number>()
  for (const each of list) counted.set(each, (counted.get(each) ?? 0) + 1)
  return counted
}
const sentence = /^【复电图】东一台区应已于.*恢复/

test('each message arrives once, though the server was killed in the middle of sending on every channel', async () => {
  server = await startServer(environment)
  await expect.poll(() => silent, { timeout: 60_000 }).toBe(4)
  await server.kill()
  for (const receiver of [centre, mailbox, push, hook]) receiver.answerAgain()
  server = await startServer(environment)

  const all = (state: string) => ({ [state]: households })
  await expect.poll(statesByChannel, { timeout: 180_000, interval: 1000 }).toEqual({
    ...{ sms: all('delivered'), mail: all('sent'), push: all('sent'), hook: all('sent') },
    ...(kannel && { gateway: all('delivered') }),
  })

  // SMS: receipts that name our number settle what was taken without an answer, so that it is not sent again.
  expect(centre.taken.map(({ to }) => to).toSorted()).toEqual(Array.from({ length: households }, (_, n) => phoneOf(n)))
  for (const { text } of centre.taken) expect(text).toMatch(sentence)

  // E-mail: what was taken without an answer comes again under the same Message-ID, which a mailbox files once.
  const letters = times(mailbox.mails.map(({ messageId }) => messageId))
  expect(letters.size).toBe(households)
  expect(mailbox.mails.length - households).toBeLessThanOrEqual(answered + atOnce)
  for (const { text } of mailbox.mails) expect(text).toMatch(sentence)

  // Web Push: the same, under a key that the page's service worker shows in one place.
  expect(new Set(push.pushed.map(({ said }) => said.key)).size).toBe(households)
  expect(new Set(push.pushed.map(({ browser, said }) => `${browser} ${said.key}`)).size).toBe(households)
  expect(push.pushed.length - households).toBeLessThanOrEqual(answered + atOnce)
  for (const { said, topic } of push.pushed)
    expect([topic, said.text, said.page]).toEqual([
      ...[said.key, expect.stringMatching(/点开这条通知/), expect.stringMatching(/^\/back\/[\w.-]+$/)],
    ])

  // Webhook: the same, under an Idempotency-Key, and each signed.
  expect(new Set(hook.calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(households)
  expect(hook.calls.length - households).toBeLessThanOrEqual(answered + atOnce)
  for (const { headers, body } of hook.calls) {
    const [timestamp, signature] = [String(headers['x-relight-timestamp']), String(headers['x-relight-signature'])]
    expect(isSigned(hookSecret, { timestamp, signature, body }, new Date(Number(timestamp) * 1000))).toBe(true)
  }
}, 400_000)

test.skipIf(!hasKannel)(
  'through Kannel to a centre each SMS arrives once, in Chinese, and its receipt comes back',
  () => {
    // Kannel cuts longer texts into parts.
    const begun = carrier.taken.filter(({ part }) => part === 1)
    expect(begun.map(({ to }) => to).toSorted()).toEqual(Array.from({ length: households }, (_, n) => phoneOf(n)))
    for (const { text } of begun) expect(text).toMatch(sentence)
  },
)
