// A bridge on the way is closed by drawing across it on the desk's map, and opened again.
//
//        c ─────────╮        C1 reaches T2 over the bridge a-m soonest. With the bridge closed it drives round by c,
//       ╱            ╲ C2    and C2, half way down the other side, is there first.
//      a ──C1─║── m ──T2── b
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AssignmentDetail, Candidate } from '../../server/contract/assignments.ts'
import { openBrowser, signIn, visit } from './open-browser.ts'
import { dispatcher, serveSketch, type Served } from './served-sketch.ts'

/** A loaded machine takes its time; no test measures it. */
const patience = { timeout: 30_000, interval: 200 }

let browser: Browser
let served: Served

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch({
    'crews.csv':
      'id,name,home_district,lon,lat,skills\nC1,一班,east,113.001,22.5,lv;mv\nC2,二班,east,113.0075,22.505,lv;mv\n',
    'roads_nodes.csv': 'node,lon,lat\na,113.000,22.5\nm,113.005,22.5\nb,113.010,22.5\nc,113.005,22.51\n',
    'roads_edges.csv': 'from,to,length_m,time_s,oneway\na,m,514,45,0\nm,b,514,45,0\na,c,1230,120,0\nc,b,1230,120,0\n',
  })
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})

it('changes candidates, routes and arrival times at once, and gives them back when it is lifted', async () => {
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
  const [incident] = await served.incidents()
  const candidates = async () =>
    (await served.ask<{ items: Candidate[] }>(`/api/incidents/${incident!.id}/candidates?route=true`)).items
  const before = await candidates()
  expect(before.map(({ crew_id }) => crew_id)).toEqual(['C1', 'C2'])

  const { page, errors, strangers, close } = await visit(browser, `${served.url}/desk`, { width: 1440, height: 900 })
  await signIn(page, dispatcher.name, dispatcher.secret)
  await page.getByRole('navigation').getByRole('button').first().click()
  const first = page.getByRole('region', { name: '候选班组，按复电最快排' }).getByRole('listitem').first()
  await first.filter({ hasText: '一班' }).waitFor()

  await page.getByRole('button', { name: '封路' }).click()
  await page.getByRole('button', { name: '画线' }).click()
  const box = (await page.locator('canvas').first().boundingBox())!
  for (const offset of [-60, 60])
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 + offset, { delay: 50 })
  await page.getByText('已点 2 点').waitFor()
  await page.getByLabel('原因').fill('大桥积水')
  await page.getByRole('button', { name: '封闭', exact: true }).click()
  await page.getByRole('button', { name: '恢复通行' }).waitFor()
  await expect.poll(async () => (await candidates())[0]!.crew_id, patience).toBe('C2')
  await first.filter({ hasText: '二班' }).waitFor()
  const closed = await candidates()
  expect(closed[1]!.travel_s).toBeGreaterThan(before[0]!.travel_s * 2)

  await page.getByRole('button', { name: '恢复通行' }).click()
  const ways = (list: Candidate[]) => list.map(({ crew_id, travel_s, route }) => ({ crew_id, travel_s, route }))
  await expect.poll(async () => ways(await candidates()), patience).toEqual(ways(before))
  await first.filter({ hasText: '一班' }).waitFor()
  expect([...errors, ...strangers]).toEqual([])
  await close()
})

it('gives a crew that is on its way another way, and its first way back', async () => {
  const [incident] = await served.incidents()
  await served.ask(`/api/incidents/${incident!.id}/assignments`, { crew_id: 'C1' })
  const way = async () => {
    const { items } = await served.ask<{ items: AssignmentDetail[] }>('/api/assignments?active=true')
    return { route: items[0]!.route, travel_s: items[0]!.travel_s }
  }
  const first = await way()
  const shape = { type: 'LineString', coordinates: [[113.004, 22.499], [113.004, 22.501]] } // prettier-ignore
  const closure = await served.ask<{ id: string }>('/api/roads/closures', { shape, reason: '大桥积水' })
  await expect.poll(async () => (await way()).travel_s! > 2 * first.travel_s!, patience).toBe(true)
  await served.ask(`/api/roads/closures/${closure.id}/lift`, {})
  await expect.poll(way, patience).toEqual(first)
})
