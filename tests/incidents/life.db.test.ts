// The life of an incident over HTTP: its steps and every refusal, telemetry, meters, and the interruptions that it all means.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary, IncidentView, MeterCounts, TelemetryAnswer } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const step = (id: string, verb: string, body: object = {}) =>
  at.call<IncidentSummary & Omit<Problem, 'status'>>('POST', `/api/incidents/${id}/${verb}`, body)
const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const open = async () =>
  (
    await at.call<{ items: IncidentSummary[] }>(
      'GET',
      '/api/incidents?status=suspected,probable,confirmed,partly_restored',
    )
  ).body.items
const call = async (account_no: string, symptom = 'no_power') =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no, symptom })).body
const tell = async (equipment_id: string, state: 'open' | 'closed', minutes: number, commanded = false) =>
  (await at.call<TelemetryAnswer>('POST', '/api/telemetry', { equipment_id, state, commanded, at: minute(minutes) }))
    .body
const meters = async (...events: [meter_no: string, kind: string, minutes: number][]) =>
  (
    await at.call<MeterCounts>(
      'POST',
      '/api/meter-events',
      events.map(([meter_no, kind, minutes]) => ({ meter_no, kind, at: minute(minutes) })),
    )
  ).body

/** An incident that a dispatcher has confirmed on a device after one call. */
async function confirmed(account_no: string, equipment_id: string): Promise<string> {
  const { verdict } = await call(account_no)
  const answer = await step(verdict.incident_id!, 'confirm', { equipment_id })
  expect(answer.status).toBe(200)
  return verdict.incident_id!
}

type Interruption = { service_point_id: string; incident_id: string; started_at: Date; ended_at: Date | null }
const interruptions = () =>
  at.sql<Interruption>('select service_point_id, incident_id, started_at, ended_at from interruption order by 1, 3')
const outBy = async (id: string) =>
  (await interruptions())
    .filter((each) => each.incident_id === id && !each.ended_at)
    .map((each) => each.service_point_id)

describe('a dispatcher', () => {
  it('confirms an incident on another device, and its customers are all below that', async () => {
    const id = await confirmed('A201', 'RA')
    expect(await read(id)).toMatchObject({
      status: 'confirmed',
      equipment: { id: 'RA', kind: 'recloser' },
      transformer_ids: ['T2', 'T3'],
      customers_out: 22,
    })
  })

  it('never counts those disconnected for non-payment as out', async () => {
    const id = await confirmed('A101', 'T1')
    expect((await read(id)).customers_out).toBe(9)
    expect(await outBy(id)).not.toContain('P110')
  })

  it('restores in steps, by equipment, transformer and household, until nobody is out', async () => {
    const id = await confirmed('A101', 'CB1')
    at.clock.now = minute(30)
    expect((await step(id, 'restore', { equipment_ids: ['RA'], at: minute(20) })).body).toMatchObject({
      status: 'partly_restored',
      customers_out: 9,
    })
    expect((await step(id, 'restore', { equipment_ids: ['X1'] })).body.customers_out).toBe(5)
    expect((await step(id, 'restore', { service_point_ids: ['P105'] })).body.customers_out).toBe(4)
    expect((await step(id, 'restore', { transformer_ids: ['T2'] })).status).toBe(422)
    expect((await step(id, 'restore', { transformer_ids: ['T1'] })).body).toMatchObject({
      status: 'restored',
      customers_out: 0,
      customers_affected: 31,
    })
    const ends = (await interruptions()).filter((each) => each.service_point_id.startsWith('P2'))
    expect(new Set(ends.map((each) => each.ended_at?.toISOString()))).toEqual(new Set([minute(20).toISOString()]))
  })

  it('merges two incidents of one feeder; the minutes and the reports go along', async () => {
    const one = await confirmed('A101', 'T1')
    at.clock.now = minute(5)
    const other = await confirmed('A301', 'T3')
    const merged = await step(one, 'merge', { incident_ids: [other] })
    expect(merged.body).toMatchObject({ id: one, customers_out: 19, transformer_ids: ['T1', 'T3'], reports: 2 })
    expect(await read(other)).toMatchObject({ status: 'cancelled', merged_into: one, customers_out: 0 })
    const begun = (await interruptions()).filter((each) => each.service_point_id.startsWith('P3'))
    expect(new Set(begun.map((each) => each.started_at.toISOString()))).toEqual(new Set([minute(5).toISOString()]))
    expect((await step(other, 'confirm')).body.detail).toContain(`merged into ${one}`)
  })

  it('may not merge across feeders, into itself, what is over, or what is not', async () => {
    const one = await confirmed('A101', 'T1')
    const far = await confirmed('A401', 'T4')
    const across = await step(one, 'merge', { incident_ids: [far] })
    expect([across.status, across.body.detail]).toEqual([422, expect.stringContaining('only incidents of one feeder')])
    expect((await step(one, 'merge', { incident_ids: [one] })).status).toBe(422)
    expect((await step(one, 'merge', { incident_ids: ['inc_none'] })).status).toBe(404)
    const over = await confirmed('A301', 'T3')
    await step(over, 'restore')
    expect((await step(one, 'merge', { incident_ids: [over] })).status).toBe(409)
    expect((await open()).map((each) => each.id).sort()).toEqual([one, far].sort())
  })

  it('splits customers off to a device below; nobody is out twice and no minute is lost', async () => {
    const id = await confirmed('A101', 'CB1')
    at.clock.now = minute(10)
    const off = await step(id, 'split', { equipment_id: 'FA' })
    expect(off.body).toMatchObject({ status: 'confirmed', customers_out: 10, transformer_ids: ['T3'] })
    expect(await read(id)).toMatchObject({ customers_out: 21, transformer_ids: ['T1', 'T2'] })
    expect((await interruptions()).every((each) => each.started_at.getTime() === minute(0).getTime())).toBe(true)
    expect((await step(id, 'split', { equipment_id: 'CB1' })).status).toBe(422)
    expect((await step(id, 'split', { equipment_id: 'T4' })).status).toBe(422)
    expect((await step(id, 'split', { equipment_id: 'XX' })).status).toBe(422)
  })

  it('splits a branch off within one transformer', async () => {
    const id = await confirmed('A101', 'T1')
    const off = await step(id, 'split', { equipment_id: 'B1' })
    expect(off.body).toMatchObject({ customers_out: 7, equipment: { id: 'B1', kind: 'lv_branch' } })
    expect(await outBy(id)).toEqual(['P108', 'P109'])
    expect((await read(id)).transformer_ids).toEqual(['T1'])
  })

  it('cancels what was no loss of supply: it leaves no interruption, and the evidence no new incident', async () => {
    const id = await confirmed('A101', 'T1')
    expect((await step(id, 'cancel', { reason: '误报' })).body).toMatchObject({ status: 'cancelled', customers_out: 0 })
    expect(await interruptions()).toEqual([])
    expect(await open()).toEqual([])
  })

  it('notes the cause and an estimate, and no estimate that has passed', async () => {
    const id = await confirmed('A101', 'T1')
    expect((await step(id, 'cause', { cause: 'vegetation', note: '树障' })).body.cause).toBe('vegetation')
    const estimate = await step(id, 'estimate', { at: minute(60), low: minute(40), high: minute(90) })
    expect(estimate.body.estimate).toMatchObject({ source: 'dispatcher' })
    expect((await step(id, 'estimate', { at: minute(-1) })).status).toBe(422)
    expect((await step(id, 'estimate', { at: minute(60), low: minute(70) })).status).toBe(422)
    expect((await step(id, 'cause', { cause: 'gremlins' })).status).toBe(400)
  })

  it('is refused every step that does not follow, in words that say what would be right', async () => {
    const id = await confirmed('A101', 'T1')
    expect((await step(id, 'close')).status).toBe(409)
    expect((await step(id, 'restore', { at: minute(5) })).status).toBe(400)
    expect((await step(id, 'restore', { at: minute(-60) })).status).toBe(422)
    expect((await step(id, 'restore', { transformer_ids: ['T4'] })).status).toBe(422)
    expect((await step(id, 'confirm', { equipment_id: 'T99' })).status).toBe(422)
    expect((await step(id, 'confirm', { equipment_id: 'TIE' })).status).toBe(422)
    await step(id, 'restore')
    for (const verb of ['restore', 'confirm'])
      expect((await step(id, verb)).body).toMatchObject({ status: 409, detail: expect.stringContaining('restored') })
    expect((await step(id, 'cancel', { reason: 'x' })).status).toBe(409)
    expect((await step(id, 'close', { note: 'done' })).body.status).toBe('closed')
    expect((await step(id, 'close')).status).toBe(409)
    expect((await step('inc_none', 'restore')).status).toBe(404)
  })

  it('may not confirm two incidents on one device', async () => {
    const one = await confirmed('A101', 'T1')
    const two = await confirmed('A301', 'T3')
    const refused = await step(two, 'confirm', { equipment_id: 'T1' })
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining(one)])
  })

  it('restores the same incident once when two do so at the same moment', async () => {
    const id = await confirmed('A101', 'T1')
    const answers = await Promise.all([1, 2, 3].map(() => step(id, 'restore')))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  })
})

describe('still out after restoration', () => {
  it('opens a nested incident from the first minute, and the minutes are counted once', async () => {
    const id = await confirmed('A301', 'FA')
    at.clock.now = minute(40)
    await step(id, 'restore', { at: minute(30) })
    at.clock.now = minute(45)
    const { verdict } = await call('A302')
    expect(verdict.kind).toBe('new_incident')
    const nested = await read(verdict.incident_id!)
    expect(nested).toMatchObject({ parent_id: id, started_at: expect.stringMatching(/^2026-07-01T02:00:00/) })
    const own = (await interruptions()).filter((each) => each.service_point_id === 'P302')
    expect(own).toEqual([{ service_point_id: 'P302', incident_id: nested.id, started_at: minute(0), ended_at: null }])
  })

  it('gives the minutes back where the nested incident turns out to be none', async () => {
    const id = await confirmed('A301', 'FA')
    at.clock.now = minute(40)
    await step(id, 'restore', { at: minute(30) })
    at.clock.now = minute(45)
    const { verdict } = await call('A302')
    await step(verdict.incident_id!, 'cancel', { reason: '户内' })
    const own = (await interruptions()).filter((each) => each.service_point_id === 'P302')
    expect(own).toEqual([{ service_point_id: 'P302', incident_id: id, started_at: minute(0), ended_at: minute(30) }])
    expect(await read(id)).toMatchObject({ customers_affected: 10, customers_out: 0 })
  })
})

describe('telemetry', () => {
  it('confirms an uncommanded opening at once, with all that hangs below', async () => {
    await call('A201')
    const answer = await tell('RA', 'open', -1)
    expect(answer.outcome).toBe('incident')
    const incidents = await open()
    expect(incidents).toHaveLength(1)
    expect(incidents[0]).toMatchObject({
      id: answer.incident_id,
      status: 'confirmed',
      equipment: { id: 'RA' },
      customers_out: 22,
      reports: 1,
    })
  })

  it('takes a commanded opening for switching', async () => {
    expect(await tell('RA', 'open', -1, true)).toEqual({ outcome: 'switching', incident_id: null })
    expect(await open()).toEqual([])
  })

  it('restores by reclosing, at the instant it says', async () => {
    const { incident_id } = await tell('RA', 'open', -10)
    expect(await tell('RA', 'closed', -4)).toEqual({ outcome: 'reclosed', incident_id })
    expect(await read(incident_id!)).toMatchObject({ status: 'restored', customers_out: 0, customers_affected: 22 })
    expect(new Set((await interruptions()).map((each) => each.ended_at?.getTime()))).toEqual(
      new Set([minute(-4).getTime()]),
    )
  })

  it('restores those whom a tie feeds, and leaves those below what failed', async () => {
    const { incident_id } = await tell('CB1', 'open', -20)
    await tell('RA', 'open', -15, true)
    expect(await tell('TIE', 'closed', -10, true)).toEqual({ outcome: 'reclosed', incident_id })
    expect(await read(incident_id!)).toMatchObject({ status: 'partly_restored', customers_out: 9 })
    // T2 and T3 hang on F2 now: its breaker takes them out too.
    const second = await tell('CB2', 'open', -5)
    expect(await read(second.incident_id!)).toMatchObject({ customers_out: 28 + 22 })
  })

  it('is dropped when stale or repeated, and refused from the future or off the graph', async () => {
    await tell('RA', 'open', -5)
    expect((await tell('RA', 'closed', -6)).outcome).toBe('stale')
    expect((await tell('RA', 'open', -5)).outcome).toBe('stale')
    expect((await tell('RA', 'open', -3)).outcome).toBe('unchanged')
    const telling = (equipment_id: string, minutes: number) =>
      at.call<Problem>('POST', '/api/telemetry', { equipment_id, state: 'open', commanded: false, at: minute(minutes) })
    expect((await telling('CB1', 10)).status).toBe(422)
    expect((await telling('NONE', 0)).status).toBe(422)
  })

  it('is followed by a second server that has not heard of that feeder before', async () => {
    const other = await at.second()
    await tell('TIE', 'closed', -3, true)
    await tell('RA', 'open', -2, true)
    const { body } = await other.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A201' })
    const answer = await other.call<IncidentSummary>('POST', `/api/incidents/${body.verdict.incident_id!}/confirm`, {
      equipment_id: 'CB2',
    })
    expect(answer.body.transformer_ids.sort()).toEqual(['T2', 'T3', 'T4', 'T5', 'T6'])
  })
})

describe('meters', () => {
  it('are counted: repeats, stale, unknown, future', async () => {
    expect(
      await meters(
        ['M301', 'power_off', -5],
        ['M301', 'power_off', -5],
        ['M301', 'power_off', -4],
        ['M999', 'power_off', -5],
        ['M302', 'power_off', 30],
      ),
    ).toMatchObject({ received: 5, taken: 1, duplicate: 2, stale: 0, unknown_meter: 1, in_future: 1 })
    expect(await meters(['M301', 'power_on', -6])).toMatchObject({ taken: 0, stale: 1 })
  })

  it('are weighed, not believed: one last gasp confirms nothing, those of a whole transformer name it', async () => {
    await meters(['M301', 'power_off', -1])
    const [single] = await open()
    if (single) expect(single.status).toBe('suspected')
    await meters(
      ...Array.from({ length: 9 }, (_, each): [string, string, number] => [
        `M3${String(each + 2).padStart(2, '0')}`,
        'power_off',
        -1,
      ]),
    )
    const incidents = await open()
    expect(incidents).toHaveLength(1)
    expect(['T3', 'FA']).toContain(incidents[0]!.equipment.id)
    expect(incidents[0]!.customers_out).toBe(10)
  })

  it('clear a power-off by a later power-on', async () => {
    await meters(['M301', 'power_off', -3])
    await meters(['M301', 'power_on', -1])
    expect((await open()).filter((each) => each.customers_out > 0)).toEqual([])
  })

  it('are heard again where one is dark that was taken to be back', async () => {
    const all = Array.from({ length: 10 }, (_, each) => `M3${String(each + 1).padStart(2, '0')}`)
    const gaspAt = (minutes: number) =>
      meters(...all.map((each): [string, string, number] => [each, 'power_off', minutes]))
    await gaspAt(-1)
    const [first] = await open()
    expect((await step(first!.id, 'restore', { cause: 'equipment' })).status).toBe(200)
    expect(await gaspAt(2)).toMatchObject({ taken: 0, duplicate: 10 })
    at.clock.now = minute(60)
    expect(await gaspAt(59)).toMatchObject({ taken: 10, duplicate: 0 })
    const incidents = await open()
    expect(incidents).toHaveLength(1)
    expect(incidents[0]!.customers_out).toBe(10)
  })

  it('add nothing where one says again what is being weighed, whether or not it makes an incident', async () => {
    await meters(['M301', 'power_off', -30])
    await at.sql('delete from interruption')
    expect(await meters(['M301', 'power_off', -20])).toMatchObject({ taken: 0, duplicate: 1 })
    expect(await meters(['M301', 'power_off', -1])).toMatchObject({ taken: 0, duplicate: 1 })
    await at.sql('update evidence set cleared_at = $1', [minute(0)])
    expect(await meters(['M301', 'power_off', 0])).toMatchObject({ taken: 1, duplicate: 0 })
  })

  it('that come back end what a neighbour without one had reported, and what he reports later is new', async () => {
    const { verdict } = await call('A310')
    at.clock.now = minute(31)
    await meters(...['M301', 'M302', 'M303', 'M304'].map((each): [string, string, number] => [each, 'power_on', 30]))
    expect(await read(verdict.incident_id!)).toMatchObject({ status: 'restored', customers_out: 0 })
    expect((await interruptions()).map(({ service_point_id, ended_at }) => [service_point_id, ended_at])).toEqual([
      ['P310', minute(30)],
    ])
    const days = 9 * 24 * 60
    at.clock.now = minute(days)
    const again = await call('A310')
    expect(again.verdict.incident_id).not.toBe(verdict.incident_id)
    const incident = await read(again.verdict.incident_id!)
    expect(incident).toMatchObject({ status: 'suspected', customers_out: 1 })
    expect(Date.parse(incident.started_at)).toBe(minute(days).getTime())
  })

  it('of a disconnected household are dark whenever they are asked, and no news', async () => {
    expect(await meters(['M110', 'power_off', -30])).toMatchObject({ taken: 1 })
    expect(await meters(['M110', 'power_off', -1])).toMatchObject({ taken: 0, duplicate: 1 })
  })

  it('below a confirmed incident are counted there and go no further', async () => {
    const { incident_id } = await tell('RA', 'open', -5)
    const counts = await meters(['M201', 'power_off', -4], ['M202', 'power_off', -4])
    expect(counts).toMatchObject({ taken: 2, already_explained: 2, incidents: [] })
    const { evidence } = await read(incident_id!)
    expect(evidence.filter((each) => each.kind === 'power_off')).toHaveLength(2)
  })

  it('are refused whole where a line cannot be read, naming it', async () => {
    const send = (text: string) =>
      at.app.request('/api/meter-events', {
        method: 'POST',
        body: text,
        headers: { authorization: 'Bearer token-dispatcher', 'content-type': 'application/x-ndjson' },
      })
    const good = `{"meter_no":"M301","kind":"power_off","at":"${minute(-1).toISOString()}"}`
    expect((await send(`${good}\n${good}\n`)).status).toBe(200)
    const bad = await send(`${good}\n{"meter_no":"M1","kind":"off","at":"yesterday"}\n`)
    const problem = (await bad.json()) as Problem
    expect([bad.status, problem.errors?.map((each) => each.path)]).toEqual([400, ['1.kind', '1.at']])
    expect((await send(`${good}\n{nonsense`)).status).toBe(400)
  })
})
