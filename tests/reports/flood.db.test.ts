// A flood of reports from one place: refused with a reason, while whoever is signed in or elsewhere goes on being heard.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Problem } from '../../server/contract/shapes.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

/** One address a test, so that none counts for another. */
let place = 0
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })
const post = (path: string, address: string, body: BodyInit, headers: Record<string, string> = {}) =>
  Promise.resolve(at.app.request(path, { method: 'POST', headers, body }, from(address)))
const report = (address: string, input: object, headers: Record<string, string> = {}) =>
  post('/api/reports', address, JSON.stringify({ channel: 'web', ...input }), {
    'content-type': 'application/json',
    ...headers,
  })
const nextAddress = () => `192.0.2.${++place}`
const nowhere = { address: '哪里也不是' }
const open311 = (address: string) =>
  post('/open311/v2/requests.json', address, new URLSearchParams({ service_code: 'dim', address_string: '哪里也不是' }))
const form = (address: string) =>
  post('/api/public/report-form?lang=en', address, new URLSearchParams({ address: '哪里也不是' }))

it('takes thirty reports a minute from one address, over whatever door, then says why not and when again', async () => {
  const here = nextAddress()
  for (let each = 0; each < 10; each++) {
    expect((await report(here, nowhere)).status).toBe(201)
    expect((await open311(here)).status).toBe(201)
    expect((await form(here)).status).toBe(200)
  }
  const refused = await report(here, nowhere, { 'accept-language': 'zh' })
  expect([refused.status, refused.headers.get('content-type'), refused.headers.get('retry-after')]).toEqual([
    429,
    'application/problem+json',
    '60',
  ])
  expect(((await refused.json()) as Problem).detail).toContain('95598')
  const other = await open311(here)
  expect([other.status, other.headers.get('retry-after')]).toEqual([429, '60'])
  expect(await other.json()).toEqual([{ code: '429', description: expect.stringContaining('95598') }])
  const page = await form(here)
  expect([page.status, page.headers.get('retry-after')]).toEqual([429, '60'])
  expect(await page.text()).toContain('95598')
  expect((await report(nextAddress(), nowhere)).status).toBe(201)
  at.clock.now = minute(1)
  expect((await report(here, nowhere)).status).toBe(201)
})

it('takes three hundred an hour from one address', async () => {
  const here = nextAddress()
  for (let each = 0; each < 300; each++) {
    at.clock.now = minute(each / 20)
    await open311(here)
  }
  at.clock.now = minute(50)
  const refused = await open311(here)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600'])
})

it('counts a repeat of the same key as the report that it is', async () => {
  const here = nextAddress()
  const key = { 'idempotency-key': 'the-same' }
  const first = (await (await report(here, nowhere, key)).json()) as ReportAnswer
  for (let each = 0; each < 29; each++) await report(here, nowhere)
  expect((await report(here, nowhere)).status).toBe(429)
  const again = await report(here, nowhere, key)
  expect([again.status, ((await again.json()) as ReportAnswer).id]).toEqual([201, first.id])
  expect((await report(here, nowhere, { 'idempotency-key': 'another' })).status).toBe(429)
})

it('never counts whoever is signed in, at either door', async () => {
  const here = nextAddress()
  const token = { authorization: 'Bearer token-dispatcher' }
  for (let each = 0; each < 40; each++) expect((await report(here, nowhere, token)).status).toBe(201)
  const service = new URLSearchParams({ service_code: 'dim', address_string: '哪里也不是' })
  for (let each = 0; each < 40; each++)
    expect((await post('/open311/v2/requests.json', here, service, token)).status).toBe(201)
})

it('lets one address ask for sixty different numbers in a quarter of an hour, and for the same again', async () => {
  const here = nextAddress()
  for (let each = 0; each < 60; each++) {
    at.clock.now = minute(each / 10)
    expect((await report(here, { account_no: `X${each}` })).status).toBe(201)
  }
  at.clock.now = minute(8)
  const refused = await report(here, { meter_no: 'M1' })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '420'])
  expect(((await refused.json()) as Problem).detail).toContain('address')
  expect((await report(here, { account_no: 'X1' })).status).toBe(201)
  const answer = (await (await report(here, nowhere)).json()) as ReportAnswer
  const placed = await post(`/api${answer.follow}/place`, here, '{"phone":"13900000103"}', {
    'content-type': 'application/json',
  })
  expect(placed.status).toBe(429)
})
