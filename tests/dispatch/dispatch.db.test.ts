// Dispatch over HTTP on a town drawn by hand, with straight lines for roads.
//
//   West  │  East         inc_big (90 out) and inc_small (4 out) lie in East just behind the boundary,
//   W1 ·  │ ·big  ·small  the West's W1 beside them; E1 is far off, E2 farther, and N has no skills.
//         │          E1 E2
import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AccessEnv, Who } from '../../server/access/index.ts'
import { problemOf } from '../../server/app.ts'
import type { AssignmentView, Candidate, HelpRequest } from '../../server/contract/assignments.ts'
import type { Assessment, ClockView, DispatchSettings } from '../../server/contract/clocks.ts'
import type { PlanView, Savings } from '../../server/contract/plans.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import {
  dispatchAutomatically,
  dispatchRoutes,
  expireOffers,
  reroute,
  watchClocks,
  type DispatchDeps,
} from '../../server/dispatch/index.ts'
import { holdEstimator, holdGrid } from '../../server/incidents/index.ts'
import { Roads } from '../../server/roads/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

const begins = Date.parse('2026-07-01T06:00:00Z')
let minute = 0
let opened: TestDatabase
let deps: DispatchDeps
let app: OpenAPIHono<AccessEnv>
let who: Who = { role: 'dispatcher', name: 'Li', crewId: null }

const ground = `
  insert into network (name, timezone) values ('sketch', 'Asia/Shanghai');
  insert into district (code, network_id, name, kind, geom) values
    ('west', 1, '西区', 'urban', st_multi(st_makeenvelope(112.9, 22.4, 113.0, 22.6, 4326))),
    ('east', 1, '东区', 'urban', st_multi(st_makeenvelope(113.0, 22.4, 113.3, 22.6, 4326)));
`
const work = `
  truncate road_closure, clock, help_request, plan, assignment, incident_note, incident, crew, event_log cascade;
  update automatic_dispatch set is_on = false, changed_by = null;
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, district_code, transformer_ids,
      customers_affected, customers_out, started_at, call_taker, geom)
    select id, 'confirmed', id, 'fuse', 'F', 'F', 'east', array[id], customers, customers, '2026-07-01T06:00:00Z', 'Wang', st_setsrid(st_point(lon, 22.5), 4326)
    from (values ('inc_big', 90, 113.01), ('inc_small', 4, 113.02)) as one (id, customers, lon);
  insert into crew (id, name, home_district, skills, geom)
    select id, id, home, skills, st_setsrid(st_point(lon, 22.5), 4326)
    from (values
      ('E1', 'east', array['mv'], 113.1), ('E2', 'east', array['mv'], 113.15), ('N', 'west', array[]::text[], 113.015), ('W1', 'west', array['mv'], 112.99)
    ) as one (id, home, skills, lon);
`

beforeAll(async () => {
  opened = await openTestDatabase()
  await opened.database.pool.query(ground)
  const estimator = await holdEstimator(opened.database, () => new Date(begins))
  const grid = await holdGrid(opened.database, estimator)
  deps = {
    database: opened.database,
    grid,
    estimator,
    roads: new Roads(),
    now: () => new Date(begins + minute * 60_000),
  }
  app = new OpenAPIHono<AccessEnv>()
  app.use(async (context, next) => {
    context.set('who', who)
    await next()
  })
  app.route('/', dispatchRoutes(deps))
  app.onError((reason, context) => {
    const problem = problemOf(reason)
    return context.body(JSON.stringify(problem), problem.status as 500)
  })
})
afterAll(() => opened.drop())
beforeEach(async () => {
  await opened.database.pool.query(work)
  minute = 5
  who = { role: 'dispatcher', name: 'Li', crewId: null }
})

const get = async <T>(path: string) => (await (await app.request(path)).json()) as T
const send = async <T>(method: string, path: string, input: unknown = {}): Promise<{ status: number; body: T }> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await app.request(path, { method, headers, body: JSON.stringify(input) })
  return { status: answer.status, body: (await answer.json()) as T }
}
const post = <T>(path: string, input: unknown = {}) => send<T>('POST', path, input)
const offer = (incident: string, crew_id: string, role = 'lead') =>
  post<AssignmentView & Pick<Problem, 'detail'>>(`/api/incidents/${incident}/assignments`, { crew_id, role })
const step = (id: string, name: string, input: object = {}) =>
  post<AssignmentView & Pick<Problem, 'detail'>>(`/api/assignments/${id}/${name}`, input)
const assignments = async () =>
  (await get<{ items: AssignmentView[] }>('/api/assignments')).items.sort((a, b) => (a.crew_id < b.crew_id ? -1 : 1))
const events = async (name: string) =>
  (
    await opened.database.pool.query<{
      step: string
      subject_id: string
      actor: string
      data: Record<string, unknown>
    }>('select step, subject_id, actor, data from event_log where name = $1 order by seq', [name])
  ).rows

test('a plan gives every open incident to a crew, says what it saves, and dispatches nothing', async () => {
  const { status, body: plan } = await post<PlanView>('/api/dispatch/plans')
  expect(status).toBe(201)
  const stops = plan.crews.flatMap((crew) => crew.stops.map((stop) => `${crew.crew_id} ${stop.incident_id}`))
  expect(stops).toContain('W1 inc_big')
  expect(plan.unassigned).toEqual([])
  expect(plan.alternatives.map(({ policy }) => policy)).toContain('assignment_rounds')
  expect(plan.alternatives.find(({ policy }) => policy === 'home_first_come')!.saves.customer_minutes).toBeGreaterThan(
    0,
  )
  expect(await assignments()).toEqual([])
})

test('an applied plan offers each free crew its first stop and is kept with who applied it', async () => {
  const { body: plan } = await post<PlanView>('/api/dispatch/plans')
  const applied = await post<{ plan: PlanView; offered: AssignmentView[] }>(`/api/dispatch/plans/${plan.id}/apply`)
  expect(applied.status).toBe(200)
  const [first] = (await assignments()).filter((each) => each.incident_id === 'inc_big')
  expect(first).toMatchObject({
    crew_id: 'W1',
    status: 'offered',
    role: 'lead',
    plan_id: plan.id,
    crosses_boundary: true,
  })
  expect((await get<PlanView>(`/api/dispatch/plans/${plan.id}`)).applied_by).toBe('Li')
  const { body: again } = await post<PlanView>('/api/dispatch/plans')
  expect(again.crews.find(({ crew_id }) => crew_id === 'W1')!.stops[0]).toMatchObject({ committed: true })
})

test('of a plan only the crews named are offered anything', async () => {
  const { body: plan } = await post<PlanView>('/api/dispatch/plans')
  await post(`/api/dispatch/plans/${plan.id}/apply`, { crew_ids: ['W1'] })
  expect((await assignments()).map(({ crew_id }) => crew_id)).toEqual(['W1'])
  expect((await post<Problem>(`/api/dispatch/plans/${plan.id}/apply`, { crew_ids: ['nobody'] })).status).toBe(422)
})

test('a plan is refused with what has changed since it was made, and leaves nothing behind', async () => {
  const { body: plan } = await post<PlanView>('/api/dispatch/plans')
  await offer('inc_small', 'E1')
  await opened.database.pool.query("update incident set customers_out = 20 where id = 'inc_big'")
  const refused = await post<Problem>(`/api/dispatch/plans/${plan.id}/apply`)
  expect(refused.status).toBe(409)
  expect(refused.body.errors!.map(({ path }) => path).sort()).toEqual(['E1', 'inc_big', 'inc_small'])
  expect((await assignments()).map(({ crew_id }) => crew_id)).toEqual(['E1'])
  expect((await get<PlanView>(`/api/dispatch/plans/${plan.id}`)).stale).toHaveLength(3)
})

test('a plan of nothing, by nobody, is an empty plan', async () => {
  await opened.database.pool.query('delete from crew')
  const { status, body: plan } = await post<PlanView>('/api/dispatch/plans')
  expect([status, plan.crews, plan.unassigned.length]).toEqual([201, [], 2])
  await opened.database.pool.query('delete from incident')
  expect((await post<PlanView>('/api/dispatch/plans')).body.alternatives[0]!.saves.customer_minutes).toBe(0)
})

test('assignments are given a page at a time, each once', async () => {
  await offer('inc_big', 'W1')
  await offer('inc_small', 'E1')
  type Page = { items: { id: string }[]; next_cursor: string | null }
  const first = await get<Page>('/api/assignments?limit=1')
  const rest = await get<Page>(`/api/assignments?cursor=${first.next_cursor}`)
  expect(rest.next_cursor).toBeNull()
  const seen = [...first.items, ...rest.items].map(({ id }) => id)
  expect(seen).toEqual((await get<Page>('/api/assignments')).items.map(({ id }) => id))
  expect(seen).toHaveLength(2)
  expect((await app.request('/api/assignments?cursor=yesterday')).status).toBe(400)
})

test('of two crews offered to one incident at once one wins, and the other dispatcher is told', async () => {
  const both = await Promise.all([offer('inc_big', 'W1'), offer('inc_big', 'E1')])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(both.find(({ status }) => status === 409)!.body.detail).toMatch(/has a lead crew already/)
})

test('of two incidents offered to one crew at once one wins, and the other dispatcher is told', async () => {
  const both = await Promise.all([offer('inc_big', 'W1'), offer('inc_small', 'W1')])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(both.find(({ status }) => status === 409)!.body.detail).toMatch(/one at a time/)
})

test('of two plans applied at once one wins whole', async () => {
  const { body: plan } = await post<PlanView>('/api/dispatch/plans')
  const apply = () => post<Problem>(`/api/dispatch/plans/${plan.id}/apply`)
  const both = await Promise.all([apply(), apply()])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('a clock is warned of once and escalated once, however many look', async () => {
  minute = 7
  await Promise.all([watchClocks(deps), watchClocks(deps)])
  await watchClocks(deps)
  const told = async () => (await events('clock')).map((each) => `${each.step} ${String(each.data['kind'])}`).sort()
  expect(await told()).toEqual(['warned dispatch', 'warned dispatch'])
  minute = 46
  await watchClocks(deps)
  await watchClocks(deps)
  expect((await told()).slice(0, 4)).toEqual([
    'escalated arrive',
    'escalated arrive',
    'escalated dispatch',
    'escalated dispatch',
  ])
  const { at, items } = await get<{ at: string; items: ClockView[] }>('/api/clocks')
  expect(items[0]).toMatchObject({ kind: 'dispatch', state: 'escalated', answerable: 'Wang' })
  expect(at).toBe(deps.now().toISOString())
})

test('a crew expected too late is warned of at once; after arrival the clock of restoration runs', async () => {
  await opened.database.pool.query("update crew set geom = st_setsrid(st_point(113.9, 22.5), 4326) where id = 'E2'")
  const { body: assignment } = await offer('inc_big', 'E2')
  await step(assignment.id, 'accept')
  await watchClocks(deps)
  expect((await events('clock')).map((each) => each.data['kind'])).toContain('arrive')
  await step(assignment.id, 'depart')
  minute = 30
  await step(assignment.id, 'arrive')
  const { items } = await get<{ items: ClockView[] }>('/api/clocks')
  const restore = items.find((each) => each.incident_id === 'inc_big')!
  expect([restore.kind, restore.due_at]).toEqual(['restore', '2026-07-01T09:30:00.000Z'])
  const { items: assessed } = await get<{ items: Assessment[] }>('/api/assessments?by=crew')
  expect(assessed).toMatchObject([{ subject: 'E2', arrivals: 1, arrivals_kept: 1, travel: { mean_s: 1500 } }])
})

test('nothing is offered by itself until its class is switched on, and then the offer says so', async () => {
  expect(await dispatchAutomatically(deps)).toBe(0)
  const automatic = [{ class: 'medium_voltage', is_on: true }]
  const { body: settings } = await send<DispatchSettings>('PUT', '/api/dispatch/settings', { automatic })
  expect(settings.automatic.filter((each) => each.is_on)).toMatchObject([{ class: 'medium_voltage', changed_by: 'Li' }])
  expect(await dispatchAutomatically(deps)).toBe(2)
  expect(await dispatchAutomatically(deps)).toBe(0)
  const offered = (await events('assignment')).filter((each) => each.step === 'offered')
  expect(offered[0]).toMatchObject({
    actor: 'automatic dispatch',
    data: { automatic: true, incident_id: 'inc_big', crew_id: 'W1' },
  })
})

test('an automatic offer refused or unanswered goes to the next crew and never back to the same', async () => {
  await send('PUT', '/api/dispatch/settings', { automatic: [{ class: 'medium_voltage', is_on: true }] })
  await opened.database.pool.query("delete from incident where id = 'inc_small'")
  await dispatchAutomatically(deps)
  const [toW1] = await assignments()
  await step(toW1!.id, 'decline', { reason: 'flat tyre' })
  minute = 10
  await expireOffers(deps)
  minute = 20
  await expireOffers(deps)
  expect(await dispatchAutomatically(deps)).toBe(0)
  expect((await assignments()).map((each) => `${each.crew_id} ${each.status}`)).toEqual([
    'E1 expired',
    'E2 expired',
    'W1 declined',
  ])
})

test('whoever withdraws an automatic offer keeps the incident in hand', async () => {
  await send('PUT', '/api/dispatch/settings', { automatic: [{ class: 'medium_voltage', is_on: true }] })
  await dispatchAutomatically(deps)
  for (const each of await assignments()) await step(each.id, 'withdraw', { reason: 'wait for the police' })
  expect(await dispatchAutomatically(deps)).toBe(0)
})

test('work is handed over with a note; the first taker stays answerable', async () => {
  const { body: first } = await offer('inc_big', 'W1')
  await step(first.id, 'accept')
  who = { role: 'crew', name: 'W1', crewId: 'W1' }
  const handed = await post<AssignmentView>(`/api/assignments/${first.id}/hand-over`, {
    crew_id: 'E1',
    note: 'pole 7 is cut',
  })
  expect(handed.body).toMatchObject({ crew_id: 'E1', status: 'offered', role: 'lead', handed_from: first.id })
  who = { role: 'dispatcher', name: 'Li', crewId: null }
  expect((await assignments()).find(({ id }) => id === first.id)).toMatchObject({ status: 'withdrawn' })
  const { rows } = await opened.database.pool.query("select body from incident_note where kind = 'hand_over'")
  expect(rows).toMatchObject([{ body: { from: 'W1', to: 'E1', note: 'pole 7 is cut' } }])
  const told = await events('incident')
  expect(told.at(-1)!.data['call_taker']).toBe('Wang')
  expect((await post(`/api/assignments/${first.id}/hand-over`, { crew_id: 'E2', note: 'again' })).status).toBe(409)
})

test('a crew asks for help once, and a crew in support answers it', async () => {
  const { body: lead } = await offer('inc_big', 'W1')
  const ask = () => post<AssignmentView>(`/api/assignments/${lead.id}/help`, { reason: 'a tree on the line' })
  expect((await ask()).status).toBe(409)
  await step(lead.id, 'accept')
  expect((await ask()).body.help).toMatchObject({ reason: 'a tree on the line' })
  expect((await ask()).status).toBe(409)
  const queue = async () => (await get<{ items: HelpRequest[] }>('/api/dispatch/help')).items
  expect(await queue()).toMatchObject([{ crew_id: 'W1', incident_id: 'inc_big', answered_at: null }])
  await offer('inc_big', 'E1', 'support')
  expect(await queue()).toEqual([])
  expect((await events('assignment')).map((each) => each.step)).toEqual([
    'offered',
    'accepted',
    'help_asked',
    'help_answered',
    'offered',
  ])
})

test('the skills that a call for help asks for steer who is proposed, until it is answered', async () => {
  const best = async () => (await get<{ items: Candidate[] }>('/api/incidents/inc_big/candidates')).items[0]!
  await opened.database.pool.query("update crew set skills = array['generator'] where id = 'N'")
  const { body: lead } = await offer('inc_big', 'W1')
  await step(lead.id, 'accept')
  expect(await best()).toMatchObject({ crew_id: 'E1', skills_missing: [] })
  await post(`/api/assignments/${lead.id}/help`, { reason: 'a hospital', skills: ['generator'] })
  expect(await best()).toMatchObject({ crew_id: 'N', skills_missing: [] })
  await offer('inc_big', 'N', 'support')
  expect((await best()).crew_id).not.toBe('N')
})

test('a way that a stopped server left undone after a road was closed is given again, once', async () => {
  const { body: lead } = await offer('inc_big', 'E1')
  await step(lead.id, 'accept')
  const shape = {
    type: 'LineString' as const,
    coordinates: [
      [113.05, 22.4],
      [113.05, 22.6],
    ] as [number, number][],
  }
  await opened.database.pool.query(
    `insert into road_closure (id, geom, reason, closed_by)
     values ('flood', st_setsrid(st_geomfromgeojson($1::text), 4326), 'flood', 'Li')`,
    [JSON.stringify(shape)],
  )
  await opened.database.pool.query("update crew set geom = st_setsrid(st_point(113.09, 22.5), 4326) where id = 'E1'")
  expect(await reroute(deps, 'roads'), 'by a server whose roads have not followed').toBe(0)
  const followed = { ...deps, roads: new Roads(undefined, new Map([['flood', shape]])) }
  expect(await Promise.all([reroute(followed, 'roads'), reroute(followed, 'roads')])).toSatisfy(
    (told: number[]) => told[0]! + told[1]! === 1,
  )
  expect(await reroute(followed, 'roads')).toBe(0)
  expect((await events('assignment')).map((each) => each.step)).toEqual(['offered', 'accepted', 'rerouted'])
})

test('what a crossing saves is the home district’s best arrival at the offer less its own', async () => {
  const { body: crossing } = await offer('inc_big', 'W1')
  expect((await get<Savings>('/api/dispatch/savings')).crossings).toBe(0)
  await step(crossing.id, 'accept')
  const saved = await get<Savings>('/api/dispatch/savings')
  const { rows } = await opened.database.pool.query<{ home: Date; own: Date }>(
    'select home_arrives_at as home, arrives_at as own from assignment',
  )
  const minutes = Math.round((rows[0]!.home.getTime() - rows[0]!.own.getTime()) / 60_000)
  expect(minutes).toBeGreaterThan(0)
  expect(saved).toMatchObject({ crossings: 1, reckoned: 1, minutes, customer_minutes: minutes * 90 })
  expect(saved.says.zh).toContain('跨区')
})

test('a crew on loan to a district is at home there', async () => {
  const crossing = async () => {
    const { items } = await get<{ items: Candidate[] }>('/api/incidents/inc_big/candidates')
    return items.find(({ crew_id }) => crew_id === 'W1')!.crosses_boundary
  }
  expect(await crossing()).toBe(true)
  await opened.database.pool.query("update crew set on_loan_to = 'east' where id = 'W1'")
  expect(await crossing()).toBe(false)
})
