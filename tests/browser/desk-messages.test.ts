// Messages in the office of the desk, against a gateway that refuses at first: what failed is found from the queue, says why in the
// reader's language and goes out once more; what is held is approved; a wording that lacks a word is refused; all can be stopped.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { NotificationSettingView } from '../../server/contract/notifications.ts'
import { violationsOf } from './access-violations.ts'
import { openBrowser, visit } from './open-browser.ts'
import { adminToken, dispatcher, serveSketch, type Served } from './served-sketch.ts'

const patience = { timeout: 30_000, interval: 200 }
const viewport = { width: 1440, height: 900 }
let browser: Browser
let served: Served
let gateway: Server
let refuses = true

const put = (path: string, body: object) =>
  fetch(served.url + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const readSetting = () => served.ask<NotificationSettingView>('/api/notification-settings')
const deadCount = async () => (await served.ask<{ notifications_dead: number }>('/api/counts')).notifications_dead

beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  gateway = createServer((_, response) => response.writeHead(refuses ? 400 : 200).end(refuses ? 'no credit' : ''))
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`
  await put('/api/channels/sms', { kind: 'webhook', settings: { url, secret: 'a-secret-of-many-letters' } })
  await put('/api/notification-settings', { ...(await readSetting()), phone_channel: 'sms' })
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
  const [incident] = await served.incidents()
  await served.ask(`/api/incidents/${incident!.id}/confirm`, { equipment_id: 'T1' })
  await vi.waitFor(async () => expect(await deadCount()).toBe(4), patience)
})
afterAll(async () => {
  await browser.close()
  await served.stop()
  gateway.close()
})

const side = (page: Page, name: string) => page.getByRole('tab', { name, exact: false })

it.each([
  ['zh-CN', 'light', ['发送失败', '待批准', '措辞', '渠道', '规则']],
  ['en-GB', 'dark', ['Failed', 'To approve', 'Wordings', 'Channels', 'Rules']],
] as const)('has no access violation on any side in %s, %s', async (locale, theme, sides) => {
  const { page, errors, close } = await visit(browser, `${served.url}/desk?office=messages#token=${adminToken}`, {
    ...viewport,
    locale,
  })
  await page.emulateMedia({ colorScheme: theme })
  for (const name of sides) {
    await side(page, name).click()
    await page.waitForTimeout(300)
    expect(await violationsOf(page)).toEqual([])
  }
  expect(errors).toEqual([])
  await close()
})

it('is led to from the queue, says why in Chinese with the gateway’s words behind, and sends all once more', async () => {
  const { page, errors, close } = await visit(browser, `${served.url}/desk#token=${adminToken}`, viewport)
  await page.getByRole('button', { name: '4 条通知发送失败' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: '停电告知' }).waitFor()
  await dialog.getByRole('button', { name: '看每一条' }).click()
  await dialog.getByText('对方服务器应答 400').first().waitFor()
  await dialog.getByText('渠道原文').first().click()
  await dialog.getByText('no credit').first().waitFor()
  refuses = false
  await dialog.getByRole('button', { name: '再发一次 1', exact: true }).click()
  await dialog.getByText('1 条重新排队发送').waitFor()
  await dialog.getByRole('button', { name: '重发全部 3 条' }).click()
  await dialog.getByText('没有发送失败的通知').waitFor()
  await expect.poll(deadCount, patience).toBe(0)
  expect(errors).toEqual([])
  await close()
})

it('approves what is held once its text is read', async () => {
  await put('/api/notification-settings', { ...(await readSetting()), approve_above: 2 })
  await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
  const incident = (await served.incidents()).find(({ transformer_ids }) => transformer_ids.includes('T2'))
  await served.ask(`/api/incidents/${incident!.id}/confirm`, { equipment_id: 'T2' })
  const held = async () => (await served.ask<{ items: object[] }>('/api/matters?state=held')).items.length
  await expect.poll(held, patience).toBe(1)
  const { page, errors, close } = await visit(
    browser,
    `${served.url}/desk?office=messages#token=${adminToken}`,
    viewport,
  )
  await side(page, '待批准').click()
  await page.getByText(/【复电图】二号配变自.*起停电/).waitFor()
  await page.getByRole('button', { name: /批准，发出 \d 条/ }).click()
  await page.getByText('没有等待批准的通知').waitFor()
  expect(await held()).toBe(0)
  expect(errors).toEqual([])
  await close()
})

it('refuses a wording without its word as it is typed, shows how a good one reads, and keeps both versions', async () => {
  const { page, errors, close } = await visit(
    browser,
    `${served.url}/desk?office=messages#token=${adminToken}`,
    viewport,
  )
  await side(page, '措辞').click()
  await page.getByRole('button', { name: '复电告知' }).click()
  const wording = page.getByLabel('措辞, 中文')
  const save = page.getByRole('region', { name: /中文/ }).getByRole('button', { name: '保存为新一版' })
  await wording.fill('【供电】{status}{nobody}')
  await page.getByRole('alert').filter({ hasText: '没有 {nobody} 这个词' }).waitFor()
  expect(await save.isDisabled()).toBe(true)
  await wording.fill('【供电】{status}谢谢。')
  await page
    .getByText(/^【供电】示例路1号台区.*谢谢。$/)
    .first()
    .waitFor()
  await save.click()
  await page.getByText('已保存为第 2 版').waitFor()
  await page.getByText('以前的各版').click()
  await page.getByText('程序自带').waitFor()
  expect(await violationsOf(page)).toEqual([])
  expect(errors).toEqual([])
  await close()
})

it('stops and resumes all messages, with who did it; stops one channel without its secret; sets quiet hours', async () => {
  const { page, errors, close } = await visit(
    browser,
    `${served.url}/desk?office=messages#token=${adminToken}`,
    viewport,
  )
  await page.getByRole('button', { name: '全部停发' }).click()
  await page.getByRole('button', { name: '确定停发' }).click()
  const switched = page.getByRole('region', { name: '全部停发' })
  await switched.filter({ hasText: '已全部停发' }).filter({ hasText: 'administrator' }).waitFor()
  await page.getByRole('button', { name: '恢复发送' }).click()
  await switched.filter({ hasText: '通知正在发送' }).waitFor()

  await side(page, '渠道').click()
  await page.getByLabel('短信，每秒上限').or(page.getByLabel('sms，每秒上限')).fill('5')
  await page.getByRole('button', { name: '保存上限' }).click()
  await page.getByText('已保存').waitFor()
  await page.getByRole('button', { name: '停用 sms' }).click()
  await page.getByRole('button', { name: '启用 sms' }).waitFor()
  type Shown = { items: { channel: string; rate_per_s: number; stopped: boolean }[] }
  const sms = (await served.ask<Shown>('/api/channels')).items.find(({ channel }) => channel === 'sms')
  expect(sms).toMatchObject({ rate_per_s: 5, stopped: true })

  await side(page, '规则').click()
  await page.getByLabel('有免打扰时段').check()
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect.poll(async () => (await readSetting()).quiet_from, patience).toBe('22:00')
  expect(errors).toEqual([])
  await close()
})

it('shows a dispatcher all of it and lets them change none of the rules', async () => {
  const { token } = await served.ask<{ token: string }>('/api/sign-in', dispatcher)
  const session = JSON.stringify({ token, name: dispatcher.name, role: 'dispatcher', crew_id: null })
  const { page, errors, close } = await visit(browser, `${served.url}/desk`, viewport)
  await page.evaluate((kept) => localStorage.setItem('relight.session.desk', kept), session)
  await page.goto(`${served.url}/desk?office=messages`)
  await page.getByText('只有管理员可以修改').first().waitFor()
  expect(await page.getByRole('button', { name: '全部停发' }).count()).toBe(0)
  await side(page, '渠道').click()
  await page.getByRole('rowheader', { name: /短信|sms/ }).waitFor()
  expect(await page.getByRole('button', { name: /停用|启用/ }).count()).toBe(0)
  await side(page, '措辞').click()
  expect(await page.getByLabel('措辞, 中文').isEditable()).toBe(false)
  expect(errors).toEqual([])
  await close()
})
