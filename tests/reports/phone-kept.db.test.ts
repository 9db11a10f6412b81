// A number that the customer file keeps with dashes is found by its digits alone, over every way by which a number comes in.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { answerReply, type AnswerDeps } from '../../server/customers/index.ts'
import { submitReport } from '../../server/reports/index.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
const kept = { P203: '0750-3881234', P204: '138-0013-8000', P205: '+86 138 0013 9000' }
beforeAll(async () => {
  at = await openTestApp()
  for (const [id, phone] of Object.entries(kept))
    await at.sql('update service_point set phone = $2 where id = $1', [id, phone])
})
afterAll(() => at.close())

it('by a call and by a look-up', async () => {
  for (const [phone, id] of [
    ['07503881234', 'P203'],
    ['+86 750 3881234', 'P203'],
    ['13800138000', 'P204'],
    ['138-0013-9000', 'P205'],
  ]) {
    const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', phone })
    expect(body.located, phone).toMatchObject({ service_point_id: id, method: 'phone' })
    const path = `/api/service-points?phone=${encodeURIComponent(phone!)}`
    const found = await at.call<{ items: { id: string }[] }>('GET', path)
    expect(found.body.items, phone).toEqual([expect.objectContaining({ id })])
  }
})

it('by a short message', async () => {
  const replying: AnswerDeps = {
    database: at.database,
    now: () => at.clock.now,
    submit: (input, actor) => submitReport(at.deps, input, actor),
    keepWords: () => Promise.reject(new Error('was understood')),
  }
  await at.reset()
  await answerReply(replying, { from: '8613800138000', text: '0' })
  const placed = await at.sql('select service_point_id from report_location')
  expect(placed).toEqual([{ service_point_id: 'P204' }])
})
