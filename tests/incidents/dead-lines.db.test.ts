// Which lines stand without supply: on the region of tests/fixtures/region.ts, over HTTP.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { DeadLines } from '../../server/contract/dead-lines.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { pointsOf } from '../fixtures/region.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const dead = async () => (await at.call<DeadLines>('GET', '/api/dead-lines')).body.items
const report = async (account_no: string) => {
  const told = { channel: 'hotline', account_no, symptom: 'no_power' }
  return (await at.call<ReportAnswer>('POST', '/api/reports', told)).body.verdict.incident_id!
}
const step = async (id: string, verb: string, body: object) =>
  expect((await at.call('POST', `/api/incidents/${id}/${verb}`, body)).status).toBe(200)

it('are all that a confirmed device feeds, whatever kind it is', async () => {
  const id = await report('A201')
  await step(id, 'confirm', { equipment_id: 'RA' })
  expect(await dead()).toEqual([{ incident_id: id, certain: true, equipment_ids: ['RA', 'FA'] }])
  await step(id, 'confirm', { equipment_id: 'CB1' })
  expect(await dead()).toEqual([{ incident_id: id, certain: true, equipment_ids: ['CB1', 'LA', 'RA', 'FA'] }])
})

it('are lit again up to whoever has come back, and dead beyond', async () => {
  const id = await report('A101')
  await step(id, 'confirm', { equipment_id: 'CB1' })
  await step(id, 'restore', { transformer_ids: ['T1', 'T2'] })
  expect(await dead()).toEqual([{ incident_id: id, certain: true, equipment_ids: ['FA'] }])
  await step(id, 'restore', { transformer_ids: ['T3'] })
  expect(await dead()).toEqual([])
})

it('are none below a transformer, and not certain while the device is only inferred', async () => {
  await report('A401')
  expect(await dead()).toEqual([])
  const metered = [...pointsOf('T5'), ...pointsOf('T6')].filter((point) => point !== 'P606')
  const off = metered.map((point) => ({ meter_no: `M${point.slice(1)}`, kind: 'power_off', at: minute(0) }))
  await at.call('POST', '/api/meter-events', off)
  const [only, ...others] = await dead()
  expect(others).toEqual([])
  expect(only).toMatchObject({ certain: false, equipment_ids: ['FB'] })
})

it('are for staff alone', async () => {
  expect((await at.call('GET', '/api/dead-lines', undefined, 'wall')).status).toBe(200)
  expect((await at.call('GET', '/api/dead-lines', undefined, 'crew:C1')).status).toBe(403)
})
