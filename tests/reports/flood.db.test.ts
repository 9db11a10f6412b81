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

it('takes six hundred reports a minute from one address, over whatever door, then says why not and when again', async () => {
  const here = nextAddress()
  for (let each = 0; each < 200; each++) {
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
  // Whoever is signed in is never counted, at either door, nor is who reports from elsewhere.
  const token = { authorization: 'Bearer token-dispatcher' }
  expect((await report(here, nowhere, token)).status).toBe(201)
  const service = new URLSearchParams({ service_code: 'dim', address_string: '哪里也不是' })
  expect((await post('/open311/v2/requests.json', here, service, token)).status).toBe(201)
  expect((await report(nextAddress(), nowhere)).status).toBe(201)
  at.clock.now = minute(1)
  expect((await report(here, nowhere)).status).toBe(201)
})

it('counts the numbers that place a report later, too', async () => {
  const here = nextAddress()
  const answer = (await (await report(here, nowhere)).json()) as ReportAnswer
  const placed = (phone: string) =>
    post(`/api${answer.follow}/place`, here, JSON.stringify({ phone }), { 'content-type': 'application/json' })
  for (let each = 0; each < 600; each++) await placed(`139${String(each).padStart(8, '0')}`)
  expect((await placed('13900000999')).status).toBe(429)
})
