import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../server/contract/live.ts'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { DaySoFar } from '../../server/contract/day.ts'
import { assignment, clock, crew, day, event, incident, snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit
let picture: Snapshot
let today: (() => DaySoFar) | null
let clocks: ClockView[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await stub.close()
})

beforeEach(() => {
  today = () => day({ at: new Date().toISOString() })
  clocks = []
})

type Opened = {
  token?: string
  locale?: string
  width?: number
  height?: number
  over?: Partial<Snapshot>
  query?: string
}

async function openWall(options: Opened = {}) {
  const at = new Date().toISOString()
  const driving = assignment({ id: 'a1', incident_id: 'i1', crew_id: 'c1' })
  const counts = { ...snapshot().counts, customers: 20_000, customers_out: 1234, incidents_open: 1 }
  picture = snapshot({
    at,
    counts,
    incidents: [
      incident({ id: 'i1', customers_out: 1234, customers_affected: 1234, started_at: at, assignments: [driving] }),
    ],
    crews: [crew({ id: 'c1', status: 'en_route', assignment_id: 'a1', incident_id: 'i1' })],
    ...options.over,
  })
  stub = await startStub({ snapshot: () => picture, day: () => today?.() ?? null, clocks: () => clocks })
  const { token = 'secret', query = '', locale, width, height } = options
  seen = await visit(browser, `${stub.url}/wall${query}#token=${token}`, { locale, width, height })
  return seen.page
}
const opened = (seq: number, customers: number) =>
  event(seq, {
    at: new Date().toISOString(),
    step: 'opened',
    data: incident({
      id: `new-${seq}`,
      customers_out: customers,
      customers_affected: customers,
      place: '新光村#2配变',
    }),
  })

describe('the wall', () => {
  it('shows how many are out, follows the stream, and asks no other machine for anything', async () => {
    const page = await openWall()
    await page.getByText('1,234', { exact: true }).first().waitFor()
    await page.locator('canvas.maplibregl-canvas').waitFor()
    stub.send(opened(11, 766))
    await page.getByText('2,000', { exact: true }).first().waitFor()
    await page.getByText('新光村#2配变').first().waitFor()
    expect(seen.strangers).toEqual([])
    expect(seen.errors).toEqual([])
  })

  it('keeps the token out of the address', async () => {
    const page = await openWall({ token: 'do-not-share' })
    await page.getByText('1,234', { exact: true }).first().waitFor()
    expect(page.url()).not.toContain('do-not-share')
  })

  it('says how old its picture is while the server is away, keeps showing it, and recovers by itself', async () => {
    const page = await openWall()
    await page.getByText('1,234', { exact: true }).first().waitFor()
    stub.down()
    await page.getByText(/连接中断/).waitFor()
    expect(await page.getByText('1,234', { exact: true }).count()).toBeGreaterThan(0)
    expect(await page.getByText('当前没有停电').count()).toBe(0)
    picture = { ...picture, seq: 20, incidents: [], counts: { ...picture.counts, customers_out: 0, incidents_open: 0 } }
    stub.up()
    await page.getByText('当前没有停电').waitFor()
  })

  it('says that nobody is out only once the restorations are verified', async () => {
    const page = await openWall()
    await page.getByText('1,234', { exact: true }).first().waitFor()
    const at = new Date().toISOString()
    const gone = { status: 'restored', restored_at: at, updated_at: at, customers_out: 0, version: 2 } as const
    const back = incident({ id: 'i1', ...gone })
    stub.send(event(11, { at, step: 'restored', data: back }))
    await page.getByText('应已全部复电，核实中').waitFor()
    expect(await page.getByText('当前没有停电').count()).toBe(0)
    stub.send(event(12, { at, step: 'verified', data: { ...back, verified_at: at, version: 3 } }))
    await page.getByText('当前没有停电').waitFor()
  })

  it('says nothing of an all-clear while planned work is not known, and whom planned work has left out once it is', async () => {
    today = null
    const counts = { ...snapshot().counts, customers: 20_000 }
    const page = await openWall({ over: { incidents: [], counts } })
    await page.getByText('计划停电情况未知').waitFor()
    expect(await page.getByText('当前没有停电').count()).toBe(0)
    today = () => day({ at: new Date().toISOString(), planned_works: 1, planned_out: 29 })
    await page.getByText('另有计划停电 29 户').waitFor()
    await page.getByText('没有故障停电').waitFor()
    expect(await page.getByText('当前没有停电').count()).toBe(0)
  })

  it('owes what the promise clocks say, to an incident that nobody was sent to as well, and not nothing before it knows', async () => {
    const due = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    clocks = [
      clock({ incident_id: 'i1', kind: 'dispatch', state: 'escalated', due_at: due(-4) }),
      clock({ incident_id: 'i1', kind: 'arrive', state: 'warned', due_at: due(8) }),
      clock({ incident_id: 'i1', kind: 'restore', due_at: due(90) }),
    ]
    const page = await openWall()
    await page.getByText('共 3 项 · 超时 1').waitFor()
    const rows = page.getByRole('region', { name: '承诺时限' }).getByRole('listitem')
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(/派单[^]*超时 04:/),
      expect.stringMatching(/到场[^]*07:/),
    ])
    clocks = []
    stub.send(event(11, { at: due(0), name: 'clock', step: 'warned', data: { id: 'i1' } }))
    await page.getByText('没有将到期的承诺').waitFor()
  })

  it('dims all that it cannot know while the server is away, and says of nothing that there is none', async () => {
    const counts = { ...snapshot().counts, customers: 20_000 }
    const page = await openWall({ over: { incidents: [], crews: [], counts } })
    await page.getByText('没有停电事件在等待').waitFor()
    stub.down()
    await page.getByText(/连接中断/).waitFor()
    await page
      .getByText(/截至 \d\d:\d\d/)
      .first()
      .waitFor()
    await page.getByRole('region', { name: '每分钟报修' }).getByText(/截至/).waitFor()
    const dimmed = page.locator('.left.stale, .right.stale')
    expect(await dimmed.count()).toBe(2)
    for (const said of ['没有停电事件在等待', '没有将到期的承诺', '当前没有停电'])
      expect(await page.getByText(said).count()).toBe(0)
  })

  it.each([
    [1920, 1080],
    [1366, 768],
  ])('shows its curve whole, with its hours, beside seven districts at %i by %i', async (width, height) => {
    const districts = Array.from({ length: 7 }, (_, n) => ({ code: `d${n}`, name: `第${n}区`, kind: 'urban' as const }))
    today = () => day({ at: new Date().toISOString(), planned_works: 1, planned_out: 29 })
    const page = await openWall({ width, height, over: { districts } })
    await page.getByText('另有计划停电 29 户').waitFor()
    const panel = page.getByRole('region', { name: '当前停电用户' })
    const [inner, outer] = [await panel.locator('figure').boundingBox(), await panel.boundingBox()]
    expect(inner!.y + inner!.height).toBeLessThan(outer!.y + outer!.height)
    const whole = await panel.evaluate((pane) => pane.scrollHeight <= pane.clientHeight)
    expect(whole).toBe(true)
    const left = await page.locator('.left').evaluate((column) => column.scrollHeight <= column.clientHeight)
    expect(left).toBe(true)
    expect(
      await page.getByRole('region', { name: '各区停电用户' }).getByRole('listitem').count(),
    ).toBeGreaterThanOrEqual(3)
  })

  it('passes calmly over an event of an unknown kind and one that is broken', async () => {
    const page = await openWall()
    await page.getByText('1,234', { exact: true }).first().waitFor()
    stub.sendRaw('id: 11\nevent: weather\ndata: {"seq":11,"data":{"id":"w"}}\n\n')
    stub.sendRaw('id: 12\nevent: incident\ndata: {"seq":12,\n\n')
    stub.send(opened(13, 766))
    await page.getByText('2,000', { exact: true }).first().waitFor()
    expect(seen.errors).toEqual([])
  })

  it('asks to sign in when the token is no longer good', async () => {
    const page = await openWall()
    await page.getByText('1,234', { exact: true }).first().waitFor()
    stub.expire()
    await page.getByText('登录已过期，请重新登录。').waitFor()
  })

  it.each(['zh-CN', 'en-GB'])('has no access violation in %s', async (locale) => {
    const page = await openWall({ locale })
    await page.getByText('1,234', { exact: true }).first().waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  it('sends at most 700 kB of script', async () => {
    const page = await openWall()
    await page.locator('canvas.maplibregl-canvas').waitFor()
    await page.waitForTimeout(1000)
    expect(stub.scriptBytes()).toBeLessThan(700_000)
  })
})
