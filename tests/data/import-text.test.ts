import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findEncodingFault } from '../../data/import/check-encoding.ts'
import { instant } from '../../data/import/columns.ts'
import { type CsvRecord, readCsvRecords } from '../../data/import/csv-records.ts'
import { findOddities } from '../../data/import/find-rings.ts'
import { readWkt } from '../../data/import/wkt.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-text-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function recordsOf(text: string): Promise<CsvRecord[]> {
  const file = path.join(folder, 'rows.csv')
  writeFileSync(file, text)
  const records: CsvRecord[] = []
  for await (const batch of readCsvRecords(file)) records.push(...batch)
  return records
}

describe('CSV', () => {
  it('reads back whatever RFC 4180 writes', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '号', ',', '"', '\n', '\r\n', ' '),
      minLength: 1,
      maxLength: 6,
    })
    const quoted = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
        const records = await recordsOf(rows.map((row) => ['x', ...row].map(quoted).join(',')).join('\r\n'))
        expect(records.map((record) => record.fields)).toEqual(rows.map((row) => ['x', ...row]))
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  it('goes on after a broken row with the next line', async () => {
    const records = await recordsOf('id,name\n1,"a"b\n2,c"d\n3,ok\n4,"open\n5,ok\n')
    expect(records.map((record) => [record.line, record.fault === undefined])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, true],
      [5, false],
      [6, true],
    ])
  })
})

describe('the encoding', () => {
  it('is found wrong on its line, wherever a chunk ends', async () => {
    const file = path.join(folder, 'encoded.csv')
    writeFileSync(file, `${'抢修,\n'.repeat(300_000)}`)
    expect(await findEncodingFault(file)).toBeNull()
    writeFileSync(file, Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xc7, 0xc0]), Buffer.from('\n')]))
    expect((await findEncodingFault(file))?.line).toBe(3)
  })
})

describe('a value', () => {
  it('is an instant only with an offset and on a day that exists', () => {
    expect(instant.read('2024-02-29T08:30:00+08:00')).toBe('2024-02-29T08:30:00+08:00')
    for (const wrong of ['2024-02-30T08:30:00Z', '2024-05-01T08:30:00', '2024-05-01', '24:00', '2024-05-01T25:00Z'])
      expect(instant.read(wrong)).toBeNull()
  })

  it('is a drawing only where every place is on the planet', () => {
    expect(readWkt('LINESTRING (1 2, 3 4)')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(readWkt('MULTILINESTRING((1 2,3 4),(3 4,5 6))')).toHaveLength(4)
    for (const wrong of [
      'LINESTRING(1 2)',
      'LINESTRING(1 2, 3 NaN)',
      'LINESTRING(1 2, 300 4)',
      'POLYGON((1 2,3 4,5 6,1 2))',
      '',
    ])
      expect(readWkt(wrong)).toBeNull()
  })
})

describe('the graph', () => {
  it('shows each independent ring once, and what no source feeds', () => {
    // S - a - b - c - a (a ring closed by 4), and d - e on their own
    const edge = (id: string, from_node: string, to_node: string) => ({ id, from_node, to_node })
    const edges = [
      edge('1', 'S', 'a'),
      edge('2', 'a', 'b'),
      edge('3', 'b', 'c'),
      edge('4', 'c', 'a'),
      edge('5', 'd', 'e'),
    ]
    const hung = [
      { id: 'T1', node: 'c' },
      { id: 'T2', node: 'e' },
    ]
    expect(findOddities(edges, ['S'], hung)).toEqual({ ringClosers: ['4'], unfed: ['T2'] })
  })
})
