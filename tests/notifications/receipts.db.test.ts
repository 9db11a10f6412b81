// A receipt that names its message by our number and whom it went to settles it, however the customer file writes that number.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hearReceipt } from '../../server/notifications/receipts.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())

it('is heard of a number kept with dashes, which the message centre never saw', async () => {
  await at.sql(
    "insert into matter (key, kind, template, bodies, words) values ('told', 'outage_known', '1', '{}', '{}')",
  )
  const [{ id }] = (await at.sql<{ id: string }>(
    `insert into notification (matter_id, service_point_id, channel, language, recipient, state, tries, next_try_at)
     select id, 'P301', 'sms', 'zh', '0750-3881234', 'sending', 1, $1 from matter returning id`,
    [minute(1)],
  )) as [{ id: string }]
  const receipt = { step: 'arrived', reason: null, providerId: 'c-1' } as const
  const about = (recipient: string) => ({ ...receipt, reference: { low: Number(id) % 65536, recipient } })
  expect(await hearReceipt(at.database, 'sms', about('07503881235'), minute(0))).toBe(false)
  expect(await hearReceipt(at.database, 'sms', about('07503881234'), minute(0))).toBe(true)
  expect(await at.sql('select state from notification')).toEqual([{ state: 'delivered' }])
})
