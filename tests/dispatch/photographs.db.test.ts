// Photographs over HTTP: whose they are, what they may be, each kept once.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import { largestPhotograph_bytes, mostPhotographs } from '../../server/contract/photograph-limits.ts'
import type { PhotographView } from '../../server/contract/photographs.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { minute, openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'

/** The smallest thing that begins as a JPEG does, then bytes that are no text. */
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x80, 0xfe, 0xc3, 0x28, 0xff, 0xd9])

let at: TestApp
let incident: string
let job: string
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  const report = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A301' })
  incident = report.body.verdict.incident_id!
  job = (await at.call<AssignmentView>('POST', `/api/incidents/${incident}/assignments`, { crew_id: 'C3' })).body.id
  await at.call('POST', `/api/assignments/${job}/accept`, {}, 'crew:C3')
})

async function send(picture: Uint8Array, as: Asker = 'crew:C3', key = '', query = '') {
  const answer = await at.app.request(`/api/assignments/${job}/photographs${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer token-${as}`,
      'content-type': 'image/jpeg',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: picture as Uint8Array<ArrayBuffer>,
  })
  return { status: answer.status, body: (await answer.json()) as PhotographView & Pick<Problem, 'detail'> }
}
const list = async () =>
  (await at.call<{ items: PhotographView[] }>('GET', `/api/incidents/${incident}/photographs`)).body.items

test('a photograph sent twice under one key is kept once, byte for byte, with the time it was taken', async () => {
  at.clock.now = minute(30)
  const query = `?taken_at=${encodeURIComponent(minute(4).toISOString())}`
  const first = await send(jpeg, 'crew:C3', 'once', query)
  const again = await send(jpeg, 'crew:C3', 'once', query)
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body.id).toBe(first.body.id)
  expect(await list()).toMatchObject([{ crew_id: 'C3', taken_at: minute(4).toISOString(), size_bytes: jpeg.length }])
  const answer = await at.app.request(`/api/photographs/${first.body.id}`, {
    headers: { authorization: 'Bearer token-dispatcher' },
  })
  expect(answer.headers.get('content-type')).toBe('image/jpeg')
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(jpeg)
  const { body } = await at.call<IncidentView>('GET', `/api/incidents/${incident}`)
  expect(body.timeline.filter(({ name, step }) => name === 'assignment' && step === 'photographed')).toHaveLength(1)
})

test('what is no picture, too large, too many, another’s, early or from the future is refused in one sentence', async () => {
  expect(await send(new TextEncoder().encode('<svg onload="alert(1)"/>'))).toMatchObject({ status: 400 })
  expect(await send(new Uint8Array(0))).toMatchObject({ status: 400 })
  const large = new Uint8Array(largestPhotograph_bytes + 1)
  large.set(jpeg)
  expect(await send(large)).toMatchObject({ status: 413 })
  expect(await send(jpeg, 'crew:C1')).toMatchObject({ status: 403 })
  expect(await send(jpeg, 'wall')).toMatchObject({ status: 403 })
  const future = `?taken_at=${encodeURIComponent(minute(60).toISOString())}`
  expect(await send(jpeg, 'crew:C3', '', future)).toMatchObject({ status: 422 })
  for (let sent = 0; sent < mostPhotographs; sent++) expect((await send(jpeg)).status).toBe(201)
  expect((await send(jpeg)).body.detail).toContain(`${mostPhotographs} photographs`)
  await at.call('POST', `/api/assignments/${job}/withdraw`, { reason: 'test' })
  expect(await send(jpeg)).toMatchObject({ status: 409 })
})

test('what the crew found and the one-visit list go with the assignment', async () => {
  for (const step of ['depart', 'arrive']) await at.call('POST', `/api/assignments/${job}/${step}`, {}, 'crew:C3')
  const findings = { restored: true, cause: 'equipment', customer_side: false, visit: { voltage_v: 221, meter: true } }
  await at.call('POST', `/api/assignments/${job}/finish`, { findings }, 'crew:C3')
  const { body } = await at.call<IncidentView>('GET', `/api/incidents/${incident}`)
  expect(body.assignments[0]!.findings).toMatchObject(findings)
})
