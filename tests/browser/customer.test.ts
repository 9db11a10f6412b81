import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OpenChannel } from '../../server/contract/subscriptions.ts'
import type { FoundPlace, FoundPlaces, PublicSummary } from '../../server/contract/public.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { snapshot } from '../web/sketch.ts'
import { openBrowser, visit, type Visit } from './open-browser.ts'
import { startStub, type StubServer } from './stub-server.ts'

let browser: Browser
let stub: StubServer
let seen: Visit

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await seen.close()
  await stub.close()
})

const now = () => new Date().toISOString()
const summary = (): PublicSummary => ({
  at: now(),
  timezone: 'Asia/Shanghai',
  customers: 20_000,
  customers_out: 812,
  incidents_open: 2,
  districts: [
    { code: 'north', name: '北区', customers_out: 812, incidents_open: 1 },
    { code: 'south', name: '南区', customers_out: null, incidents_open: 1 },
  ],
  incidents: [
    {
      id: 'i1',
      status: 'confirmed',
      place: '10kV榕溪线',
      district: '北区',
      customers_out: 812,
      started_at: now(),
      restored_at: null,
      verified: false,
      estimate: { at: now(), low: now(), high: now(), source: 'history' },
      crew: 'on_the_way',
      cause: null,
      says: { zh: '榕溪线一带停电。', en: 'Supply is out along the Rongxi line.' },
      updated_at: now(),
    },
  ],
})

const channels: OpenChannel[] = [{ channel: 'push', kind: 'web_push', public_key: `B${'x'.repeat(86)}` }]
const place = (name: string, over: Partial<FoundPlace>): FoundPlace => ({
  place: name,
  district: '北区',
  state: 'none_known',
  says: { zh: `${name}目前没有已知的停电。`, en: `No loss of supply is known at ${name}.` },
  incidents: [],
  planned: [],
  calendar: null,
  shape: null,
  ...over,
})
let found: FoundPlaces

async function openPhone(locale = 'zh-CN', told = summary, taken?: (pathname: string) => ReportAnswer | null) {
  stub = await startStub({
    snapshot,
    summary: told,
    ...(taken ? { taken } : {}),
    answer: (pathname, response) => {
      const told: Record<string, unknown> = { '/api/public/channels': { items: channels }, '/api/public/find': found }
      if (!told[pathname]) return false
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told[pathname]))
      return true
    },
  })
  seen = await visit(browser, stub.url, { width: 390, height: 844, locale })
  return seen.page
}

/** Has a service worker count the notices that the browser has taken from it. */
function countShown(): void {
  const worker = self as unknown as { registration: ServiceWorkerRegistration; shownSoFar: number }
  const show = worker.registration.showNotification.bind(worker.registration)
  worker.shownSoFar = 0
  worker.registration.showNotification = async (title, options) => {
    await show(title, options)
    worker.shownSoFar += 1
  }
}

describe('the public page', () => {
  it('gives the answer first, without loading the map, in at most 50 kB of script', async () => {
    const page = await openPhone()
    await page.getByText('812', { exact: true }).waitFor()
    await page.getByText('少于 5 户').first().waitFor()
    await page.waitForTimeout(500)
    expect(stub.scriptBytes()).toBeLessThan(50_000)
    expect(await page.locator('canvas').count()).toBe(0)
    expect(seen.strangers).toEqual([])
  })

  it('finds a street among several, says what is so there, and asks whoever gives a number for the phone', async () => {
    const out = { zh: '榕溪路2号台区自10:00起停电。', en: 'Out since 10:00.' }
    found = {
      places: [place('榕溪路1号台区', {}), place('榕溪路2号台区', { state: 'out', says: out })],
      is_number: false,
      timezone: 'Asia/Shanghai',
      at: now(),
    }
    const page = await openPhone()
    const box = page.getByRole('search')
    await box.getByRole('searchbox').fill('榕溪路')
    await box.getByRole('button', { name: '查询' }).click()
    await box.getByRole('button', { name: /榕溪路2号台区/ }).click()
    await box.getByText(out.zh).waitFor()
    expect(await box.getByRole('button', { name: '我家没电，要报修' }).count()).toBe(0)
    await box.getByRole('button', { name: '返回列表' }).click()
    await box.getByRole('button', { name: /榕溪路1号台区/ }).click()
    await box.getByText('目前没有已知的停电').waitFor()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await box.getByRole('button', { name: '我家没电，要报修' }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    found = { ...found, places: [], is_number: true }
    await box.getByRole('searchbox').fill('034782761142')
    await box.getByRole('button', { name: '查询' }).first().click()
    await box.getByLabel('手机号后四位').waitFor()
  })

  it('leads to the plain pages where no script runs', async () => {
    await openPhone()
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(stub.url)
    const ways = await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(ways).toEqual(['/api/public/status?lang=zh', '/api/public/status?lang=en'])
    await context.close()
  })

  it('takes a report in three taps and shows the sentence and where to follow it', async () => {
    const page = await openPhone()
    await page.getByRole('button', { name: '我要报修' }).click()
    await page.getByLabel('户号、手机号或地址').fill('034782761142')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: /全家没电/ }).click()
    await page.getByText('您所在的区域正在停电。').waitFor()
    expect(await page.getByRole('link', { name: '跟踪进度' }).getAttribute('href')).toBe('/follow/abc')
    expect(stub.posted).toEqual([
      { path: '/api/reports', body: { channel: 'web', symptom: 'no_power', account_no: '034782761142' } },
    ])
  })

  const unplaced: ReportAnswer = {
    id: 'rep_1',
    located: null,
    candidates: [{ transformer_id: 'T1', label: '江门市银月公路213号', confidence: 0.4 }],
    verdict: { kind: 'unlocated', rule: 'several_places', says: { zh: '还差一步。', en: 'One step.' }, evidence: [] },
    follow: '/follow/abcdefgh',
  }
  const reportByAddress = async (page: Awaited<ReturnType<typeof openPhone>>) => {
    await page.getByRole('button', { name: '我要报修' }).click()
    await page.getByLabel('户号、手机号或地址').fill('银月公路213号')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: /全家没电/ }).click()
  }

  it('asks which place an address means, and a tap places the same report', async () => {
    const page = await openPhone('zh-CN', summary, (path) => (path === '/api/reports' ? unplaced : null))
    await reportByAddress(page)
    await page.getByRole('button', { name: '是江门市银月公路213号' }).click()
    await page.getByText('您所在的区域正在停电。').waitFor()
    expect(stub.posted).toMatchObject([
      { path: '/api/reports', body: { address: '银月公路213号' } },
      { path: '/api/follow/abcdefgh/place', body: { candidate: '江门市银月公路213号' } },
    ])
  })

  it('places the same report by what is written instead, without asking again what is wrong', async () => {
    const page = await openPhone('zh-CN', summary, (path) => (path === '/api/reports' ? unplaced : null))
    await reportByAddress(page)
    await page.getByRole('button', { name: /不是这里/ }).click()
    await page.getByLabel('户号、手机号或地址').fill('银月公路213号之2')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('您所在的区域正在停电。').waitFor()
    expect(stub.posted.map(({ path }) => path)).toEqual(['/api/reports', '/api/follow/abcdefgh/place'])
    expect(stub.posted[1]!.body).toEqual({ address: '银月公路213号之2' })
  })

  it('goes a step back on “back” and keeps what was typed; a report that was sent leaves nothing behind', async () => {
    const page = await openPhone()
    await page.getByText('812', { exact: true }).waitFor()
    const begun = await page.evaluate(() => history.length)
    await page.getByRole('button', { name: '我要报修' }).click()
    await page.getByLabel('户号、手机号或地址').fill('034782761142')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('是什么情况？').waitFor()
    await page.goBack()
    await page.getByText('哪里没电？').waitFor()
    expect(await page.getByLabel('户号、手机号或地址').inputValue()).toBe('034782761142')
    await page.goBack()
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
    expect(await page.getByText('812', { exact: true }).count()).toBe(1)
    await page.getByRole('button', { name: '我要报修' }).click()
    expect(await page.getByLabel('户号、手机号或地址').inputValue()).toBe('034782761142')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '上一步' }).click()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: /全家没电/ }).click()
    await page.getByRole('button', { name: '好的' }).click()
    await expect.poll(() => page.evaluate(() => history.state as unknown)).toBeNull()
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(begun + 2)
    expect(stub.posted).toHaveLength(1)
    await page.getByRole('button', { name: '我要报修' }).click()
    expect(await page.getByLabel('户号、手机号或地址').inputValue()).toBe('')
  })

  it('subscribes this browser to notices, and shows one that is pushed twice as one', async () => {
    const page = await openPhone()
    await page.context().grantPermissions(['notifications'])
    // There is no push service here: the browser's part in it is played.
    await page.evaluate(() => {
      PushManager.prototype.subscribe = () =>
        Promise.resolve({ endpoint: 'https://push.example/1' } as PushSubscription)
      Notification.requestPermission = () => Promise.resolve('granted')
    })
    await page.getByRole('button', { name: '浏览器通知' }).click()
    await page.getByLabel('户号', { exact: true }).fill('034782761142')
    await page.getByLabel('手机号后四位').fill('0001')
    await page.getByRole('button', { name: '开启通知' }).click()
    await page.getByText(/^已开启/).waitFor()
    expect(stub.posted).toMatchObject([
      {
        path: '/api/customers/subscriptions',
        body: { channel: 'push', account_no: '034782761142', recipient: '{"endpoint":"https://push.example/1"}' },
      },
    ])
    const devtools = await page.context().newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations
        if (first) resolve(first.registrationId)
      }),
    )
    await devtools.send('ServiceWorker.enable')
    const registrationId = await registered
    const push = (key: string, text: string) =>
      devtools.send('ServiceWorker.deliverPushMessage', {
        origin: stub.url,
        registrationId,
        data: JSON.stringify({ key, kind: 'restored', text }),
      })
    // Whoever asks for the list while a notice is on its way to be shown makes the browser forget that notice.
    const [worker] = page.context().serviceWorkers()
    await worker!.evaluate(countShown)
    const keys = ['relight-7', 'relight-7', 'relight-8']
    for (const key of keys) await push(key, `东一台区已恢复供电（${key}）`)
    const shownSoFar = () => worker!.evaluate(() => (self as { shownSoFar?: number }).shownSoFar)
    await expect.poll(shownSoFar, { timeout: 20_000 }).toBe(keys.length)
    const shown = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready
        return (await registration.getNotifications()).map(({ tag, body }) => `${tag} ${body}`).toSorted()
      })
    await expect
      .poll(shown, { timeout: 20_000 })
      .toEqual(['relight-7 东一台区已恢复供电（relight-7）', 'relight-8 东一台区已恢复供电（relight-8）'])
  })

  it('keeps what it knows when the network goes, and says so', async () => {
    const page = await openPhone()
    await page.getByText('812', { exact: true }).waitFor()
    stub.down()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText(/网络不通/).waitFor()
    expect(await page.getByText('812', { exact: true }).count()).toBe(1)
  })

  it('says every time on the network’s clock, wherever it is read, and “restored” of what is verified only', async () => {
    const estimate = { at: '2099-07-01T08:30:00Z', low: '2099-07-01T07:30:00Z', high: '2099-07-01T17:00:00Z' }
    const [first] = summary().incidents
    const page = await openPhone('zh-CN', () => ({
      ...summary(),
      at: '2099-07-01T06:00:00Z',
      incidents: [
        { ...first!, started_at: '2099-07-01T05:00:00Z', estimate: { ...estimate, source: 'history' } },
        { ...first!, id: 'i2', status: 'restored', restored_at: '2099-07-01T05:30:00Z' },
        { ...first!, id: 'i3', estimate: { ...estimate, at: '2099-07-01T05:59:00Z', source: 'history' } },
      ],
    }))
    await page.getByText('预计 16:30 复电').waitFor()
    await page.getByText('大约在 15:30 至 7/2 01:00 之间').waitFor()
    await page.getByText('应已于 13:30 复电').waitFor()
    await page.getByText('应已复电，核实中').first().waitFor()
    await page.getByRole('heading', { name: '已恢复或正在核实' }).waitFor()
    await page.getByText('比原预计的时间晚').waitFor()
    expect(await page.getByText('已复电', { exact: true }).count()).toBe(0)
  })

  it('shows a chosen district’s incidents alone, and all of them again', async () => {
    const [first] = summary().incidents
    const page = await openPhone('zh-CN', () => ({
      ...summary(),
      incidents: [first!, { ...first!, id: 'i2', place: '南门公变', district: '南区' }],
    }))
    const places = () => page.locator('article h3').allInnerTexts()
    await expect.poll(places).toEqual(['10kV榕溪线', '南门公变'])
    await page.getByRole('button', { name: /^南区/ }).click()
    await expect.poll(places).toEqual(['南门公变'])
    await page.getByRole('button', { name: /^南区/ }).click()
    await expect.poll(places).toEqual(['10kV榕溪线', '南门公变'])
  })

  it('fits the phone: nothing is wider than the screen', async () => {
    const page = await openPhone()
    await page.getByText('812', { exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  const heads: [string, string, Partial<PublicSummary>, string, string][] = [
    ['zh-CN', 'a count that is not told', { customers_out: null }, '少于 5', '当前停电 少于 5 户'],
    [
      'en-GB',
      'a count that is not told',
      { customers_out: null },
      'fewer than 5',
      'Without power now fewer than 5 customers',
    ],
    ['zh-CN', 'the least there are', { leaves_out: true }, '812', '当前停电至少 812 户'],
  ]
  it.each(heads)('says in %s %s, in one line beneath its name', async (locale, _, told, strong, whole) => {
    const page = await openPhone(locale, () => ({ ...summary(), ...told }))
    const head = page.locator('h1')
    await head.getByText(strong, { exact: true }).waitFor()
    expect((await head.innerText()).replace(/\s+/g, ' ').trim()).toBe(whole)
    const height = (locator: string) => head.locator(locator).evaluate((each) => each.getBoundingClientRect().height)
    expect(await height('> span:last-child')).toBeLessThan(1.5 * (await height('strong')))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  const calm = { customers_out: 0, incidents_open: 0, incidents: [] }
  const quietDistrict = { code: 'north', name: '北区', customers_out: 0, incidents_open: 0 }
  it('does not call it quiet while planned work leaves somebody out, or while it is not known that supply is back', async () => {
    const planned_now = { outages: 1, customers: 29 }
    const page = await openPhone('zh-CN', () => ({
      ...summary(),
      ...calm,
      planned_now,
      districts: [{ ...quietDistrict, planned_now }],
    }))
    await page.getByText('计划停电进行中：29 户 · 1 处').waitFor()
    await page.getByText('没有已知的故障停电').waitFor()
    expect(await page.getByRole('button', { name: '北区 计划停电 29 户' }).count()).toBe(1)
    expect(await page.getByText(/供电正常|目前没有已知的停电/).count()).toBe(0)
    await Promise.all([seen.close(), stub.close()])
    const [first] = summary().incidents
    const back = { ...first!, status: 'restored' as const, customers_out: 0, restored_at: now() }
    const after = await openPhone('en-GB', () => ({
      ...summary(),
      ...calm,
      incidents: [back],
      districts: [quietDistrict],
    }))
    await after.getByText('Supply should be back; we are checking').waitFor()
    expect(await after.getByRole('button', { name: '北区 Should be back, being checked' }).count()).toBe(1)
    expect(await after.getByText('No outage is known right now').count()).toBe(0)
    expect(await after.locator('h1.fine').count()).toBe(0)
  })

  it.each(['zh-CN', 'en-GB'])('has no access violation in %s, the report open or not', async (locale) => {
    const page = await openPhone(locale)
    await page.getByText('812', { exact: true }).waitFor()
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: /我要报修|Report an outage/ }).click()
    expect(await violations()).toEqual([])
  })
})
