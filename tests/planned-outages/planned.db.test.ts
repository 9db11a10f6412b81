// Planned outages over HTTP on the small region: traced on the actual supply, announced in time, joined.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedSummary, PreviewAnswer, PublicPlanned } from '../../server/contract/planned-outages.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { retracePlanned } from '../../server/planned-outages/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { placeOf } from '../fixtures/region.ts'
import { ahead, drive, hours, input } from './drive.ts'

type PublicPage = { items: PublicPlanned[]; next_cursor: string | null }

let at: TestApp
let d: ReturnType<typeof drive>
beforeAll(async () => {
  at = await openTestApp()
  d = drive(at)
})
afterAll(() => at.close())
beforeEach(() => at.reset())

describe('looking at what would be switched off', () => {
  it('traces customers, critical ones, generators and customer-hours below the equipment', async () => {
    const { status, body } = await at.call<PreviewAnswer>(
      'POST',
      '/api/planned-outages/preview',
      input(['LA'], ahead, ahead + 4),
    )
    expect(status).toBe(200)
    expect(body.ground).toEqual(['T1', 'T2', 'T3'])
    expect(body.impact).toMatchObject({
      customers: 31,
      customer_hours: 124,
      feeder_ids: ['F1'],
      critical: [{ kind: 'life_support', customers: 1 }],
      generators: [{ transformer_id: 'T1', kva: 400, for: ['life_support'] }],
      often: [],
    })
    expect(body.notice).toMatchObject({ met: true, needed_h: 168, given_h: 240 })
    expect(body.joins).toEqual([])
    expect((await at.call<{ items: [] }>('GET', '/api/planned-outages')).body.items).toEqual([])
  })

  it('goes by the supply as switched now, not as drawn', async () => {
    await d.openTie()
    const { body } = await at.call<PreviewAnswer>(
      'POST',
      '/api/planned-outages/preview',
      input(['LA'], ahead, ahead + 4),
    )
    expect(body.ground).toEqual(['T1'])
    const other = await at.call<PreviewAnswer>('POST', '/api/planned-outages/preview', input(['LB'], ahead, ahead + 4))
    expect(other.body.ground).toEqual(['T2', 'T3', 'T5', 'T6'])
  })

  it('knows what a ring feeds from the other side', async () => {
    await at.call('POST', '/api/telemetry', { equipment_id: 'TIE', state: 'closed', commanded: true, at: minute(-3) })
    const { body } = await at.call<PreviewAnswer>(
      'POST',
      '/api/planned-outages/preview',
      input(['FA', 'FB'], ahead, ahead + 4),
    )
    expect(body.ground).toEqual(['T3', 'T6'])
    const line = await at.call<PreviewAnswer & Problem>(
      'POST',
      '/api/planned-outages/preview',
      input(['LA'], ahead, ahead + 4),
    )
    expect([line.status, line.body.detail]).toEqual([422, expect.stringContaining('Nobody is fed through LA')])
  })

  it('takes the transformers within what was drawn', async () => {
    const { lon, lat } = placeOf('T2')
    const area = [
      [lon - 0.002, lat - 0.002],
      [lon + 0.006, lat - 0.002],
      [lon + 0.006, lat + 0.002],
      [lon - 0.002, lat + 0.002],
    ]
    const { body } = await at.call<PreviewAnswer>(
      'POST',
      '/api/planned-outages/preview',
      input([], ahead, ahead + 4, { area }),
    )
    expect([body.transformer_ids, body.ground]).toEqual([
      ['T2', 'T3'],
      ['T2', 'T3'],
    ])
  })

  it('refuses what is not in the network, nothing at all, an empty drawing and a window that runs backwards', async () => {
    const refused = async (body: object) => {
      const answer = await at.call<Problem>('POST', '/api/planned-outages/preview', body)
      return [answer.status, answer.body.detail] as const
    }
    expect(await refused(input(['NONE'], ahead, ahead + 4))).toEqual([
      422,
      expect.stringContaining('NONE is not in the network'),
    ])
    expect(await refused(input([], ahead, ahead + 4))).toEqual([
      422,
      expect.stringContaining('Nothing is switched off'),
    ])
    const sea = [
      [120, 20],
      [120.1, 20],
      [120.1, 20.1],
    ]
    expect(await refused(input([], ahead, ahead + 4, { area: sea }))).toEqual([422, expect.stringContaining('drawn')])
    expect((await refused(input(['LA'], ahead, ahead - 4)))[0]).toBe(400)
  })
})

describe('announcing', () => {
  it('refuses less notice than the rule asks for, unless somebody says why', async () => {
    const late = await at.call<Problem>('POST', '/api/planned-outages', input(['FA'], 100, 104))
    expect([late.status, late.body.detail]).toEqual([422, expect.stringContaining('asks for 168 h')])
    expect(late.body.errors).toEqual([expect.objectContaining({ path: 'starts_at' })])
    const temporary = await at.call('POST', '/api/planned-outages', input(['FA'], 100, 104, { notice: 'temporary' }))
    expect(temporary.status).toBe(201)
    const { body } = await at.call<PlannedSummary>(
      'POST',
      '/api/planned-outages',
      input(['FA'], 110, 114, { waiver: '设备危急缺陷' }),
    )
    expect((await d.read(body.id)).notice).toMatchObject({ met: false, waiver: '设备危急缺陷' })
  })

  it('refuses what has begun already, and anyone but a dispatcher', async () => {
    expect((await at.call('POST', '/api/planned-outages', input(['FA'], -1, 4))).status).toBe(422)
    expect((await at.call('POST', '/api/planned-outages', input(['FA'], ahead, ahead + 4), 'wall')).status).toBe(403)
    expect((await at.call('POST', '/api/planned-outages', input(['FA'], ahead, ahead + 4), 'public')).status).toBe(401)
    expect((await at.call('GET', '/api/planned-outages', undefined, 'crew:C1')).status).toBe(403)
  })

  it('lists by state, time and transformer, page by page', async () => {
    const first = await d.announce(['FA'], ahead, ahead + 4)
    const second = await d.announce(['LB'], ahead + 1, ahead + 4)
    const list = async (query: string) =>
      (await at.call<{ items: PlannedSummary[]; next_cursor: string | null }>('GET', `/api/planned-outages?${query}`))
        .body
    const page = await list('limit=1')
    expect(page.items.map(({ id }) => id)).toEqual([first.id])
    expect((await list(`limit=1&cursor=${encodeURIComponent(page.next_cursor!)}`)).items.map(({ id }) => id)).toEqual([
      second.id,
    ])
    expect((await list('transformer_id=T5')).items.map(({ id }) => id)).toEqual([second.id])
    expect((await list('state=started,ended')).items).toEqual([])
    expect((await at.call('GET', '/api/planned-outages?state=odd')).status).toBe(400)
    expect((await at.call('GET', '/api/planned-outages/none')).status).toBe(404)
  })

  it('follows the switching until it is over', async () => {
    const { id } = await d.announce(['LA'], ahead, ahead + 4)
    expect((await d.read(id)).ground).toEqual(['T1', 'T2', 'T3'])
    await d.openTie()
    expect(await retracePlanned(at.deps)).toBe(1)
    expect((await d.read(id)).ground).toEqual(['T1'])
    expect(await retracePlanned(at.deps)).toBe(0)
  })
})

describe('two planned outages on one feeder, two days apart', () => {
  it('are proposed to be joined with the customers’ hours, before the second is even announced', async () => {
    const first = await d.announce(['LA'], ahead, ahead + 4)
    const draft = await at.call<PreviewAnswer>(
      'POST',
      '/api/planned-outages/preview',
      input(['FA'], ahead + 48, ahead + 51),
    )
    expect(draft.body.joins).toMatchObject([{ outage_ids: [first.id, 'new'], customers_twice: 10 }])
    const second = await d.announce(['FA'], ahead + 48, ahead + 51)
    expect(await d.joins()).toMatchObject([
      {
        outage_ids: [first.id, second.id],
        starts_at: hours(ahead).toISOString(),
        ends_at: hours(ahead + 4).toISOString(),
        apart_h: 44,
        customers: 31,
        customers_twice: 10,
        customer_hours_before: 31 * 4 + 10 * 3,
        customer_hours_after: 31 * 4,
        customer_hours_spared: 30,
        notice: { met: true },
      },
    ])
    expect((await d.read(second.id)).joins).toHaveLength(1)
  })

  it('become one with a part for each, and are gone as two', async () => {
    const first = await d.announce(['LA'], ahead, ahead + 4)
    const second = await d.announce(['FA'], ahead + 48, ahead + 54)
    const { status, body } = await at.call<PlannedSummary>('POST', '/api/planned-outages/joins', {
      outage_ids: [first.id, second.id],
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      customers: 31,
      customer_hours: 21 * 4 + 10 * 6,
      ends_at: hours(ahead + 6).toISOString(),
    })
    expect((await d.read(body.id)).areas.map((each) => [each.transformer_id, each.ends_at]).sort()).toEqual([
      ['T1', hours(ahead + 4).toISOString()],
      ['T2', hours(ahead + 4).toISOString()],
      ['T3', hours(ahead + 6).toISOString()],
    ])
    for (const { id } of [first, second])
      expect(await d.read(id)).toMatchObject({ state: 'joined', joined_into: body.id })
    expect(await d.joins()).toEqual([])
    const again = await at.call<Problem>('POST', '/api/planned-outages/joins', { outage_ids: [first.id, second.id] })
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining(body.id)])
    const calendar = await at.call<string>('GET', '/feeds/planned.ics?transformer_id=T3', undefined, 'public')
    expect(calendar.body.match(/STATUS:\w+/g)!.sort()).toEqual([
      'STATUS:CANCELLED',
      'STATUS:CANCELLED',
      'STATUS:CONFIRMED',
    ])
  })

  it('are joined once where two dispatchers accept at the same time', async () => {
    const pair = [
      (await d.announce(['LA'], ahead, ahead + 4)).id,
      (await d.announce(['FA'], ahead + 48, ahead + 51)).id,
    ]
    const answers = await Promise.all(
      [pair, [...pair].reverse()].map((outage_ids) => at.call('POST', '/api/planned-outages/joins', { outage_ids })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('are left apart where that spares nobody anything, or leaves too little notice', async () => {
    const first = await d.announce(['LA'], ahead, ahead + 4)
    const other = await d.announce(['LB'], ahead + 48, ahead + 51)
    const refused = (body: object) => at.call<Problem>('POST', '/api/planned-outages/joins', body)
    const apart = await refused({ outage_ids: [first.id, other.id] })
    expect([apart.status, apart.body.detail]).toEqual([422, expect.stringContaining('spares no customer')])
    expect((await refused({ outage_ids: [first.id, first.id] })).status).toBe(400)
    expect((await refused({ outage_ids: [first.id, 'none'] })).status).toBe(404)
    const near = await d.announce(['FA'], ahead + 48, ahead + 51)
    const soon = await refused({ outage_ids: [first.id, near.id], starts_at: hours(100).toISOString() })
    expect([soon.status, soon.body.detail]).toEqual([422, expect.stringContaining('168 h')])
  })
})

describe('the public list', () => {
  it('gives the soonest or the nearest first, areas and never points, and no count under five', async () => {
    const far = await d.announce(['FB'], ahead, ahead + 2)
    const near = await d.announce(['FA'], ahead + 1, ahead + 4)
    const list = async (query: string) => {
      const answer = await at.call<PublicPage>('GET', `/api/public/planned?${query}`, undefined, 'public')
      expect(answer.status).toBe(200)
      return answer.body
    }
    const soonest = await list('limit=1')
    expect(soonest.items.map(({ id }) => id)).toEqual([far.id])
    expect((await list(`limit=1&cursor=${soonest.next_cursor}`)).items.map(({ id }) => id)).toEqual([near.id])
    const { lon, lat } = placeOf('T3')
    const { items } = await list(`lon=${lon}&lat=${lat}`)
    expect(items[0]).toMatchObject({ id: near.id, customers: 10, distance_m: 0, places: ['龙溪花园配变'] })
    expect(JSON.stringify(items)).not.toMatch(/11[0-9]\.\d{3}|P\d0\d/)
    const calendar = await at.call<string>('GET', items[0]!.calendar, undefined, 'public')
    expect(calendar.body.match(/BEGIN:VEVENT/g)).toHaveLength(1)
    expect((await at.call('GET', '/api/public/planned?limit=9999', undefined, 'public')).status).toBe(400)
  })
})
