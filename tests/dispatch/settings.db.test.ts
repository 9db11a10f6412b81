// The settings of dispatch: each change is in the event log with what stood before, the last can be taken back, and of two at once
// the later is told of the earlier.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DispatchSettings } from '../../server/contract/clocks.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())

const path = '/api/dispatch/settings'
const read = async () => (await at.call<DispatchSettings>('GET', path)).body
const arrival = async () =>
  (await read()).limits.find((each) => each.kind === 'arrive' && each.district_kind === 'urban' && !each.important)!

it('keeps who changed what and what stood before, and takes the last change back', async () => {
  const before = await arrival()
  await at.call('PUT', path, { limits: [{ ...before, limit_s: 1800 }] })
  const { body } = await at.call<DispatchSettings>('PUT', path, { automatic: [{ class: 'hazard', is_on: true }] })
  expect(
    body.changes?.map(({ actor, step, after }) => [actor, step, after.automatic.length, after.limits.length]),
  ).toEqual([
    ['dispatcher', 'set', 1, 0],
    ['dispatcher', 'set', 0, 1],
  ])
  const [last, first] = body.changes!
  const stale = await at.call<Problem>('POST', `${path}/undo`, { seq: first!.seq })
  expect([stale.status, stale.body.type]).toEqual([409, 'urn:relight:stale'])
  const undone = await at.call<DispatchSettings>('POST', `${path}/undo`, { seq: last!.seq })
  expect(undone.body.automatic.find((each) => each.class === 'hazard')?.is_on).toBe(false)
  expect(undone.body.changes?.[0]).toMatchObject({ step: 'undone', actor: 'dispatcher' })
  expect((await arrival()).limit_s).toBe(1800)
  const logged = await at.sql(`select from event_log where subject_id = 'dispatch_settings'`)
  expect(logged).toHaveLength(3)
})

it('writes nothing where nothing is changed', async () => {
  const { changes } = await read()
  await at.call('PUT', path, { automatic: [{ class: 'hazard', is_on: false }], limits: [await arrival()] })
  expect((await read()).changes).toEqual(changes)
})

it('refuses what was decided on older settings than another left, and lets nobody else change them', async () => {
  const seen = String((await read()).changes![0]!.seq)
  const put = (as: 'dispatcher' | 'administrator' | 'wall', is_on: boolean) =>
    at.call<Problem>('PUT', path, { automatic: [{ class: 'transformer', is_on }] }, as, { 'if-match': seen })
  expect((await put('administrator', true)).status).toBe(200)
  const late = await put('dispatcher', false)
  expect([late.status, late.body.changes?.[0]?.actor]).toEqual([409, 'administrator'])
  expect((await put('wall', false)).status).toBe(403)
  expect((await at.call('POST', `${path}/undo`, { seq: 1 }, 'wall')).status).toBe(403)
})
