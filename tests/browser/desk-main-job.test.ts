import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, signIn, visit, type Visit } from './open-browser.ts'
import { adminToken, crew, dispatcher, serveSketch, type Served } from './served-sketch.ts'

let browser: Browser
let served: Served
let visits: Visit[] = []

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  served = await serveSketch()
})
afterEach(async () => {
  for (const each of visits) await each.close()
  visits = []
  await served.stop()
})

async function open(path: string, size: { width: number; height: number }): Promise<Page> {
  const seen = await visit(browser, served.url + path, size)
  visits.push(seen)
  return seen.page
}
const statusOf = async () => (await served.incidents())[0]?.status
/** The crew's part on its own page: Tab goes to the button, Space presses it; the findings are chosen the same way. */
async function stepByKeys() {
  const phone = await open('/crew', { width: 390, height: 844 })
  await phone.getByLabel('用户名').focus()
  await phone.keyboard.type(crew.id)
  await phone.keyboard.press('Tab')
  await phone.keyboard.type(crew.secret)
  await phone.keyboard.press('Enter')
  for (const step of ['接单', '出发', '到场', '完工']) {
    await phone.getByRole('button', { name: step, exact: true }).waitFor()
    await tabTo(phone, new RegExp(`^${step}$`))
    await phone.keyboard.press('Space')
  }
  await phone.getByRole('dialog').waitFor()
  for (const choice of [/^已全部复电$/, /^设备故障$/, /^完工$/]) {
    await tabTo(phone, choice)
    await phone.keyboard.press('Space')
  }
  await phone.getByRole('dialog').waitFor({ state: 'hidden' })
}
/** Presses Tab until what has the focus, or its label, says `wanted`; through radio buttons the arrow leads. */
async function tabTo(page: Page, wanted: RegExp) {
  const passed = new Set<string>()
  for (let presses = 0; presses < 120; presses++) {
    const { said, isRadio } = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null
      return { said: (at?.labels?.[0]?.innerText ?? at?.innerText ?? '').trim(), isRadio: at?.type === 'radio' }
    })
    if (wanted.test(said)) return
    await page.keyboard.press(isRadio && !passed.has(said) ? 'ArrowDown' : 'Tab')
    passed.add(said)
  }
  throw new Error(`the keyboard does not come to ${wanted}`)
}
const until = async (what: () => Promise<unknown>, wanted: unknown) => {
  await expect.poll(what, { timeout: 30_000 }).toEqual(wanted)
}

describe('the main job', () => {
  it('goes from a call to a closed incident by clicking, the crew on its own page', async () => {
    const desk = await open('/desk', { width: 1440, height: 900 })
    await signIn(desk, dispatcher.name, dispatcher.secret)

    await desk.getByRole('combobox').click()
    await desk.getByRole('combobox').fill('A5')
    await desk.getByRole('option').filter({ hasText: 'A5 · 5' }).click()
    await desk.getByRole('button', { name: '没电', exact: true }).click()
    await desk.getByText('请读给来电人').waitFor()
    await desk.getByRole('button', { name: '打开停电事件' }).click()
    await desk.getByRole('button', { name: '派单 一班' }).click()
    await desk.getByText('已派给 一班，等待应答').waitFor()

    const phone = await open('/crew', { width: 390, height: 844 })
    await signIn(phone, crew.id, crew.secret)
    for (const step of ['接单', '出发', '到场', '完工'])
      await phone.getByRole('button', { name: step, exact: true }).click()
    await phone.getByText('已全部复电').click()
    await phone.getByText('设备故障').click()
    await phone.getByRole('dialog').getByRole('button', { name: '完工' }).click()
    await phone.getByText('已完工，辛苦了').or(phone.getByText('没有派给我们的停电事件')).waitFor()

    await desk.getByRole('main').getByText('已复电').first().waitFor()
    await desk.getByRole('main').getByText('已完工').first().waitFor()
    await desk.getByRole('button', { name: '关闭', exact: true }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).last().click()
    await until(statusOf, 'closed')
    expect(visits.flatMap(({ strangers, errors }) => [...strangers, ...errors])).toEqual([])
  })

  it('goes from a call to a closed incident by the keyboard alone', async () => {
    const page = await open(`/desk#token=${adminToken}`, { width: 1440, height: 900 })
    await page.getByRole('combobox').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('A5')
    await page.getByRole('option').filter({ hasText: 'A5 · 5' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('现象', { exact: true }).waitFor()
    await page.keyboard.press('1')
    await page.getByText('请读给来电人').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1 }).waitFor()

    await page.keyboard.press('Escape')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByText('一班').first().waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Enter')
    await until(statusOf, 'confirmed')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('o')
    await page.getByText('已派给 一班，等待应答').waitFor()
    await stepByKeys()
    await page.getByRole('main').getByText('已完工').first().waitFor()
    await until(statusOf, 'restored')
    await page.keyboard.press('x')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Enter')
    await until(statusOf, 'closed')
  })

  it('takes the last step back with one click, and notes that all have supply again with another', async () => {
    await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
    const [incident] = await served.incidents()
    const before = incident!.status
    await served.ask(`/api/incidents/${incident!.id}/confirm`, {})
    const page = await open(`/desk#token=${adminToken}`, { width: 1440, height: 900 })
    await page.getByRole('navigation').getByRole('button').first().click()
    await page.getByRole('button', { name: '撤销“确认”' }).click()
    await page.getByText('已撤销').waitFor()
    await until(statusOf, before)
    await page.getByRole('button', { name: '撤销“确认”' }).waitFor({ state: 'hidden' })
    await served.ask(`/api/incidents/${incident!.id}/restore`, {})
    await page.getByRole('main').getByText('应已复电，核实中').first().waitFor()
    const primary = page.locator('main .actions button.primary')
    expect(await primary.innerText()).toBe('已核实有电')
    await page.getByRole('button', { name: '已核实有电' }).click()
    await until(async () => (await served.incidents())[0]?.verified_by, 'dispatcher')
    await page.getByRole('button', { name: '已核实有电' }).waitFor({ state: 'hidden' })
    expect(await primary.innerText()).toContain('关闭')
  })

  it('shows a refusal in plain words where it happened, and what another dispatcher did meanwhile', async () => {
    await served.ask('/api/reports', { channel: 'hotline', account_no: 'A5' })
    await served.ask('/api/reports', { channel: 'hotline', account_no: 'A1' })
    const page = await open('/desk', { width: 1440, height: 900 })
    await signIn(page, dispatcher.name, dispatcher.secret)
    const [first, second] = await served.incidents()
    await page.getByRole('navigation').getByRole('button').first().click()
    await page.getByRole('button', { name: '派单 一班' }).waitFor()
    const opened = await page.getByRole('heading', { level: 1 }).textContent()
    const [own, other] = first!.place === opened ? [first!, second!] : [second!, first!]
    await served.ask(`/api/incidents/${other.id}/assignments`, { crew_id: crew.id })
    await served.ask(`/api/incidents/${own.id}/cause`, { cause: 'weather' })
    await page.getByText('administrator 刚刚：记下原因').waitFor()
    await page.keyboard.press('o')
    await page
      .getByRole('alert')
      .filter({ hasText: /别人先了一步|按现状做不了/ })
      .waitFor()
  })
})
