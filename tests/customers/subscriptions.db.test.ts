// What a customer asks for, by account and the last digits of the phone; and that it is kept to.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import type { PreferenceView } from '../../server/contract/subscriptions.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.sql(`insert into channel_config (channel, kind, settings) values ('mail', 'smtp', '{}')`)
  await at.sql(`update notification_setting set public_url = 'https://power.example'`)
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate preference, subscription')
})

const own = (point: string) => ({ account_no: `A${point}`, phone_last4: `0${point}` })
const put = (point: string, wanted: object = {}) =>
  at.call<PreferenceView>('PUT', '/api/customers/preferences', { ...own(point), ...wanted }, 'public')
const subscribe = (point: string, wanted: object) =>
  at.call<Problem & { id: number }>('POST', '/api/customers/subscriptions', { ...own(point), ...wanted }, 'public')
const messages = async (point: string) =>
  (await at.call<{ items: NotificationView[] }>('GET', `/api/notifications?service_point_id=P${point}`)).body.items
async function outAtNight(): Promise<void> {
  at.clock.now = minute(12 * 60 + 30)
  const call = { channel: 'hotline', account_no: 'A301' }
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', call)
  await at.call('POST', `/api/incidents/${body.verdict.incident_id}/confirm`, { equipment_id: 'T3' })
}

test('what is left out stays as it is; a wrong ending of the phone changes nothing', async () => {
  expect((await put('301', { language: 'en', quiet_from: '22:00', quiet_to: '07:00' })).body).toEqual({
    language: 'en',
    by_phone: true,
    at_night: false,
    quiet_from: '22:00',
    quiet_to: '07:00',
    subscriptions: [],
  })
  expect((await put('301', { by_phone: false })).body).toMatchObject({
    language: 'en',
    quiet_from: '22:00',
    by_phone: false,
  })
  expect((await put('301', { quiet_from: null, quiet_to: null })).body.quiet_from).toBeNull()
  expect((await put('301', { quiet_from: '22:00' })).status).toBe(400)
  const stranger = { account_no: 'A301', phone_last4: '9999', by_phone: true }
  expect((await at.call('PUT', '/api/customers/preferences', stranger, 'public')).status).toBe(404)
})

test('messages come in the customer’s language, on the channels asked for, and not in their own quiet hours', async () => {
  await put('302', { language: 'en', quiet_from: '22:00', quiet_to: '07:00' })
  await put('303', { by_phone: false })
  await subscribe('303', { channel: 'mail', recipient: 'three@example.cn', language: 'en' })
  await outAtNight()
  const [quiet] = await messages('302')
  expect(quiet!.text).toContain('has been out since')
  expect(quiet!.next_try_at).toBe('2026-07-01T23:00:00.000Z')
  const told = await messages('303')
  expect(told.map((each) => each.channel)).toEqual(['mail'])
  expect(told[0]!.text).toMatch(/Unsubscribe: https:\/\/power\.example\/unsubscribe\/[\w.-]+/)
  const [plain] = await messages('304')
  expect(plain!.next_try_at).toBe(minute(12 * 60 + 30).toISOString())
  expect(plain!.text).not.toContain('退订')
})

test('the link in a message ends its subscription, and only by the button', async () => {
  await subscribe('305', { channel: 'mail', recipient: 'five@example.cn' })
  await outAtNight()
  const mail = (await messages('305')).find((each) => each.channel === 'mail')!
  const link = /\/unsubscribe\/[\w.-]+/.exec(mail.text)![0]
  expect((await at.app.request(link)).status).toBe(200)
  expect((await at.sql('select from subscription')).length).toBe(1)
  expect((await at.app.request(link, { method: 'POST' })).status).toBe(200)
  expect((await at.sql('select from subscription')).length).toBe(0)
  expect((await at.app.request('/unsubscribe/1.AAAAAAAAAAAAAAA', { method: 'POST' })).status).toBe(404)
})

test('an address that cannot be reached, or a channel that is not for customers, is refused with the reason', async () => {
  const wrong = await subscribe('306', { channel: 'mail', recipient: 'not an address' })
  expect([wrong.status, wrong.body.detail]).toEqual([400, 'recipient: an e-mail address'])
  expect((await subscribe('306', { channel: 'print', recipient: 'somebody' })).status).toBe(422)
})

test('the form without JavaScript does the same, and says what is wrong', async () => {
  const post = (fields: Record<string, string>) =>
    at.app.request('/api/public/subscribe?lang=en', { method: 'POST', body: new URLSearchParams(fields) })
  const form = await (await at.app.request('/api/public/subscribe?lang=en')).text()
  expect(form).toContain('name="phone_last4"')
  const filled = {
    ...own('307'),
    email: 'seven@example.cn',
    language: 'en',
    by_phone: 'on',
    quiet_from: '',
    quiet_to: '',
  }
  const good = await post(filled)
  expect(await good.text()).toContain('Saved.')
  expect(await at.sql('select recipient, language from subscription')).toEqual([
    { recipient: 'seven@example.cn', language: 'en' },
  ])
  const bad = await post({ ...filled, phone_last4: '0000' })
  expect(bad.status).toBe(400)
  expect(await bad.text()).toContain('role="alert"')
})
