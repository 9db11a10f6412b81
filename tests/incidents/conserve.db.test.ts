// Whatever dispatchers do in whatever order: no service point is in two open interruptions, and customer-minutes are conserved.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())

const devices = ['CB1', 'RA', 'FA', 'T1', 'T2', 'T3', 'B1', 'X1', 'LB', 'T4', 'T5', 'FB']
const account = fc.constantFrom('A101', 'A104', 'A201', 'A207', 'A301', 'A305', 'A401', 'A502')
const device = fc.constantFrom(...devices)
const which = fc.nat({ max: 7 })
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('call' as const), account }) },
  { weight: 4, arbitrary: fc.record({ verb: fc.constantFrom('confirm' as const, 'split' as const), which, device }) },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('restore' as const), which, device: fc.option(device) }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('merge' as const), which, other: which }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('cancel' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constantFrom('open' as const, 'closed' as const),
      device: fc.constantFrom('CB1', 'RA', 'TIE', 'CB2'),
    }),
  },
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

async function act(done: Deed): Promise<number> {
  const { body } = await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents')
  const pick = (place: number) => body.items[place % Math.max(1, body.items.length)]?.id ?? 'inc_none'
  const step = async (id: string, verb: string, input: object) =>
    (await at.call('POST', `/api/incidents/${id}/${verb}`, input)).status
  if (done.verb === 'call')
    return (await at.call('POST', '/api/reports', { channel: 'hotline', account_no: done.account })).status
  if (done.verb === 'confirm' || done.verb === 'split')
    return step(pick(done.which), done.verb, { equipment_id: done.device })
  if (done.verb === 'restore')
    return step(pick(done.which), 'restore', done.device === null ? {} : { equipment_ids: [done.device] })
  if (done.verb === 'merge') return step(pick(done.which), 'merge', { incident_ids: [pick(done.other)] })
  if (done.verb === 'cancel') return step(pick(done.which), 'cancel', { reason: 'x' })
  const telling = { equipment_id: done.device, state: done.verb, commanded: false, at: at.clock.now }
  return (await at.call('POST', '/api/telemetry', telling)).status
}

/** What must hold after every deed; each row is something that does not. */
const broken = `
  select 'out twice' as what, service_point_id as whom from interruption where ended_at is null group by 2 having count(*) > 1
  union all
  select 'minutes counted twice', one.service_point_id
  from interruption as one
  join interruption as other on other.service_point_id = one.service_point_id and other.id > one.id
  where tstzrange(one.started_at, one.ended_at) && tstzrange(other.started_at, other.ended_at)
  union all
  select 'counted wrongly', incident.id
  from incident
  where incident.customers_out <> (select count(*) from interruption where incident_id = incident.id and ended_at is null)
    or incident.customers_affected <> (select count(*) from interruption where incident_id = incident.id)
  union all
  select 'out by what is over', incident.id
  from interruption join incident on incident.id = interruption.incident_id
  where interruption.ended_at is null and incident.status in ('restored', 'closed', 'cancelled')
  union all
  select 'disconnected and out', service_point_id from interruption where service_point_id = 'P110'`

type Minutes = { point: string; minutes: number }
const minutes = () =>
  at.sql<Minutes>(
    'select service_point_id as point, sum(extract(epoch from coalesce(ended_at, $1) - started_at) / 60)::integer as minutes from interruption group by 1 order by 1',
    [at.clock.now],
  )

it('holds after every one of random deeds; merging and splitting change nobody’s minutes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 14 }), async (deeds) => {
      await at.reset()
      for (const [index, each] of deeds.entries()) {
        at.clock.now = minute(index)
        const before = await minutes()
        const status = await act(each)
        expect(status).toBeLessThan(500)
        expect(await at.sql(broken)).toEqual([])
        if (each.verb === 'merge' || each.verb === 'split') expect(await minutes()).toEqual(before)
      }
    }),
    { numRuns: 12, seed: 20260701, endOnFailure: true },
  )
})

it('counts nobody in an incident that a wider one has swallowed', async () => {
  await at.reset()
  for (const account of ['A101', 'A201'] as const) expect(await act({ verb: 'call', account })).toBe(201)
  expect(await act({ verb: 'open', device: 'RA' })).toBe(200)
  expect(await at.sql("select id from incident where merged_into is not null and status = 'cancelled'")).toHaveLength(1)
  expect(await at.sql(broken)).toEqual([])
})
