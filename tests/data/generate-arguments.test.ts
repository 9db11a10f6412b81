import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readArguments } from '../../data/generate/arguments.ts'

const root = mkdtempSync(path.join(tmpdir(), 'relight-arguments-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const good = ['--out', path.join(root, 'new'), '--customers', '20000', '--seed', '3']

test('what is not said has a default', () => {
  expect(readArguments(good)).toMatchObject({ customers: 20_000, seed: 3, city: 'jiangmen', date: '2026-11-22' })
  expect(readArguments([...good, '--city=440783']).city).toBe('kaiping')
})

test.each([
  [['--customers', '20000'], '--out is missing; it takes the folder to write to'],
  [['--out', 'x'], '--customers is missing; it takes a whole number from 500 to 1780000'],
  [['--out', 'x', '--customers', '12'], '--customers 12: must be a whole number from 500 to 1780000'],
  [['--out', 'x', '--customers', '2e4'], '--customers 2e4: must be a whole number from 500 to 1780000'],
  [[...good, '--city', 'paris'], '--city paris: must be one of jiangmen, xinhui, taishan, kaiping, heshan, enping'],
  [[...good, '--date', '2026-02-30'], '--date 2026-02-30: must be a date such as 2026-11-22'],
  [[...good, '--speed', '3'], '--speed: not an argument; there are --out, --customers, --seed, --city, --date'],
  [[...good, '--seed', '4'], '--seed 4: given twice; give it once'],
  [['--out', '--seed', '3'], '--out: a value must follow it'],
])('%j is refused with one line that says what would be right', (args, line) => {
  expect(() => readArguments(args)).toThrow(line)
})

test('a folder with files that are not ours is left alone', () => {
  writeFileSync(path.join(root, 'letter.txt'), 'dear')
  expect(() => readArguments(['--out', root, '--customers', '500'])).toThrow('holds other files')
})
