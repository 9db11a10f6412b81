// Reading OpenStreetMap: which ways are roads, in which direction and how fast, and where they are cut into edges.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import { afterAll, describe, expect, test } from 'vitest'
import { readRoadTags } from '../../data/import/osm-road-tags.ts'
import { readOsmRoads } from '../../data/import/osm-roads.ts'
import { creditOsm } from '../../data/import/stage-osm-roads.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-osm-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Way = { refs: number[]; tags: Record<string, string> }

/** Writes an extract of one compressed block; nodes as id → [lon, lat] in thousandths of a degree. */
function extract(name: string, nodes: Record<number, [number, number]>, ways: Way[]): string {
  const strings = ['', ...new Set(ways.flatMap(({ tags }) => Object.entries(tags).flat()))]
  const block = new PbfWriter()
  block.writeMessage(1, (_, table) => strings.forEach((text) => table.writeStringField(1, text)), null)
  const steps = (values: number[]) => values.map((value, i) => value - (values[i - 1] ?? 0))
  const ids = Object.keys(nodes).map(Number)
  block.writeMessage(
    2,
    (_, group) => {
      group.writeMessage(
        2,
        (_, dense) => {
          dense.writePackedSVarint(1, steps(ids))
          dense.writePackedSVarint(8, steps(ids.map((id) => nodes[id]![1] * 10_000)))
          dense.writePackedSVarint(9, steps(ids.map((id) => nodes[id]![0] * 10_000)))
        },
        null,
      )
    },
    null,
  )
  block.writeMessage(
    2,
    (_, group) => {
      for (const { refs, tags } of ways)
        group.writeMessage(
          3,
          (_, way) => {
            way.writePackedVarint(
              2,
              Object.keys(tags).map((key) => strings.indexOf(key)),
            )
            way.writePackedVarint(
              3,
              Object.values(tags).map((value) => strings.indexOf(value)),
            )
            way.writePackedSVarint(8, steps(refs))
          },
          null,
        )
    },
    null,
  )
  const blob = new PbfWriter()
  blob.writeBytesField(3, deflateSync(block.finish()))
  const blobBytes = blob.finish()
  const header = new PbfWriter()
  header.writeStringField(1, 'OSMData')
  header.writeVarintField(3, blobBytes.length)
  const headerBytes = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(headerBytes.length)
  const file = path.join(folder, name)
  writeFileSync(file, Buffer.concat([length, headerBytes, blobBytes]))
  return file
}

const residential = { highway: 'residential' }
async function edgesIn(file: string): Promise<string[]> {
  const { edges } = await readOsmRoads(file)
  return [...edges()].map(({ from, to, oneway, shape }) => `${from}${oneway ? '>' : '-'}${to} ${shape.length / 2}`)
}

test('a way is cut where another meets it and nowhere else', async () => {
  //  1 -- 2 -- 3 -- 4
  //            |
  //            5
  const nodes: Record<number, [number, number]> = { 1: [0, 0], 2: [1, 0], 3: [2, 0], 4: [3, 0], 5: [2, 1] }
  const file = extract('cut.pbf', nodes, [
    { refs: [1, 2, 3, 4], tags: residential },
    { refs: [3, 5], tags: residential },
  ])
  expect(await edgesIn(file)).toEqual(['1-3 3', '3-4 2', '3-5 2'])
  const { nodes: ends } = await readOsmRoads(file)
  expect([...ends()].map(({ node }) => node)).toEqual(['1', '3', '4', '5'])
})

test('a way against its drawing is turned round, and a bridge meets no road below it', async () => {
  const nodes: Record<number, [number, number]> = { 1: [0, 0], 2: [2, 0], 3: [1, -1], 4: [1, 1] }
  const file = extract('bridge.pbf', nodes, [
    { refs: [1, 2], tags: { ...residential, oneway: '-1' } },
    { refs: [3, 4], tags: { ...residential, bridge: 'yes', layer: '1' } },
  ])
  expect(await edgesIn(file)).toEqual(['2>1 2', '3-4 2'])
})

test('a node outside a clipped extract ends the road there', async () => {
  const file = extract('clipped.pbf', { 1: [0, 0], 2: [1, 0], 4: [3, 0], 5: [4, 0] }, [
    { refs: [1, 2, 3, 4, 5], tags: residential },
  ])
  expect(await edgesIn(file)).toEqual(['1-2 2', '4-5 2'])
})

test('length and time are of the drawn line', async () => {
  const file = extract('long.pbf', { 1: [0, 0], 2: [1, 0], 3: [2, 0] }, [{ refs: [1, 2, 3], tags: residential }])
  const { edges } = await readOsmRoads(file)
  expect([...edges()]).toMatchObject([{ length_m: 222.4, time_s: 32.02, class: 'residential', name: '' }])
})

test('progress goes from 0 to 1', async () => {
  const shares: number[] = []
  await readOsmRoads(extract('progress.pbf', {}, []), (share) => shares.push(share))
  expect(shares).toEqual([0.5, 1])
})

test('a file that is something else, or cut short, is refused in a clear line', async () => {
  const wrong = path.join(folder, 'wrong.pbf')
  writeFileSync(wrong, 'PK\x03\x04 this is a zip')
  await expect(readOsmRoads(wrong)).rejects.toThrow('is not an OpenStreetMap extract')
  const whole = extract('whole.pbf', { 1: [0, 0] }, [])
  const { readFileSync } = await import('node:fs')
  writeFileSync(wrong, readFileSync(whole).subarray(0, -3))
  await expect(readOsmRoads(wrong)).rejects.toThrow('ends in the middle of a block')
})

describe('tags', () => {
  const read = (tags: Record<string, string>) => readRoadTags(new Map(Object.entries(tags)))
  test.each([
    [{ highway: 'footway' }],
    [{ route: 'ferry' }],
    [{ highway: 'service', access: 'private' }],
    [{ highway: 'track', motor_vehicle: 'no' }],
    [{ highway: 'service', area: 'yes' }],
  ])('%o is no road to drive', (tags) => {
    expect(read(tags as Record<string, string>)).toBeNull()
  })
  test.each([
    [{ highway: 'primary' }, 'both'],
    [{ highway: 'primary', oneway: 'yes' }, 'forward'],
    [{ highway: 'primary', oneway: '-1' }, 'backward'],
    [{ highway: 'tertiary', junction: 'roundabout' }, 'forward'],
    [{ highway: 'motorway' }, 'forward'],
    [{ highway: 'motorway', oneway: 'no' }, 'both'],
  ])('%o is driven %s', (tags, direction) => {
    expect(read(tags as Record<string, string>)?.direction).toBe(direction)
  })
  test('a posted limit counts at 85 %, miles converted, nonsense left aside', () => {
    expect(read({ highway: 'primary', maxspeed: '80' })?.speed_kmh).toBeCloseTo(68)
    expect(read({ highway: 'primary', maxspeed: '50 mph' })?.speed_kmh).toBeCloseTo(68.4, 1)
    expect(read({ highway: 'primary', maxspeed: 'signals' })?.speed_kmh).toBe(60)
    expect(read({ highway: 'primary', maxspeed: '5000' })?.speed_kmh).toBe(60)
  })
})

test('names OpenStreetMap as the origin of its roads, once', () => {
  expect(creditOsm(null)).toBe('roads © OpenStreetMap contributors (ODbL)')
  expect(creditOsm('某市电网')).toBe('某市电网; roads © OpenStreetMap contributors (ODbL)')
  expect(creditOsm('roads: OpenStreetMap (ODbL)')).toBe('roads: OpenStreetMap (ODbL)')
})
