import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { run } from '../../data/lab/estimate.ts'
import { readIncidentHistory } from '../../data/lab/read-incident-history.ts'

const folder = mkdtempSync(join(tmpdir(), 'estimate-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

const outage = (id: string, over: Record<string, unknown> = {}) => ({
  id,
  start: '2024-03-01T00:00:00Z',
  last_seen: '2024-03-01T05:00:00Z',
  open_at_end: false,
  lat: 22.5,
  lon: 113.1,
  cause: 'EQUIPMENT',
  changes: [
    { t: '2024-03-01T00:10:00Z', cust: 4, crew: 'ASSESS_ASSIGNED', cause: 'UNKNOWN', etor: '2024-03-01T03:00:00Z' },
    { t: '2024-03-01T02:00:00+00:00', crew: 'PG&E repair crew is on-site working to restore power.', etor: null },
  ],
  ...over,
})

function written(name: string, lines: unknown[]): string {
  const file = join(folder, name)
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text)
  return file
}

describe('a history is read', () => {
  test('with codes and sentences as the same words, and a withdrawn word as withdrawn', async () => {
    const [incident] = await readIncidentHistory(written('fine.ndjson.gz', [outage('a')]))
    expect(incident!.revisions.map((revision) => revision.stage)).toEqual(['assess_assigned', 'repair_on_site'])
    expect(incident!.revisions.map((revision) => revision.said_at_s)).toEqual([1709262000, null])
    expect(incident!.planned).toBe(false)
  })

  test.each([
    ['text that is no JSON', ['{"id"'], /:1: is not JSON/],
    [
      'an instant that is none',
      [outage('a'), outage('b', { start: 'yesterday' })],
      /:2: start is "yesterday"; expected/,
    ],
    ['no changes', [outage('a', { changes: [] })], /:1: changes is \[\]; expected a list/],
    ['a change without its time', [outage('a', { changes: [{ cust: 1 }] })], /changes\[0\]\.t is missing; expected/],
    ['a point off the planet', [outage('a', { lat: 95 })], /:1: lat is 95; expected degrees/],
    ['nothing at all', [''], /is empty/],
  ])('or refused with file, line and field: %s', async (_, lines, message) => {
    await expect(readIncidentHistory(written('bad.ndjson', lines))).rejects.toThrow(message)
  })
})

describe('the laboratory', () => {
  test('writes a row for each unplanned incident and instant, as the file writes the instant', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const train = written('train.ndjson', [outage('t')])
    const sample = written('test.ndjson.gz', [outage('a'), outage('p', { cause: 'PLANNED' })])
    const out = join(folder, 'out.csv.gz')
    await run(['--train', train, '--test', sample, '--out', out])
    const lines = gunzipSync(readFileSync(out)).toString().trimEnd().split('\n')
    expect(lines[0]).toBe('id,at,low,estimate,high')
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['a', '2024-03-01T00:10:00Z'],
      ['a', '2024-03-01T02:00:00+00:00'],
    ])
    for (const line of lines.slice(1)) {
      const [, at, low, estimate, high] = line.split(',').map((field) => Date.parse(field))
      expect(at! <= low! && low! <= estimate! && estimate! <= high!).toBe(true)
    }
  })

  test('answers a missing file and a missing option in one line and exit code 2', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    await run(['--train', join(folder, 'none.ndjson'), '--test', 'x', '--out', 'y'])
    expect(said.mock.lastCall?.[0]).toMatch(/none\.ndjson: cannot be read/)
    expect(process.exitCode).toBe(2)
    await run(['--test', 'x'])
    expect(said.mock.lastCall?.[0]).toMatch(/expected --train/)
  })
})
