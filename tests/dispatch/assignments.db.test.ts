// Offers and the crew's way over HTTP, with the races between dispatchers; and the one open interruption a service point has.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AssignmentView, Caller, Candidate, CrewView, CrewWork } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { expireOffers } from '../../server/dispatch/index.ts'
import { minute, openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'
import { pointsOf } from '../fixtures/region.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

/** An incident confirmed on a device. */
async function incidentOn(account_no: string, equipment_id: string): Promise<string> {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  const id = body.verdict.incident_id!
  await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id })
  return id
}
type Said = AssignmentView & { detail?: string }
const offer = (incident: string, body: object) => at.call<Said>('POST', `/api/incidents/${incident}/assignments`, body)
const take = (id: string, step: string, body: object = {}, as: Asker = 'dispatcher') =>
  at.call<Said>('POST', `/api/assignments/${id}/${step}`, body, as)
const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const active = async () =>
  at.sql<{ crew_id: string; incident_id: string }>(
    "select crew_id, incident_id from assignment where status in ('offered', 'accepted', 'en_route', 'on_site')",
  )

describe('candidates', () => {
  it('are ranked by the road, other districts on equal terms, those off shift left out', async () => {
    const id = await incidentOn('A301', 'T3')
    const { body } = await at.call<{ items: Candidate[] }>('GET', `/api/incidents/${id}/candidates?route=true`)
    expect(body.items.map((each) => each.crew_id)).toEqual(['C3', 'C1', 'C5', 'C2'])
    expect(body.items[0]).toMatchObject({ crosses_boundary: true, home_district: 'east', method: 'road', free: true })
    expect(body.items[0]!.travel_s).toBeCloseTo(51.4, 0)
    expect(body.items[0]!.route?.coordinates.length).toBeGreaterThan(1)
    expect(body.items[3]!.skills_missing).toEqual(['mv'])
  })
})

describe('a shift', () => {
  it('that begins and ends at the same time is the whole day, and ends when it begins anew', async () => {
    const hours = (shift_start: string, shift_end: string) =>
      at.call<CrewView>('PUT', '/api/crews/C4', { shift_start, shift_end })
    const ends = () => at.sql("select crew_shift_ends_at(crew, $1) as at from crew where id = 'C4'", [minute(0)])
    expect((await hours('08:00', '08:00')).body).toMatchObject({ on_shift: true, status: 'available' })
    expect(await ends()).toEqual([{ at: new Date('2026-07-02T00:00:00Z') }])
    expect((await hours('10:00', '10:00')).body.on_shift).toBe(true)
    expect((await hours('10:01', '10:00')).body.on_shift).toBe(false)
    expect((await hours('22:00', '06:00')).body.on_shift).toBe(false)
  })
})

describe('offers', () => {
  it('give one incident to one lead crew, and one crew to one incident, when dispatchers are at it at once', async () => {
    const [one, two] = [await incidentOn('A101', 'T1'), await incidentOn('A301', 'T3')]
    const leads = await Promise.all([offer(one, { crew_id: 'C1' }), offer(one, { crew_id: 'C3' })])
    expect(leads.map((each) => each.status).sort()).toEqual([201, 409])
    const winner = leads.find((each) => each.status === 201)!.body
    await take(winner.id, 'withdraw', { reason: 'test' })
    const crews = await Promise.all([offer(one, { crew_id: 'C2' }), offer(two, { crew_id: 'C2' })])
    expect(crews.map((each) => each.status).sort()).toEqual([201, 409])
    expect(crews.find((each) => each.status === 409)!.body.detail).toContain('C2 has an assignment already')
    expect(await active()).toHaveLength(1)
  })

  it('are refused for a busy crew, one off shift, nobody, and an incident that is over', async () => {
    const [one, two] = [await incidentOn('A101', 'T1'), await incidentOn('A301', 'T3')]
    await offer(one, { crew_id: 'C1' })
    expect((await offer(two, { crew_id: 'C1' })).status).toBe(409)
    expect((await offer(two, { crew_id: 'C4' })).status).toBe(422)
    expect((await offer(two, { crew_id: 'C9' })).status).toBe(422)
    expect((await offer(two, { crew_id: 'C3', auto: true })).status).toBe(400)
    await at.call('POST', `/api/incidents/${two}/restore`, {})
    expect((await offer(two, { crew_id: 'C3' })).status).toBe(409)
    expect((await offer('inc_none', { auto: true })).status).toBe(404)
  })

  it('that were automatic go to the next crew when declined, and to nobody when none is left', async () => {
    const id = await incidentOn('A301', 'T3')
    const first = (await offer(id, { auto: true })).body
    expect(first.crew_id).toBe('C3')
    expect((await take(first.id, 'decline', { reason: '车辆故障' }, 'crew:C3')).body.status).toBe('declined')
    const [next] = (await read(id)).assignments
    expect(next).toMatchObject({ crew_id: 'C1', status: 'offered' })
    expect((await take(next!.id, 'decline', { reason: '吃饭' })).body.status).toBe('declined')
    const [last] = (await read(id)).assignments
    expect(last).toMatchObject({ crew_id: 'C5', status: 'offered' })
    expect((await take(last!.id, 'decline', { reason: '路断' })).body.status).toBe('declined')
    expect((await read(id)).assignments).toEqual([])
  })

  it('are refused for a hazard that is over, and its unanswered one goes to nobody else', async () => {
    const hazard = { channel: 'hotline', account_no: 'A301', symptom: 'hazard' }
    const [dealtWith, withdrawn] = await Promise.all(
      ['A301', 'A101'].map(async (account_no) => {
        const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { ...hazard, account_no })
        return body.verdict.incident_id!
      }),
    )
    expect((await offer(dealtWith!, { auto: true })).status).toBe(201)
    await at.call('POST', `/api/incidents/${dealtWith}/restore`, {})
    await at.call('POST', `/api/incidents/${withdrawn}/cancel`, { reason: '误报' })
    for (const id of [dealtWith!, withdrawn!]) expect((await offer(id, { crew_id: 'C1' })).status).toBe(409)
    at.clock.now = minute(10)
    await expireOffers(at.deps)
    expect(await active()).toEqual([])
  })

  it('declined while another dispatcher has sent a lead are declined all the same', async () => {
    const id = await incidentOn('A301', 'T3')
    const support = (await offer(id, { auto: true, role: 'support' })).body
    await offer(id, { crew_id: 'C1' })
    expect((await take(support.id, 'decline', { reason: 'x' })).status).toBe(200)
    const rows = await at.sql<{ status: string }>('select status from assignment where id = $1', [support.id])
    expect(rows).toEqual([{ status: 'declined' }])
  })

  it('that nobody answers expire and go to the next', async () => {
    const id = await incidentOn('A301', 'T3')
    await offer(id, { auto: true })
    at.clock.now = minute(10)
    await expireOffers(at.deps)
    expect((await read(id)).assignments).toMatchObject([{ crew_id: 'C1', status: 'offered' }])
  })

  it('may be made again by a person to a crew that missed or declined one, and never by themselves', async () => {
    const id = await incidentOn('A301', 'T3')
    await offer(id, { crew_id: 'C3' })
    at.clock.now = minute(4)
    await expireOffers(at.deps)
    const { body } = await at.call<{ items: Candidate[] }>('GET', `/api/incidents/${id}/candidates`)
    expect(body.items.map((each) => [each.crew_id, each.refused_before])).toEqual([
      ['C1', false],
      ['C5', false],
      ['C2', false],
      ['C3', true],
    ])
    const again = await offer(id, { crew_id: 'C3' })
    expect([again.status, again.body.status]).toEqual([201, 'offered'])
    expect((await take(again.body.id, 'decline', { reason: '车辆故障' })).status).toBe(200)
    expect((await offer(id, { crew_id: 'C3' })).status).toBe(201)
    await take((await read(id)).assignments[0]!.id, 'decline', { reason: '车辆故障' })
    expect((await offer(id, { auto: true })).body.crew_id).toBe('C1')
  })
})

describe('who reported an incident', () => {
  it('is known with address and phone to dispatchers, and to its crew while it is on it, and to nobody else', async () => {
    const id = await incidentOn('A301', 'T3')
    await at.call('POST', '/api/reports', { channel: 'web', account_no: 'A303', phone: '13800138000' }, 'public')
    const callers = (as: Asker) => at.call<{ items: Caller[] }>('GET', `/api/incidents/${id}/callers`, undefined, as)
    const told = (await callers('dispatcher')).body.items
    expect(told).toContainEqual(
      expect.objectContaining({ service_point_id: 'P303', address: '龙溪花园3号', phone: '13800138000' }),
    )
    expect(new Set(told.map((each) => each.service_point_id)).size).toBe(told.length)
    for (const other of ['wall', 'crew:C3', 'public'] as const)
      expect((await callers(other)).status, other).toBeGreaterThanOrEqual(401)
    const mine = async (as: Asker) => (await at.call<CrewWork>('GET', '/api/assignments/mine', undefined, as)).body
    const { id: job } = (await offer(id, { crew_id: 'C3' })).body
    expect(await mine('crew:C3')).toMatchObject({ timezone: 'Asia/Shanghai', assignment: { id: job } })
    expect((await mine('crew:C3')).callers).toEqual(told)
    expect((await mine('crew:C1')).callers).toEqual([])
    for (const step of ['accept', 'depart', 'arrive', 'finish']) await take(job, step, {}, 'crew:C3')
    expect((await mine('crew:C3')).callers).toEqual([])
  })
})

describe('a crew', () => {
  it('goes offered, accepted, en route, on site, finished; what it found restores the supply', async () => {
    const id = await incidentOn('A301', 'T3')
    const { id: job } = (await offer(id, { crew_id: 'C3' })).body
    for (const step of ['depart', 'arrive', 'finish']) expect((await take(job, step, {}, 'crew:C3')).status).toBe(409)
    expect((await take(job, 'accept', {}, 'crew:C3')).body.status).toBe('accepted')
    expect((await take(job, 'accept', {}, 'crew:C3')).status).toBe(409)
    at.clock.now = minute(20)
    expect((await take(job, 'depart', { at: minute(2) }, 'crew:C3')).body.departed_at).toMatch(/02:02:00/)
    expect((await take(job, 'arrive', { at: minute(60) }, 'crew:C3')).status).toBe(422)
    expect((await take(job, 'arrive', { at: minute(9) }, 'crew:C3')).body.status).toBe('on_site')
    const findings = { restored: true, cause: 'equipment', damaged_equipment_id: 'FA' }
    expect((await take(job, 'finish', { findings, at: minute(19) }, 'crew:C3')).body.status).toBe('finished')
    expect(await read(id)).toMatchObject({
      status: 'restored',
      cause: 'equipment',
      equipment: { id: 'FA' },
      customers_out: 0,
    })
    expect((await take(job, 'withdraw', { reason: 'x' })).status).toBe(409)
  })

  it('goes on from the incident where it was until its phone reports a newer place', async () => {
    const [one, two] = [await incidentOn('A301', 'T3'), await incidentOn('A101', 'T1')]
    const travelOf = async (incident: string) => {
      const { body } = await at.call<{ items: Candidate[] }>('GET', `/api/incidents/${incident}/candidates`)
      return body.items.find(({ crew_id }) => crew_id === 'C3')!.travel_s
    }
    const [toOne, fromDepot] = [await travelOf(one), await travelOf(two)]
    const { id: job } = (await offer(one, { crew_id: 'C3' })).body
    for (const step of ['accept', 'depart', 'arrive', 'finish']) await take(job, step, {}, 'crew:C3')
    expect(fromDepot - (await travelOf(two))).toBeCloseTo(toOne, 0)
    at.clock.now = minute(30)
    const depot = { at: minute(30), lon: 113.02, lat: 22.505 }
    expect((await at.call('POST', '/api/crews/C3/positions', depot, 'crew:C3')).status).toBeLessThan(300)
    expect(await travelOf(two)).toBeCloseTo(fromDepot, 0)
  })

  it('speaks for itself only, and steps once when it steps twice at the same moment', async () => {
    const id = await incidentOn('A301', 'T3')
    const { id: job } = (await offer(id, { crew_id: 'C3' })).body
    expect((await take(job, 'accept', {}, 'crew:C1')).status).toBe(403)
    expect((await take('asg_none', 'accept', {}, 'crew:C1')).status).toBe(404)
    const twice = await Promise.all([1, 2].map(() => take(job, 'accept', {}, 'crew:C3')))
    expect(twice.map((each) => each.status).sort()).toEqual([200, 409])
    expect((await take(job, 'decline', {}, 'crew:C3')).status).toBe(400)
  })

  it('finishes its work on an incident that was merged, or restored by others, meanwhile', async () => {
    const [one, two] = [await incidentOn('A101', 'T1'), await incidentOn('A301', 'T3')]
    const { id: job } = (await offer(two, { crew_id: 'C3' })).body
    for (const step of ['accept', 'depart', 'arrive']) await take(job, step, {}, 'crew:C3')
    await at.call('POST', `/api/incidents/${one}/merge`, { incident_ids: [two] })
    expect((await take(job, 'finish', { findings: { restored: true } }, 'crew:C3')).status).toBe(200)
    expect(await read(one)).toMatchObject({ status: 'restored', customers_out: 0 })
    const three = await incidentOn('A401', 'T4')
    const other = (await offer(three, { crew_id: 'C3' })).body.id
    for (const step of ['accept', 'depart', 'arrive']) await take(other, step, {}, 'crew:C3')
    await at.call('POST', `/api/incidents/${three}/restore`, {})
    expect((await take(other, 'finish', { findings: { restored: true } }, 'crew:C3')).status).toBe(200)
  })

  it('is where its newest position by the position’s own time says, whatever order they came in', async () => {
    const send = (positions: object[]) =>
      at.call<{ taken: number; duplicate: number; refused: object[] }>(
        'POST',
        '/api/crews/C1/positions',
        { positions },
        'crew:C1',
      )
    const late = { lon: 113.003, lat: 22.5, at: minute(-1) }
    const early = { lon: 113.001, lat: 22.5, at: minute(-3) }
    expect((await send([late])).body.taken).toBe(1)
    expect((await send([early, late])).body).toMatchObject({ taken: 1, duplicate: 1 })
    expect((await send([{ lon: 0, lat: 0, at: minute(0) }])).body.refused).toHaveLength(1)
    const { body } = await at.call<{ location: object }>('GET', '/api/crews/C1')
    expect(body.location).toEqual({ lon: 113.003, lat: 22.5 })
  })
})

/** Crew C3 on the spot of an incident. */
async function onSite(incident: string): Promise<string> {
  const { id } = (await offer(incident, { crew_id: 'C3' })).body
  for (const step of ['accept', 'depart', 'arrive']) await take(id, step, {}, 'crew:C3')
  return id
}
const finish = async (incident: string, findings: object) =>
  take(await onSite(incident), 'finish', { findings }, 'crew:C3')
const endsAt = async (transformer: string) =>
  (
    await at.sql<{ ended_at: Date | null; of: number }>(
      'select ended_at, count(*)::integer as of from interruption where transformer_id = $1 group by 1',
      [transformer],
    )
  ).map(({ ended_at, of }) => [of, ended_at?.toISOString()])

describe('the device that a crew found damaged', () => {
  it('further down than the one confirmed leaves nobody’s two hours out uncounted', async () => {
    const id = await incidentOn('A301', 'CB1')
    at.clock.now = minute(120)
    const { status, body } = await finish(id, { restored: true, damaged_equipment_id: 'FA' })
    expect([status, body.findings]).toEqual([200, { restored: true, damaged_equipment_id: 'FA' }])
    expect(await read(id)).toMatchObject({ status: 'restored', equipment: { id: 'CB1' }, customers_affected: 31 })
    const two = minute(120).toISOString()
    expect(await Promise.all(['T1', 'T2', 'T3'].map(endsAt))).toEqual([[[9, two]], [[12, two]], [[10, two]]])
  })

  it('further up opens no interruption for those who had supply', async () => {
    const id = await incidentOn('A301', 'T3')
    at.clock.now = minute(120)
    expect((await finish(id, { restored: true, damaged_equipment_id: 'CB1' })).status).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'restored', equipment: { id: 'T3' }, customers_affected: 10 })
    expect(await Promise.all(['T1', 'T2'].map(endsAt))).toEqual([[], []])
  })

  it('is the incident’s where it was suspected only, and where just its own customers hang on it', async () => {
    const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A201' })
    const id = body.verdict.incident_id!
    expect((await finish(id, { restored: false, damaged_equipment_id: 'RA' })).status).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'confirmed', equipment: { id: 'RA' }, customers_out: 22 })
    await at.call('POST', `/api/incidents/${id}/restore`, { transformer_ids: ['T2'] })
    const other = await incidentOn('A101', 'T1')
    expect((await finish(other, { restored: false, damaged_equipment_id: 'T1' })).status).toBe(200)
    expect((await finish(id, { restored: true, damaged_equipment_id: 'FA' })).status).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'restored', equipment: { id: 'RA' }, transformer_ids: ['T2', 'T3'] })
  })
})

describe('a finish', () => {
  const part = { restored: true, still_out_transformer_ids: ['T3'] }

  it('restores all but who is said to be still out, though the device found is only theirs', async () => {
    const id = await incidentOn('A201', 'RA')
    expect((await finish(id, { ...part, damaged_equipment_id: 'FA' })).status).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'partly_restored', equipment: { id: 'RA' }, customers_out: 10 })
  })

  it('restores who was only suspected to be out where they are told apart from those who still are', async () => {
    const gasps = ['T1', 'T2', 'T3'].flatMap(pointsOf).map((point) => `M${point.slice(1)}`)
    const events = gasps.map((meter_no) => ({ meter_no, kind: 'power_off', at: minute(-1) }))
    await at.call('POST', '/api/meter-events', events)
    const [guess] = (await at.call<{ items: IncidentView[] }>('GET', '/api/incidents')).body.items
    expect(guess).toMatchObject({ equipment: { id: 'CB1' }, customers_out: 31, confirmed_at: null })
    expect((await finish(guess!.id, { ...part, damaged_equipment_id: 'FA' })).status).toBe(200)
    expect(await read(guess!.id)).toMatchObject({
      status: 'partly_restored',
      customers_affected: 31,
      customers_out: 10,
    })
  })

  it('counts though a dispatcher has told of the same supply before', async () => {
    const id = await incidentOn('A201', 'RA')
    const job = await onSite(id)
    await at.call('POST', `/api/incidents/${id}/restore`, { transformer_ids: ['T2'] })
    expect((await take(job, 'finish', { findings: part }, 'crew:C3')).body.status).toBe('finished')
    expect(await read(id)).toMatchObject({ status: 'partly_restored', customers_out: 10 })
  })

  it.each([
    ['is mistyped', 'FAX'],
    ['feeds nobody', 'TIE'],
    ['hangs on another feeder', 'FB'],
    ['is another incident’s', 'T1'],
  ])('restores though the device it names %s, and keeps the name', async (_, damaged_equipment_id) => {
    await incidentOn('A101', 'T1')
    const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: 'A301' })
    const id = body.verdict.incident_id!
    const finished = await finish(id, { restored: true, damaged_equipment_id })
    expect([finished.status, finished.body.findings]).toEqual([200, { restored: true, damaged_equipment_id }])
    expect(await read(id)).toMatchObject({ status: 'restored', transformer_ids: ['T3'], customers_out: 0 })
  })
})

describe('access', () => {
  it('refuses every route of the description to those it does not name', async () => {
    type Operation = { 'x-roles'?: string[]; requestBody?: object }
    const { body } = await at.call<{ paths: Record<string, Record<string, Operation>> }>('GET', '/api/openapi.json')
    const wrong: string[] = []
    for (const [path, operations] of Object.entries(body.paths).filter(([each]) => each.startsWith('/api/')))
      for (const [method, operation] of Object.entries(operations)) {
        const roles = operation['x-roles'] ?? []
        const real = path.replaceAll('{id}', 'none').replaceAll(/\{\w+\}/g, '1')
        for (const [role, asker] of [
          ['public', 'public'],
          ['crew', 'crew:C1'],
          ['wall', 'wall'],
          ['dispatcher', 'dispatcher'],
        ] as const) {
          if (roles.includes('public') || roles.includes(role)) continue
          const { status } = await at.call<Problem>(
            method.toUpperCase(),
            real,
            operation.requestBody ? {} : undefined,
            asker,
          )
          if (status !== (asker === 'public' ? 401 : 403)) wrong.push(`${method} ${path} as ${asker}: ${status}`)
        }
        if (roles.length === 0) wrong.push(`${method} ${path} names nobody`)
      }
    expect(wrong).toEqual([])
  })

  it('refuses a token that nobody handed out', async () => {
    const answer = await at.call<Problem>('GET', '/api/incidents', undefined, 'public', {
      authorization: 'Bearer forged',
    })
    expect(answer.status).toBe(401)
    expect(answer.body.type).toBe('urn:relight:unauthenticated')
  })
})
