// What customers send back through Kannel: its own `sms-service` calls this service, and gives them the answer.
import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { putChannel } from '../../server/notifications/configure.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'
import { freePort } from '../fixtures/free-port.ts'
import { hasKannel, startKannel, type Kannel } from '../fixtures/kannel.ts'
import { openMessageCentre, type MessageCentre } from '../fixtures/message-centre.ts'

/** A loaded machine takes its time; no test measures it. */
const slow = { timeout: 30_000 }
const token = 'replies-of-the-tests'
const customer = '13900000301'

let at: TestApp
let server: Server
let port = 0
let centre: MessageCentre
let kannel: Kannel | null = null

beforeAll(async () => {
  at = await openTestApp()
  port = await freePort()
  server = serve({ fetch: at.app.fetch, port, hostname: '127.0.0.1' }) as Server
  const account = { url: 'http://127.0.0.1:9/', username: 'relight', password: 'a-password-of-tests', from: '95598' }
  const settings = { ...account, replies_token: token }
  await putChannel(at.database, 'gateway', { kind: 'kannel', settings, rate_per_s: null, stopped: false }, new Date())
})
afterAll(async () => {
  server.close()
  await at.close()
})
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate request, request_step')
  centre = await openMessageCentre()
})
afterEach(async () => {
  await kannel?.close()
  kannel = null
  centre.close()
})

const address = (own = token) => `http://127.0.0.1:${port}/api/replies/gateway/${own}`
const reports = () => at.sql('select channel, phone, said from report')

for (const { how, url } of [
  { how: 'get-url', url: () => `${address()}?from=%p&to=%P&text=%b&charset=%C` },
  { how: 'post-url', url: address },
] as const)
  test.skipIf(!hasKannel)(`Kannel’s ${how} brings “还没来电” as a report, and its answer in Chinese back`, async () => {
    kannel = await startKannel(centre.port, { how, url: url() })
    centre.give(customer, '还没来电')
    await expect.poll(reports, slow).toEqual([{ channel: 'sms', phone: customer, said: '还没来电' }])
    await expect.poll(() => centre.taken.map(({ to }) => to), slow).toContain(customer)
    expect(centre.taken[0]!.text).toMatch(/^已受理/)
  })

test('another address, or another token, is nobody’s', async () => {
  const ask = async (url: string) => (await fetch(`${url}?from=${customer}&text=0`)).status
  expect(await ask(address('replies-of-somebody'))).toBe(404)
  expect(await ask(address().replace('gateway', 'print'))).toBe(404)
  expect(await reports()).toEqual([])
  expect(await ask(address())).toBe(200)
})

test('the text is read in whichever coding it comes', async () => {
  const utf16 = [...Buffer.from('没电', 'utf16le').swap16()].map((each) => `%${each.toString(16).padStart(2, '0')}`)
  for (const text of [utf16.join(''), encodeURIComponent('没电'), '%000'])
    expect((await fetch(`${address()}?from=${customer}&text=${text}`)).status).toBe(200)
  expect(new Set((await reports()).map((each) => (each as { said: string }).said))).toEqual(new Set(['没电', '0']))
})
