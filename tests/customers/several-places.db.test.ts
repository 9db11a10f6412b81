// An account that is supplied at several places: whichever is worst off is told, and by name; what its holder asks for holds for each.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CustomerStatusView, PlaceView } from '../../server/contract/public.ts'
import type { PreferenceView } from '../../server/contract/subscriptions.ts'
import { unsubscribe } from '../../server/customers/subscribe.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.sql("update service_point set account_no = 'A101', phone = '139-0000-0101' where id in ('P301', 'P401')")
  await at.sql("update service_point set account_no = 'A101' where id = 'P501'")
  await at.sql(`insert into channel_config (channel, kind, settings) values ('mail', 'smtp', '{}')`)
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate preference, subscription')
})

const own = { account_no: 'A101', phone_last4: '0101' }
const status = async () =>
  (
    await at.call<CustomerStatusView>(
      'GET',
      '/api/customers/status?account_no=A101&phone_last4=0101',
      undefined,
      'public',
    )
  ).body
const myPlace = async () => (await at.call<PlaceView>('POST', '/api/customers/place', own, 'public')).body
const trip = (equipment_id: string, state: string) =>
  at.call('POST', '/api/telemetry', { equipment_id, state, commanded: false, at: at.clock.now })

it('is told of the one that is out, wherever it stands in the list', async () => {
  expect(await status()).toMatchObject({ kind: 'no_outage_known' })
  await trip('CB2', 'open')
  const out = await status()
  expect(out.kind).toBe('confirmed')
  expect(out.incident_id).toMatch(/^inc_/)
  expect(out.says.zh).toMatch(/^白沙配变自10:00起停电；.*您的户号有3处用电地点，这里说的是白沙大道1号。$/)
  expect(out.says.en).toMatch(
    /^白沙配变 has been out since 10:00; .* Your account has 3 places; this is about 白沙大道1号\.$/,
  )
  const place = await myPlace()
  expect(place).toMatchObject({ kind: 'confirmed', says: out.says })
  expect(place.why_neighbours).not.toBeNull()
})

it('is told so as long as any is out, though another is back', async () => {
  await trip('CB2', 'open')
  await trip('CB1', 'open')
  at.clock.now = new Date(at.clock.now.getTime() + 60_000)
  await trip('CB1', 'closed')
  expect((await status()).kind).toBe('confirmed')
  expect((await status()).says.en).toContain('白沙配变 has been out')
})

it('has what its holder asks for at each of its places, until the link in one message ends it', async () => {
  const asked = await at.call<PreferenceView>('PUT', '/api/customers/preferences', { ...own, language: 'en' }, 'public')
  expect(asked.body).toMatchObject({ language: 'en', by_phone: true })
  const wanted = { ...own, channel: 'mail', recipient: 'owner@example.cn' }
  expect((await at.call('POST', '/api/customers/subscriptions', wanted, 'public')).status).toBe(201)
  const points = [{ point: 'P101' }, { point: 'P301' }, { point: 'P401' }]
  expect(await at.sql('select service_point_id as point from preference order by 1')).toEqual(points)
  expect(await at.sql('select service_point_id as point from subscription order by 1')).toEqual(points)
  expect(await unsubscribe(at.database, await newestId())).toBe(true)
  expect(await at.sql('select from subscription')).toEqual([])
})

const newestId = async () => (await at.sql<{ id: number }>('select max(id)::integer as id from subscription'))[0]!.id
