// The live service asks the model with the laboratory's own facts: stage, load, place and what was said, each as known at the
// moment; and what is closed here teaches with its whole course.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { learn, predict, type PastIncident } from '../../server/estimates/index.ts'
import { seeded } from '../../server/estimates/random.ts'
import { replay } from '../../server/estimates/replay.ts'
import { refreshEstimates } from '../../server/incidents/index.ts'
import { readHistory } from '../../server/incidents/read-history.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

const hour_s = 3600
const secondsOf = (instant: Date | string) => new Date(instant).getTime() / 1000

/** Quiet days of an hour an incident and days of forty at once that take six; a crew on site needs a sixth of it. */
function stagedHistory(): PastIncident[] {
  const random = seeded(7)
  const from_s = secondsOf('2025-01-01T00:00:00Z')
  return Array.from({ length: 60 }, (_, day) => {
    const isStorm = day % 2 === 1
    return Array.from({ length: isStorm ? 40 : 4 }, (_, index): PastIncident => {
      const started_s = from_s + day * 86_400 + (isStorm ? index * 60 : index * 4 * hour_s)
      const duration_s = Math.round((isStorm ? 8 : 1) * hour_s * (0.8 + 0.4 * random()))
      const at = (share: number) => started_s + Math.round(share * duration_s)
      return {
        id: `${day}-${index}`,
        started_s,
        revisions: [
          { at_s: started_s, customers: 10, stage: 'unknown', cause: 'unknown', said_at_s: null, crew_at_s: null },
          { at_s: at(0.6), stage: 'repair_assigned' },
          { at_s: at(0.7), stage: 'repair_en_route' },
          { at_s: at(0.85), stage: 'repair_on_site' },
        ],
        ended_s: started_s + duration_s,
        open: false,
        planned: false,
        lon: 113 + 0.1 * random(),
        lat: 22.5 + 0.1 * random(),
      }
    })
  }).flat()
}

const model = learn(stagedHistory(), { trees: 40 })

let at: TestApp
beforeAll(async () => {
  at = await openTestApp(undefined, { ownTime: true })
  at.deps.estimator.model = model
})
afterAll(() => at.close())

type Said = { said_at: Date } & Record<'model_low_s' | 'model_middle_s' | 'model_high_s', number>
const lastSaid = async (id: string) =>
  (
    await at.sql<Said>('select * from estimate_said where incident_id = $1 order by estimate_said.id desc limit 1', [
      id,
    ])
  )[0]!

/** Forty more incidents within a few kilometres, as if they were open since now. */
async function openStorm(like: string): Promise<PastIncident[]> {
  const opened = await at.sql<{ id: string; lon: number; lat: number }>(
    `insert into incident
     select (jsonb_populate_record(incident, jsonb_build_object('id', 'storm' || n, 'number', 10000 + n, 'equipment_id', 'storm' || n,
       'status', 'confirmed', 'started_at', $2::timestamptz, 'estimate_at', null,
       'geom', st_translate(geom, n * 0.001, 0)::text))).*
     from incident cross join generate_series(1, 40) as n
     where incident.id = $1
     returning id, st_x(geom) as lon, st_y(geom) as lat`,
    [like, at.clock.now],
  )
  await at.sql(
    `select append_event('incident', 'confirmed', id, id, 'test', incident_summary(incident) || jsonb_build_object('assignments', '[]'::jsonb))
     from incident where id like 'storm%'`,
  )
  const started_s = secondsOf(at.clock.now)
  const { customers_out } = (await at.call<IncidentView>('GET', `/api/incidents/${like}`)).body
  return opened.map(({ id, lon, lat }) => ({
    id,
    started_s,
    revisions: [{ at_s: started_s, customers: customers_out, stage: 'unknown', cause: 'unknown' }],
    ended_s: started_s + hour_s,
    open: true,
    planned: false,
    lon,
    lat,
  }))
}

test('stage and a storm’s load move what is said, by the same numbers as in the laboratory', async () => {
  const { body: answer } = await at.call<ReportAnswer>('POST', '/api/reports', {
    channel: 'hotline',
    account_no: 'A101',
  })
  const id = answer.verdict.incident_id!
  const { body: made } = await at.call<IncidentView>('POST', `/api/incidents/${id}/confirm`, { equipment_id: 'T1' })
  const customers = made.customers_out
  const own: PastIncident = {
    id,
    started_s: secondsOf(made.started_at),
    revisions: [{ at_s: secondsOf(at.clock.now), customers, stage: 'unknown', cause: 'unknown' }],
    ended_s: secondsOf(minute(600)),
    open: true,
    planned: false,
    ...made.location,
  }
  let others: PastIncident[] = []
  const compare = async () => {
    const said = await lastSaid(id)
    const now_s = secondsOf(at.clock.now)
    expect(secondsOf(said.said_at)).toBe(now_s)
    const moments = [...replay([own, ...others])].filter((moment) => moment.incident.id === id)
    const { facts, at_s } = moments.at(-1)!
    expect(at_s).toBe(now_s)
    const given = predict(model, facts)
    expect(said.model_low_s).toBeCloseTo(given.low_s, 6)
    expect(said.model_middle_s).toBeCloseTo(given.estimate_s, 6)
    expect(said.model_high_s).toBeCloseTo(given.high_s, 6)
    return given.estimate_s
  }
  const quiet_s = await compare()

  at.clock.now = minute(35)
  others = await openStorm(id)
  const { body: offered } = await at.call<AssignmentView>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
  const step = (verb: string) =>
    at.call<AssignmentView>('POST', `/api/assignments/${offered.id}/${verb}`, {}, 'crew:C1')
  const { body: accepted } = await step('accept')
  await refreshEstimates(at.deps)
  const crew_at_s = secondsOf(accepted.arrives_at!)
  own.revisions.push({ at_s: secondsOf(minute(35)), stage: 'repair_assigned', crew_at_s })
  const stormy_s = await compare()
  expect(stormy_s).toBeGreaterThan(quiet_s + hour_s / 2)

  at.clock.now = minute(50)
  await step('depart')
  at.clock.now = minute(75)
  const { body: departed } = await step('arrive')
  await refreshEstimates(at.deps)
  const departed_at_s = secondsOf(departed.departed_at!) + (departed.travel_s ?? 0)
  own.revisions.push({ at_s: secondsOf(minute(50)), stage: 'repair_en_route', crew_at_s: departed_at_s })
  own.revisions.push({ at_s: secondsOf(minute(75)), stage: 'repair_on_site', crew_at_s: null })
  expect(await compare()).toBeLessThan(stormy_s - hour_s / 2)

  const restarted = await at.second()
  restarted.deps.estimator.model = model
  await at.sql('update incident set estimate_at = $2 where id = $1', [id, minute(70)])
  await refreshEstimates(restarted.deps)
  await compare()
})

test('what is closed here teaches its stages, words, customers and cause as they became known', async () => {
  at.clock.now = minute(100)
  const { body: answer } = await at.call<ReportAnswer>('POST', '/api/reports', {
    channel: 'hotline',
    account_no: 'A401',
  })
  const id = answer.verdict.incident_id!
  await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id: 'T4' })
  at.clock.now = minute(110)
  await at.call('POST', `/api/incidents/${id}/estimate`, { at: minute(200), source: 'dispatcher' })
  const { body: offered } = await at.call<AssignmentView>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C2' })
  const steps = [
    ['accept', 115],
    ['depart', 120],
    ['arrive', 140],
  ] as const
  for (const [verb, minutes] of steps) {
    at.clock.now = minute(minutes)
    await at.call('POST', `/api/assignments/${offered.id}/${verb}`, {}, 'crew:C2')
  }
  at.clock.now = minute(170)
  await at.call('POST', `/api/incidents/${id}/cause`, { cause: 'vegetation' })
  at.clock.now = minute(180)
  await at.call('POST', `/api/assignments/${offered.id}/finish`, { findings: { restored: true } }, 'crew:C2')
  at.clock.now = minute(240)
  expect((await at.call('POST', `/api/incidents/${id}/close`, {})).status).toBe(200)

  const { body: closed } = await at.call<IncidentView>('GET', `/api/incidents/${id}`)
  const past = (await readHistory(at.database)).find((incident) => incident.id === id)!
  const told = past.revisions.map(({ at_s, stage, cause, said_at_s }) => [
    Math.round((at_s - secondsOf(minute(0))) / 60),
    stage,
    cause,
    said_at_s ? Math.round((said_at_s - secondsOf(minute(0))) / 60) : null,
  ])
  expect(told).toEqual([
    [100, 'unknown', 'unknown', null],
    [110, 'unknown', 'unknown', 200],
    [115, 'repair_assigned', 'unknown', 200],
    [120, 'repair_en_route', 'unknown', 200],
    [140, 'repair_on_site', 'unknown', 200],
    [170, 'repair_on_site', 'vegetation', 200],
  ])
  expect(past.revisions[0]!.customers).toBe(closed.customers_affected)
  expect(past).toMatchObject({ ended_s: secondsOf(closed.restored_at!), open: false, equipment_kind: 'transformer' })
})
