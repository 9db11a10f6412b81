// A call that names an account with several places is placed at one of them by what else it says, and never at somebody else's.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.sql("update service_point set account_no = 'A201' where id in ('P201', 'P301', 'P302')")
})
afterAll(() => at.close())

const call = async (input: object) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A201', ...input })).body

it('is not taken to where the number that the call came from is at home', async () => {
  const answer = await call({ phone: '13900000501' })
  expect(answer).toMatchObject({ located: null, verdict: { kind: 'unlocated', rule: 'several_places' } })
  expect(answer.candidates!.map((each) => each.service_point_id)).toEqual(['P201', 'P301', 'P302'])
  expect((await call({ meter_no: 'M501' })).located).toBeNull()
})

it('is taken to the one of them that the number, the meter or the address names', async () => {
  expect((await call({ phone: '13900000201' })).located).toMatchObject({ service_point_id: 'P201', method: 'phone' })
  expect((await call({ meter_no: 'M301' })).located).toMatchObject({ service_point_id: 'P301', method: 'meter' })
  expect((await call({ address: '龙溪花园2号' })).located).toMatchObject({ service_point_id: 'P302' })
})

it('is placed by the number where nobody has the account', async () => {
  const { located } = await call({ account_no: 'NOBODY', phone: '13900000501' })
  expect(located).toMatchObject({ service_point_id: 'P501', method: 'phone' })
})
