// A refused step over HTTP on the small region: whoever asks for Chinese is answered in Chinese, everybody else in English.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

/** The same refused call, as a Chinese screen, an English one, a client that names neither, and one that names none asks it. */
async function ask(path: string, body: object, as: Asker = 'dispatcher') {
  const asked = ['zh-CN,en;q=0.5', 'en-GB,zh;q=0.5', 'fr', undefined].map((language) =>
    at.call<Problem>('POST', path, body, as, language === undefined ? {} : { 'accept-language': language }),
  )
  const [zh, ...rest] = (await Promise.all(asked)).map((answer) => answer.body)
  expect(new Set(rest.map(({ detail }) => detail)).size).toBe(1)
  expect(zh).toEqual({ ...rest[0], detail: zh!.detail })
  return { zh: zh!.detail, en: rest[0]!.detail }
}

const reported = async () =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A201' })).body.verdict
    .incident_id!

it('says in the reader’s language why a step of an incident is out of order, with its states in words', async () => {
  const id = await reported()
  const { status } = (await at.call<IncidentSummary>('GET', `/api/incidents/${id}`)).body
  expect(await ask(`/api/incidents/${id}/verify`, {})).toEqual({
    zh: `停电事件 ${id} 的状态是“疑似”：“已核实有电”只能用于“已复电”“已关闭”的事件`,
    en: `Incident ${id} is ${status}: verify is for one that is restored, closed`,
  })
})

it('says so to a crew about its assignment, and to whoever may not', async () => {
  const id = await reported()
  await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id: 'CB1' })
  const offered = { crew_id: 'C1', role: 'lead' }
  const assignment = (await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, offered)).body.id
  expect(await ask(`/api/assignments/${assignment}/finish`, {}, 'crew:C1')).toEqual({
    zh: `工单 ${assignment} 的状态是“待接单”：“完工”只能在“已到场”时做`,
    en: `Assignment ${assignment} is offered: finish follows on_site`,
  })
  expect(await ask(`/api/incidents/${id}/close`, {}, 'wall')).toEqual({
    zh: '大屏不能做这一步，调度员可以',
    en: 'The role wall may not do this; dispatcher may',
  })
})

it('names the fields that are wrong, whatever a schema says of them in English', async () => {
  const id = await reported()
  const { zh, en } = await ask(`/api/incidents/${id}/cancel`, {})
  expect(zh).toBe('请检查这些项：原因')
  expect(en).toContain('reason: ')
})
