// The ledger is fed by every estimate that is published, and scores it once supply is back.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EstimateLedger } from '../../server/contract/ledger.ts'
import type { PublicSummary } from '../../server/contract/public.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const step = (id: string, verb: string, body: object = {}) => at.call('POST', `/api/incidents/${id}/${verb}`, body)
const ledger = async () => (await at.call<EstimateLedger>('GET', '/api/estimates/ledger')).body

async function confirmed(): Promise<string> {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A101' })
  const id = body.verdict.incident_id!
  await step(id, 'confirm', { equipment_id: 'T1' })
  await at.sql('delete from estimate_said')
  return id
}

test('each estimate said is scored when supply is back, by the cause and the stage as known when it was said', async () => {
  const id = await confirmed()
  await step(id, 'estimate', { at: minute(60), low: minute(50), high: minute(70) })
  await step(id, 'cause', { cause: 'vegetation' })
  at.clock.now = minute(30)
  const { id: assignment } = (
    await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
  ).body
  await at.call('POST', `/api/assignments/${assignment}/accept`, {}, 'crew:C1')
  await at.sql("delete from estimate_said where source <> 'dispatcher'")
  await step(id, 'estimate', { at: minute(100), low: minute(90), high: minute(110) })
  expect((await ledger()).all).toMatchObject({ count: 0, error_s: null })
  at.clock.now = minute(95)
  await step(id, 'restore', { at: minute(94) })
  const { all, by_cause, by_stage } = await ledger()
  expect(all).toMatchObject({ count: 2, error_s: 20 * 60, bias_s: 14 * 60, late_share: 0.5, inside_share: 0.5 })
  expect(by_cause).toMatchObject({
    unknown: { count: 1, bias_s: 34 * 60, inside_share: 0 },
    vegetation: { count: 1, bias_s: -6 * 60, inside_share: 1 },
  })
  expect(Object.keys(by_stage).sort()).toEqual(['accepted', 'no_crew'])
  const { body } = await at.call<PublicSummary>('GET', '/api/public/summary', undefined, 'public')
  expect(body.estimates).toMatchObject({ count: 2, error_s: 1200 })
})

test('strangers get the sum only', async () => {
  expect((await at.call('GET', '/api/estimates/ledger', undefined, 'public')).status).toBe(401)
  const turned = `since=${minute(5).toISOString()}&until=${minute(0).toISOString()}`
  expect((await at.call('GET', `/api/estimates/ledger?${turned}`)).status).toBe(400)
})
