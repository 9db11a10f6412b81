// Several dispatchers at once: who has what open, on every server; and a step decided on an older state is refused, naming who
// changed what.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ServerResponse } from 'node:http'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { PresenceList } from '../../server/contract/presence.ts'
import type { RequestView } from '../../server/contract/requests.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { watchPresence } from '../../server/live/index.ts'
import { openTestApp, type TestApp, type TestServer } from '../fixtures/app.ts'

let at: TestApp
let other: TestServer
beforeAll(async () => {
  at = await openTestApp()
  other = await at.second()
})
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate presence')
})
afterAll(() => at.close())

const screen = (letter: string) => letter.repeat(10)
const open = (server: TestServer, letter: string, incident_id: string | null, doing: string | null = null) =>
  server.call<PresenceList>('PUT', '/api/presence', { screen: screen(letter), incident_id, doing })

describe('who has what open', () => {
  it('is shown to every desk, whichever server it is on, and goes with the last word or with a minute of silence', async () => {
    await open(at, 'a', 'inc_1')
    const { body } = await open(other, 'b', 'inc_1', 'confirm')
    expect(body.items.map(({ screen, incident_id, doing }) => [screen[0], incident_id, doing])).toEqual([
      ['a', 'inc_1', null],
      ['b', 'inc_1', 'confirm'],
    ])
    expect((await open(at, 'b', null)).body.items.map((item) => item.screen[0])).toEqual(['a'])
    at.clock.now = new Date(at.clock.now.getTime() + 60_000)
    expect((await open(other, 'b', 'inc_2')).body.items.map((item) => item.screen[0])).toEqual(['b'])
    expect(await at.sql('select from presence')).toHaveLength(1)
  })

  it('is sent to the desks of another server as it changes, and not to a wall', async () => {
    const heard: Record<'desk' | 'wall', string> = { desk: '', wall: '' }
    const listener = (who: 'desk' | 'wall') => ({
      response: {
        destroyed: false,
        writableLength: 0,
        on: () => {},
        end: () => {},
        destroy: () => {},
        write: (frame: Buffer) => (heard[who] += frame.toString()),
      } as unknown as ServerResponse,
      seq: Number.MAX_SAFE_INTEGER,
      begunWith_bytes: 0,
      isDesk: who === 'desk',
    })
    other.deps.hub.add(listener('desk'))
    other.deps.hub.add(listener('wall'))
    const watch = watchPresence(other.deps)
    await open(at, 'c', 'inc_7')
    for (let waited = 0; !heard.desk.includes('inc_7') && waited < 1500; waited++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    watch.stop()
    expect(heard.desk).toMatch(/^event: presence\ndata: \{"items":\[\{.*"incident_id":"inc_7"/)
    expect(heard.wall).not.toContain('presence')
  })

  it('is for dispatchers, and never more rows than a control room has desks', async () => {
    expect((await at.call('PUT', '/api/presence', { screen: screen('a'), incident_id: null }, 'wall')).status).toBe(403)
    expect((await at.call('PUT', '/api/presence', { screen: 'A', incident_id: null })).status).toBe(400)
    await at.sql(
      `insert into presence select 'screen' || n, 'x', 'inc_1', null, $1, $1 from generate_series(1, 200) as n`,
      [at.clock.now],
    )
    const { body } = await open(at, 'z', 'inc_1')
    expect(body.items).toHaveLength(200)
    expect(body.items.map((item) => item.screen)).not.toContain(screen('z'))
  })
})

describe('a step decided on an older state', () => {
  const based = (version: number) => ({ 'if-match': `"${version}"` })
  async function incident(): Promise<IncidentSummary> {
    await at.call('POST', '/api/reports', { channel: 'hotline', account_no: 'A101' })
    const { body } = await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=open')
    return body.items[0]!
  }

  it('is refused to the loser, who is told who did what; on what stands now it is done', async () => {
    const { id, version } = await incident()
    const path = `/api/incidents/${id}`
    const first = await at.call<IncidentSummary>(
      'POST',
      `${path}/cause`,
      { cause: 'weather' },
      'dispatcher',
      based(version),
    )
    expect(first.status).toBe(200)
    const second = await other.call<Problem>('POST', `${path}/confirm`, {}, 'administrator', based(version))
    expect([second.status, second.body.type]).toEqual([409, 'urn:relight:stale'])
    expect(second.body.changes?.map(({ step, actor }) => [step, actor])).toEqual([['cause', 'dispatcher']])
    const again = await other.call('POST', `${path}/confirm`, {}, 'administrator', based(first.body.version))
    expect(again.status).toBe(200)
  })

  it('is done where the maker alone changed something, where only calls came in, and where no version is named', async () => {
    const { id, version } = await incident()
    const path = `/api/incidents/${id}`
    await at.call('POST', '/api/reports', { channel: 'hotline', account_no: 'A102' }, 'administrator')
    expect((await at.call('POST', `${path}/cause`, { cause: 'weather' }, 'dispatcher', based(version))).status).toBe(
      200,
    )
    expect((await at.call('POST', `${path}/cause`, { cause: 'wildlife' }, 'dispatcher', based(version))).status).toBe(
      200,
    )
    expect((await at.call('POST', `${path}/cause`, { cause: 'public' }, 'administrator')).status).toBe(200)
  })

  it('of two at the same moment on two servers one is done and the other refused', async () => {
    const { id, version } = await incident()
    const steps = await Promise.all([
      at.call('POST', `/api/incidents/${id}/cause`, { cause: 'weather' }, 'dispatcher', based(version)),
      other.call('POST', `/api/incidents/${id}/cause`, { cause: 'wildlife' }, 'administrator', based(version)),
    ])
    expect(steps.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is refused on a request too, whose version is its number of steps', async () => {
    const made = await at.call<{ id: string }>('POST', '/api/requests', { kind: 'question', text: '何时复电' })
    const path = `/api/requests/${made.body.id}`
    const { body: seen } = await at.call<RequestView>('GET', path)
    await at.call('POST', `${path}/take`, {}, 'administrator')
    const late = await at.call<Problem>('POST', `${path}/take`, {}, 'dispatcher', based(seen.steps.length))
    expect([late.status, late.body.changes?.[0]?.actor]).toEqual([409, 'administrator'])
    expect((await at.call('POST', `${path}/take`, {}, 'dispatcher', based(seen.steps.length + 1))).status).toBe(200)
  })
})
