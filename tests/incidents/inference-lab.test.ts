import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '../../data/lab/infer.ts'

//  s ─B1*─ a ─F1─ b (T1: 40 metered)      a ─ T2: 300 without meters
let folder: string
let said: string[]
const file = (name: string) => path.join(folder, name)
const evidence = (lines: unknown[]) =>
  writeFileSync(
    file('e.ndjson'),
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  )
const at = '2026-07-01T12:00:00+08:00'

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'infer-'))
  said = []
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line))
  writeFileSync(file('sources.csv'), 'node,substation_id\ns,one\n')
  writeFileSync(
    file('equipment.csv'),
    '\uFEFFid,kind,from_node,to_node,telemetered\nB1,breaker,s,a,true\nF1,fuse,a,b,false\n',
  )
  writeFileSync(file('transformers.csv'), 'id,name,node,lon,lat\nT1,one,b,113,22\nT2,two,a,113,22\n')
  const points = [
    ...Array.from({ length: 40 }, (_, n) => `p${n},a${n},T1,m${n}`),
    ...Array.from({ length: 300 }, (_, n) => `q${n},b${n},T2,`),
  ]
  writeFileSync(file('service_points.csv'), `id,account_no,transformer_id,meter_no\n${points.join('\n')}\n`)
})

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
  rmSync(folder, { recursive: true })
})

const infer = (...more: string[]) =>
  run(['--network', folder, '--evidence', file('e.ndjson'), '--out', file('out.json'), ...more])
const answer = () =>
  JSON.parse(readFileSync(file('out.json'), 'utf8')) as {
    incidents: { equipment_id: string; [key: string]: unknown }[]
  }

describe('npm run lab -- infer', () => {
  it('answers with the device, its rivals, its service points and its evidence', async () => {
    const gasps = Array.from({ length: 30 }, (_, n) => ({ at, kind: 'power_off', meter_no: `m${n}` }))
    evidence([...gasps, { at, kind: 'report', account_no: 'b7' }])
    await infer()
    const [first, second] = answer().incidents
    expect(['F1', 'T1']).toContain(first!.equipment_id)
    expect(first).toMatchObject({ service_points: 40, evidence: 30 })
    expect(second).toMatchObject({ equipment_id: 'q7', service_points: 1, evidence: 1 })
  })

  it('finds a service point by account, meter number or identifier, whichever is given', async () => {
    const names = ['a1', 'm1', 'p1'].map((account_no) => ({ at, kind: 'report', account_no }))
    evidence(names)
    await infer()
    expect(answer().incidents).toHaveLength(1)
    expect(answer().incidents[0]).toMatchObject({ evidence: 1 })
  })

  it('leaves what it does not know aside and says how often', async () => {
    evidence([
      { at, kind: 'report', account_no: 'nobody' },
      { at, kind: 'power_off', account_no: 'b1' },
      { at, kind: 'telemetry', equipment_id: 'F1', state: 'open' },
      { at, kind: 'telemetry', equipment_id: 'nowhere', state: 'open' },
    ])
    await infer()
    expect(answer()).toEqual({ incidents: [] })
    expect(said.join('\n')).toMatch(/1 × unknown account/)
    expect(said.filter((line) => line.includes('left aside'))).toHaveLength(4)
  })

  it('refuses a line that it cannot read with file, line and what would be right, and exit code 2', async () => {
    for (const [bad, reason] of [
      ['{"at":', /e\.ndjson:2: the line is not JSON/],
      [{ at: 'noon', kind: 'report', account_no: 'a1' }, /e\.ndjson:2: at is "noon".*ISO 8601/],
      [{ at, kind: 'rumour' }, /e\.ndjson:2: kind is "rumour".*report, power_off/],
      [{ at, kind: 'telemetry', equipment_id: 'B1', state: 'ajar' }, /e\.ndjson:2: state is "ajar".*open, closed/],
    ] as const) {
      evidence([{ at, kind: 'report', account_no: 'a1' }, bad])
      await infer()
      expect(process.exitCode).toBe(2)
      expect(said.at(-1)).toMatch(reason)
      process.exitCode = 0
    }
  })

  it('reads and writes compressed files, and lets the clock run on', async () => {
    const calls = [1, 2, 3].map((n) => JSON.stringify({ at, kind: 'report', account_no: `a${n}` }))
    writeFileSync(file('e.ndjson.gz'), gzipSync(calls.join('\n')))
    await run(['--network', folder, '--evidence', file('e.ndjson.gz'), '--out', file('o.json.gz'), '--at', at])
    const { incidents } = JSON.parse(gunzipSync(readFileSync(file('o.json.gz'))).toString()) as ReturnType<
      typeof answer
    >
    expect(incidents[0]).toMatchObject({ evidence: 3 })
  })

  it('refuses files that break off, folders in place of files and a place where nothing can be written', async () => {
    const whole = gzipSync(`${JSON.stringify({ at, kind: 'report', account_no: 'a1' })}\n`.repeat(50))
    writeFileSync(file('cut.ndjson.gz'), whole.subarray(0, whole.length - 12))
    evidence([])
    for (const [option, value, reason] of [
      ['--evidence', file('cut.ndjson.gz'), /cut\.ndjson\.gz: cannot be read: unexpected end of file/],
      ['--evidence', folder, /cannot be read: EISDIR/],
      ['--out', file('no/such/out.json'), /--out .*out\.json: cannot be written/],
    ] as const) {
      await infer(option, value)
      expect(process.exitCode).toBe(2)
      expect(said.at(-1)).toMatch(reason)
      process.exitCode = 0
    }
    writeFileSync(file('lv_equipment.csv.gz'), gzipSync('id,kind,transformer_id\n').subarray(0, 20))
    await infer()
    expect(process.exitCode).toBe(2)
    expect(said.at(-1)).toMatch(/lv_equipment\.csv\.gz: cannot be read as CSV: unexpected end of file/)
  })

  it('refuses a network row that it cannot use', async () => {
    evidence([])
    writeFileSync(file('transformers.csv'), 'id,name,node,lon,lat\nT1,one,b,113,22\n')
    await infer()
    expect(process.exitCode).toBe(2)
    expect(said.at(-1)).toMatch(/service_points\.csv:42: transformer_id T2 is not in transformers\.csv/)
  })
})
