import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())

const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'
const open = (path: string, headers: Record<string, string>, method = 'GET') =>
  at.app.request(path, { method, headers })

test.each([
  ['/nonsense', 'en-GB,en;q=0.9', 'There is no such page', 'To the outage page'],
  ['/nonsense', 'zh-CN', '没有这个页面', '去停电与复电首页'],
  ['/nonsense?lang=zh', 'en', '没有这个页面', '去停电与复电首页'],
])('answers a visitor lost at %s, who reads %s, with a page that leads home', async (path, language, title, home) => {
  const answer = await open(path, { accept: browser, 'accept-language': language })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  const page = await answer.text()
  expect(page).toContain(`<h1>${title}</h1>`)
  expect(page).toContain(`<a href="/">${home}</a>`)
})

test.each([
  ['GET', '/nonsense', '*/*'],
  ['GET', '/nonsense', 'application/json'],
  ['POST', '/nonsense', browser],
  ['GET', '/api/nonsense', browser],
  ['GET', '/api', browser],
  ['GET', '/assets/gone.js', browser],
])('answers a program’s %s %s that accepts %s with a problem document', async (method, path, accept) => {
  const answer = await open(path, { accept }, method)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  expect(await answer.json()).toMatchObject({ status: 404, detail: `There is no ${method} ${path}` })
})
