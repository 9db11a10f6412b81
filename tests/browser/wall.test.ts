import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../server/contract/live.ts'
import { assignment, crew, event, incident, snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit
let picture: Snapshot

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await stub.close()
})

async function openWall(options: { token?: string; locale?: string } = {}) {
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
  })
  stub = await startStub({ snapshot: () => picture })
  seen = await visit(browser, `${stub.url}/wall#token=${options.token ?? 'secret'}`, { locale: options.locale })
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
