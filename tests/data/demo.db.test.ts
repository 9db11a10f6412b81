import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUpDemo } from '../../data/demo/index.ts'
import { generatedSource } from '../../data/generate/index.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let relight: TestApp
const said: string[] = []
const setUp = () => setUpDemo(relight.database, '2026-07-01', (line) => said.push(line))
const signIn = async () =>
  (await relight.call('POST', '/api/sign-in', { name: 'administrator', secret: 'relight-admin' }, 'public')).status
const namedSource = (source: string) => relight.sql('update network set source = $1', [source])

beforeAll(async () => {
  relight = await openTestApp()
})
afterAll(() => relight.close())

describe('the sign-ins that every start of the demo prints', () => {
  it('work on a generated network, and are gone once the database holds a real one', async () => {
    await namedSource(`${generatedSource} -- --customers 9`)
    expect((await setUp()).map(({ name }) => name)).toContain('administrator')
    expect(await signIn()).toBe(200)
    await namedSource('a utility')
    expect(await setUp()).toEqual([])
    expect(said.at(-1)).toContain('no demo')
    expect(await signIn()).toBe(401)
  })
})
