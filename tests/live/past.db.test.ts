// The time machine on the small region (tests/fixtures/region.ts): what was served at a moment is what is answered of it later,
// from the log and from a kept snapshot; and an exercise, which marks all it says.
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { StormReport } from '../../server/contract/history.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { LiveEvent, Snapshot } from '../../server/contract/live.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { markExercise, readExercise } from '../../server/database/index.ts'
import { keepSnapshot } from '../../server/live/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
const served: Snapshot[] = []

const when = (minutes: number) => {
  at.clock.now = minute(minutes)
}
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!
const post = async <Body>(path: string, body: object = {}, as: 'dispatcher' | 'crew:C1' = 'dispatcher') => {
  const answer = await at.call<Body>('POST', path, body, as)
  expect(answer.status).toBeLessThan(300)
  return answer.body
}
/** What a wall is given now, once the tail has read to the head. */
const serve = async () => {
  const { newest } = await at.database.one<{ newest: number }>('live/read_head')
  while (at.deps.tail.seq < newest) await turn()
  served.push((await at.call<Snapshot>('GET', '/api/snapshot', undefined, 'wall')).body)
}
const pastOf = (instant: string) =>
  at.call<Snapshot>('GET', `/api/snapshot?at=${encodeURIComponent(instant)}`, undefined, 'wall')

beforeAll(async () => {
  at = await openTestApp(undefined, { ownTime: true })
  await keepSnapshot(at.deps)
  when(1)
  await serve()
  when(5)
  for (const account of ['A301', 'A302', 'A304']) await call(account)
  const incident = (await call('A306'))!
  await serve()
  when(8)
  const offered = await post<{ id: string }>(`/api/incidents/${incident}/assignments`, { crew_id: 'C1' })
  await serve()
  when(9)
  for (const step of ['accept', 'depart']) await post(`/api/assignments/${offered.id}/${step}`, {}, 'crew:C1')
  await post('/api/crews/C1/positions', { at: minute(9), lon: 113.002, lat: 22.5 }, 'crew:C1')
  await serve()
  when(30)
  await post(`/api/assignments/${offered.id}/arrive`, {}, 'crew:C1')
  await post<IncidentSummary>(`/api/incidents/${incident}/confirm`, { equipment_id: 'FA' })
  await serve()
  when(50)
  const findings = { restored: true, cause: 'vegetation' }
  await post(`/api/assignments/${offered.id}/finish`, { findings }, 'crew:C1')
  await serve()
  // Hours on the restored one has left the screens, and the night crew has come.
  when(800)
  await serve()
}, 120_000)
afterAll(() => at.close())

it('answers of a moment that has passed what was served then, and nothing that became known later', async () => {
  for (const then of served) {
    const { status, body } = await pastOf(then.at)
    expect(status).toBe(200)
    expect(body).toEqual(then)
  }
  expect(served.map(({ counts }) => counts.customers_out)).toEqual([0, 10, 10, 10, 10, 0, 0])
})

it('answers the same from a snapshot kept on the way', async () => {
  await at.sql('insert into past_snapshot values ($1, $2, $3)', [served[3]!.seq, served[3]!.at, served[3]!])
  for (const then of served) expect((await pastOf(then.at)).body).toEqual(then)
})

it('counts a message as failed from the moment that it did, and before as what it was', async () => {
  await at.sql(
    `insert into notification (matter_id, service_point_id, channel, language, recipient, state, created_at, next_try_at, sent_at)
     values (990, 'x', 'print', 'zh', '1', 'dead', $1, $3, null), (991, 'x', 'print', 'zh', '1', 'dead', $1, $3, $2)`,
    [minute(52), minute(53), minute(60)],
  )
  const counts = async (minutes: number) => (await pastOf(minute(minutes).toISOString())).body.counts
  const [before, then, since] = [await counts(51), await counts(55), await counts(61)]
  expect([before, then, since].map((each) => each.notifications_dead)).toEqual([0, 0, 2])
  expect(then.notifications_queued - before.notifications_queued).toBe(1)
  expect(then.notifications_sent_today - before.notifications_sent_today).toBe(1)
  expect(since.notifications_queued).toBe(before.notifications_queued)
  await at.sql('delete from notification where matter_id in (990, 991)')
})

it('refuses a moment to come', async () => {
  expect(await pastOf(minute(900).toISOString())).toMatchObject({ status: 400 })
})

it('pages through the events between two moments, in order and without repeat', async () => {
  const span = `from=${minute(1).toISOString()}&to=${minute(50).toISOString()}`
  type Page = { items: LiveEvent[]; next_cursor: string | null }
  const all = (await at.call<Page>('GET', `/api/events?${span}&limit=1000`)).body.items
  const paged: LiveEvent[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer: { body: Page } = await at.call<Page>(
      'GET',
      `/api/events?${span}&limit=7${cursor && `&cursor=${cursor}`}`,
    )
    paged.push(...answer.body.items)
    cursor = answer.body.next_cursor
  }
  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThan(10)
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((a, b) => a - b))
  expect(all.every((event) => Date.parse(event.at) > minute(1).getTime())).toBe(true)
  expect((await at.call('GET', '/api/events', undefined, 'public')).status).toBe(401)
})

it('reports a storm: what it came to, its curve, promises and estimates', async () => {
  const { body } = await at.call<StormReport>(
    'GET',
    `/api/storm-report?from=${minute(0).toISOString()}&to=${minute(60).toISOString()}`,
  )
  expect(body.totals).toMatchObject({ customers: 60, interrupted: 10, incidents: 1, restored: 1, reports: 4 })
  expect(body.totals.customer_minutes).toBeCloseTo(10 * 45, 0)
  expect(body.peak?.customers_out).toBe(10)
  expect(body.curve[0]).toMatchObject({ customers_out: 0, incidents_open: 0 })
  expect(body.curve.at(-1)).toMatchObject({ customers_out: 0, incidents_open: 0 })
  expect(body.promises.arrival).toEqual({ owed: 1, kept: 1 })
  expect(body.estimates.incidents).toBe(1)
  const [worst] = body.worst
  expect(worst!.transformer_ids.length).toBeGreaterThan(0)
  expect([worst!.location.lon, worst!.location.lat].every(Number.isFinite)).toBe(true)
  expect(body.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['started', 'arrived', 'restored']))
  // Out for 45 minutes, of a period whose steps are six hours.
  const long = await at.call<StormReport>('GET', `/api/storm-report?from=${minute(800 - 62 * 1440).toISOString()}`)
  expect(long.body.totals.interrupted).toBe(10)
  expect(long.body.peak).toEqual({ at: minute(5).toISOString(), customers_out: 10 })
  expect(Math.max(...long.body.curve.map(({ customers_out }) => customers_out))).toBe(10)
  expect(long.body.curve.at(-1)).toMatchObject({ customers_out: 0, incidents_open: 0 })
  const ahead = await at.call<StormReport>('GET', `/api/storm-report?to=${minute(900).toISOString()}`)
  expect([ahead.body.from, ahead.body.to]).toEqual([minute(800 - 1440), minute(800)].map((each) => each.toISOString()))
  const toCome = await at.call<Problem>('GET', `/api/storm-report?from=${minute(801).toISOString()}`)
  expect([toCome.status, toCome.body.errors?.[0]?.path]).toEqual([400, 'from'])
  const backwards = `/api/storm-report?from=${minute(60).toISOString()}&to=${minute(0).toISOString()}`
  expect((await at.call('GET', backwards)).status).toBe(400)
  expect((await at.call('GET', backwards, undefined, 'crew:C1')).status).toBe(403)
})

it('refuses to mark a database as an exercise in which something real has happened', async () => {
  await expect(markExercise(at.database, 'exercise')).rejects.toThrow(/not an exercise: give an empty one/)
  expect(await readExercise(at.database)).toBe(false)
})

it('marks every page, feed and answer of an exercise', async () => {
  const app = createApp({ ...at.deps, exercise: true })
  const page = await app.request('/api/public/status', { headers: { 'accept-encoding': 'br' } })
  expect(page.headers.get('x-relight-exercise')).toBe('on')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(await page.text()).toMatch(/<title>【演练 EXERCISE】[^]*class="relight-exercise"/)
  expect(await (await app.request('/readyz')).text()).toBe('ready exercise\n')
  expect(await (await app.request('/feeds/cap.atom')).text()).toContain('演练 EXERCISE')
  expect((await app.request('/api/public/summary')).headers.get('x-relight-exercise')).toBe('on')
  const real = await at.app.request('/api/public/status')
  expect(await real.text()).not.toContain('演练')
  expect(await (await at.app.request('/readyz')).text()).toBe('ready\n')
})
