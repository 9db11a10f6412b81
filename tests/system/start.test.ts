// A start that cannot be: one clear line that says what and what would be right, exit code 1, nothing else.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refuseStart } from './server-process.ts'

let folder = ''
const busy = createServer()
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'relight-start-'))
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  busy.close()
  rmSync(folder, { recursive: true, force: true })
})
const busyPort = () => (busy.address() as AddressInfo).port

const refusals: [what: string, environment: () => Record<string, string>, line: RegExp][] = [
  ['a port that is no number', () => ({ PORT: 'eighty' }), /^PORT=eighty .*0 to 65535$/],
  ['a port in use', () => ({ PORT: String(busyPort()), RELIGHT_DATA: folder }), /^PORT=\d+ is in use on 127\.0\.0\.1/],
  ['a demo neither on nor off', () => ({ RELIGHT_DEMO: 'maybe' }), /^RELIGHT_DEMO=maybe .*on or off$/],
  [
    'an administrator’s token that no header can carry',
    () => ({ RELIGHT_ADMIN_TOKEN: 'two words' }),
    /^RELIGHT_ADMIN_TOKEN cannot be sent as a bearer token/,
  ],
  [
    'proxies that are neither a count nor addresses',
    () => ({ RELIGHT_TRUST_PROXY: 'nginx' }),
    /^RELIGHT_TRUST_PROXY=nginx .*how many reverse proxies stand before it, 0 to 10, or their addresses/,
  ],
  [
    'an address that is no PostgreSQL',
    () => ({ DATABASE_URL: 'mysql://x' }),
    /^DATABASE_URL=mysql:\/\/x is no PostgreSQL/,
  ],
  ['a malformed address', () => ({ DATABASE_URL: 'postgres://a b:[c' }), /^DATABASE_URL=.* is no PostgreSQL address/],
  [
    'a database that does not answer, its password untold',
    () => ({ DATABASE_URL: 'postgres://relight:hidden@127.0.0.1:1/relight' }),
    /^DATABASE_URL=postgres:\/\/relight:…@127\.0\.0\.1:1\/relight does not answer: .*ECONNREFUSED/,
  ],
  [
    'a data folder that cannot be',
    () => ({ RELIGHT_DATA: '/dev/null/data' }),
    /^RELIGHT_DATA=\/dev\/null\/data cannot be written/,
  ],
]

it.each(refusals)('%s', async (_, environment, line) => {
  const { code, complained } = await refuseStart(environment())
  expect(complained.trim().split('\n')).toEqual([expect.stringMatching(line)])
  expect(code).toBe(1)
})
