// A complaint comes in by phone at the desk: it is taken with whom to answer, who is answerable and by when is read out, it stands in
// the office's list, is handed to a department that is known, answered, and its caller is owed the answer.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NotificationView } from '../../server/contract/notifications.ts'
import { violationsOf } from './access-violations.ts'
import { openBrowser, visit } from './open-browser.ts'
import { adminToken, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
beforeAll(async () => {
  browser = await openBrowser()
  served = await serveSketch()
  const { id } = await served.ask<{ id: string }>('/api/requests', { kind: 'question', text: '何时检修' })
  await served.ask(`/api/requests/${id}/hand-over`, { to: '运维部', note: '请处理' })
})
afterAll(async () => {
  await browser.close()
  await served.stop()
})

it('takes a complaint by phone and sends its answer to the one who called', async () => {
  const { page, errors, close } = await visit(browser, `${served.url}/desk#token=${adminToken}`, {
    width: 1440,
    height: 900,
  })
  await page.keyboard.press('/')
  await page.getByRole('combobox').fill('A1')
  await page.getByRole('option').filter({ hasText: '东街1号' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('group', { name: '现象' }).waitFor()
  await page.keyboard.press('5')
  await dialog.getByLabel('来电人的话').fill('一周停了三次电')
  await dialog.getByLabel('回复到手机').fill('13811112222')
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '登记诉求' }).click()
  await dialog.getByText(/已受理，由客服席负责/).waitFor()
  await dialog.getByRole('button', { name: '查看诉求' }).click()

  await dialog.getByText('一周停了三次电').waitFor()
  await dialog.getByLabel('负责人').selectOption('客服席')
  await expect.poll(() => dialog.getByRole('article').count(), { timeout: 20_000 }).toBe(1)
  await dialog.getByRole('button', { name: '移交' }).click()
  const to = dialog.getByLabel('移交给')
  const list = await to.getAttribute('list')
  expect(await page.locator(`[id="${list}"] option`).evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toContain('运维部') // prettier-ignore
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '返回' }).click()
  await dialog.getByRole('button', { name: '答复' }).click()
  await dialog.getByLabel('答复内容').fill('已更换接头。')
  await dialog.getByRole('button', { name: '答复' }).click()
  await dialog.getByText('没有未答复的诉求').waitFor()
  const { items } = await served.ask<{ items: NotificationView[] }>('/api/notifications')
  expect(items.map(({ recipient, text }) => [recipient, text.includes('已更换接头。')])).toEqual([
    ['13811112222', true],
  ])
  expect(errors).toEqual([])
  await close()
})
