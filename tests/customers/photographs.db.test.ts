// A customer's photograph: added by the link that follows a report, seen by staff, never in the way of the report itself.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ReportPhotographView } from '../../server/contract/photographs.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
let tests = 0
beforeEach(async () => {
  await at.reset()
  // Only so many pictures a minute come from one address.
  at.clock.now = minute(10 * tests++)
})

const jpeg = (size = 2000) => new Uint8Array(size).fill(7).fill(0xff, 0, 1).fill(0xd8, 1, 2).fill(0xff, 2, 3)
const report = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', account_no }, 'public')).body
const send = (follow: string, body: Uint8Array, type = 'image/jpeg') =>
  at.app.request(`/api${follow}/photographs`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Blob([new Uint8Array(body)]),
  })
const sendForm = (follow: string, picture: Blob) => {
  const form = new FormData()
  form.set('photograph', picture, 'p.jpg')
  return at.app.request(`${follow}/photograph?lang=en`, { method: 'POST', body: form })
}
const listed = async (incident: string) =>
  (await at.call<{ items: ReportPhotographView[] }>('GET', `/api/incidents/${incident}/report-photographs`)).body.items

it('is kept with the report and shown to staff with its incident, also where that was merged into another', async () => {
  const { id, follow, verdict } = await report('A301')
  expect((await send(follow, jpeg())).status).toBe(201)
  expect((await sendForm(follow, new Blob([jpeg(3000)]))).status).toBe(200)
  const incident = verdict.incident_id!
  const items = await listed(incident)
  expect(items).toMatchObject([
    { report_id: id, media_type: 'image/jpeg', size_bytes: 2000 },
    { report_id: id, media_type: 'image/jpeg', size_bytes: 3000 },
  ])
  const picture = await at.app.request(`/api/report-photographs/${items[0]!.id}`, {
    headers: { authorization: 'Bearer token-dispatcher' },
  })
  expect(picture.headers.get('content-type')).toBe('image/jpeg')
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(jpeg())
  const other = await report('A105')
  expect(other.verdict.incident_id).not.toBe(incident)
  await at.call('POST', `/api/incidents/${other.verdict.incident_id}/merge`, { incident_ids: [incident] })
  expect(await listed(other.verdict.incident_id!)).toHaveLength(2)
  expect(await at.sql("select step from event_log where name = 'report' and step = 'photographed'")).toHaveLength(2)
})

it('is refused where it is too large, no picture, one too many, or for a link that nobody has; the report stands', async () => {
  const { follow } = await report('A201')
  expect((await send(follow, jpeg(2_000_001))).status).toBe(413)
  expect((await send(follow, new TextEncoder().encode('<svg onload=alert(1)>'))).status).toBe(400)
  expect((await send('/follow/nobody-has-this', jpeg())).status).toBe(404)
  expect((await sendForm(follow, new Blob(['no picture']))).status).toBe(400)
  for (let kept = 0; kept < 3; kept++) expect((await send(follow, jpeg())).status).toBe(201)
  expect((await send(follow, jpeg())).status).toBe(422)
  at.clock.now = minute(15)
  expect((await sendForm('/follow/nobody-has-this', new Blob([jpeg()]))).status).toBe(404)
  const page = await at.app.request(`${follow}?lang=en`)
  expect([page.status, (await page.text()).includes('Add it')]).toEqual([200, true])
})

it('is nobody’s to see but staff’s', async () => {
  const { follow, verdict } = await report('A201')
  await send(follow, jpeg())
  const [kept] = await listed(verdict.incident_id!)
  expect((await at.call('GET', `/api/report-photographs/${kept!.id}`, undefined, 'public')).status).toBe(401)
  const list = `/api/incidents/${verdict.incident_id}/report-photographs`
  expect((await at.call('GET', list, undefined, 'public')).status).toBe(401)
})
