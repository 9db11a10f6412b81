// What the inference takes for granted over HTTP: history is shown, an administrator adopts it, nothing changes by itself.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { LearningView } from '../../server/contract/learning.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { defaultParameters } from '../../server/incidents/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.sql('truncate adopted_learning')
  await at.reset()
})

const read = async () => (await at.call<LearningView>('GET', '/api/inference')).body
const adopt = (body: object = {}) =>
  at.call<LearningView & { detail: string }>('POST', '/api/inference/adopt', body, 'administrator')
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!

/** A fuse that fails, is repaired and closed, so many times. */
async function fuseFails(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    at.clock.now = minute(time * 24 * 60)
    const id = await call('A301')
    await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id: 'FA' })
    at.clock.now = minute(time * 24 * 60 + 30)
    await at.call('POST', `/api/incidents/${id}/restore`, {})
    await at.call('POST', `/api/incidents/${id}/close`, {})
  }
}

it('counts closed incidents by kind and shows what they teach, while the built-in shares stay in use', async () => {
  await fuseFails(3)
  const { in_use, learned } = await read()
  expect(in_use).toMatchObject({ source: 'built_in', adopted_by: null, kind_shares: defaultParameters.kindShares })
  expect(learned.failures).toEqual({ fuse: 3 })
  expect(learned.kind_shares.fuse).toBeCloseTo((3 + 50 * 0.17) / 53, 6)
  expect(at.deps.grid.current.parameters.kindShares).toEqual(defaultParameters.kindShares)
})

it('infers by what was adopted from then on, on every server that reads it', async () => {
  const kind_shares = { ...defaultParameters.kindShares, fuse: 0.62, service_point: 0 }
  const likelyFuse = async () => {
    for (const account of ['A301', 'A302']) await call(account)
    const id = await call('A303')
    const { equipment, probability, rivals } = (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
    return equipment.id === 'FA' ? probability : (rivals.find((each) => each.equipment_id === 'FA')?.probability ?? 0)
  }
  const before = await likelyFuse()
  await at.reset()
  const adopted = await adopt({ kind_shares, note: 'three blown fuses a week' })
  expect(adopted.body.in_use).toMatchObject({ source: 'adopted', adopted_by: 'administrator', kind_shares })
  expect(await likelyFuse()).toBeGreaterThan(before)
  const second = await at.second()
  expect(second.deps.grid.current.parameters.kindShares).toEqual(kind_shares)
})

it('adopts what history teaches where nothing is given', async () => {
  await fuseFails(2)
  const { learned } = await read()
  expect((await adopt()).body.in_use).toMatchObject({
    kind_shares: learned.kind_shares,
    call_rates: learned.call_rates,
  })
})

it('refuses shares that do not add up, and everybody but an administrator', async () => {
  const refused = await adopt({ kind_shares: { ...defaultParameters.kindShares, fuse: 0.9 } })
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('add up to 1.730') } })
  expect((await adopt({ call_rates: [{ rate: 1.5, weight: 1 }] })).status).toBe(400)
  expect((await at.call('POST', '/api/inference/adopt', {}, 'dispatcher')).status).toBe(403)
  expect((await read()).in_use.source).toBe('built_in')
})
