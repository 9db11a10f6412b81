import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateRegion } from '../../data/generate/index.ts'
import { isInside, place, readRows, readShapes, touches, walk, type Row } from './generated-folder.ts'

const root = mkdtempSync(path.join(tmpdir(), 'relight-generate-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function generate(name: string, customers: number, seed: number, city?: string): Promise<string> {
  const folder = path.join(root, name)
  await generateRegion({ folder, customers, seed, city })
  return folder
}

const contents = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')])

test('the same seed writes the same bytes, another seed others', async () => {
  const first = contents(await generate('once', 1000, 5))
  expect(contents(await generate('twice', 1000, 5))).toEqual(first)
  expect(contents(await generate('other', 1000, 6))).not.toEqual(first)
})

const cases: { customers: number; seed: number; city?: string }[] = [
  { customers: 500, seed: 1 },
  { customers: 3000, seed: 7, city: 'kaiping' },
  { customers: 20_000, seed: 1 },
]

describe.each(cases)('$customers customers of seed $seed', ({ customers, seed, city }) => {
  let folder: string
  let equipment: Row[], transformers: Row[], lowVoltage: Row[], points: Row[], crews: Row[], edges: Row[], nodes: Row[]
  let sources: Row[]
  beforeAll(async () => {
    folder = await generate(`city ${customers}`, customers, seed, city)
    const read = (name: string) => readRows(folder, `${name}.csv`)
    ;[equipment, transformers, lowVoltage] = [
      await read('equipment'),
      await read('transformers'),
      await read('lv_equipment'),
    ]
    ;[points, crews, sources] = [await read('service_points'), await read('crews'), await read('sources')]
    ;[edges, nodes] = [await read('roads_edges'), await read('roads_nodes')]
  })
  const ids = (rows: Row[], column = 'id') => new Set(rows.map((row) => row[column]!))

  test('there are exactly as many customers as asked for, 20 to 250 behind each transformer', () => {
    expect(points).toHaveLength(customers)
    const counts = new Map<string, number>()
    for (const { transformer_id } of points) counts.set(transformer_id!, (counts.get(transformer_id!) ?? 0) + 1)
    expect(counts.size).toBe(transformers.length)
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(20)
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(250)
  })

  test('identifiers, accounts and meters are given once', () => {
    for (const rows of [equipment, transformers, lowVoltage, points, crews]) expect(ids(rows).size).toBe(rows.length)
    expect(ids(points, 'account_no').size).toBe(customers)
    expect(ids(points, 'meter_no').size).toBe(customers)
    expect(ids(transformers, 'name').size).toBe(transformers.length)
  })

  test('every reference resolves', async () => {
    const graph = new Set([...ids(equipment, 'from_node'), ...ids(equipment, 'to_node')])
    const missing = (rows: Row[], column: string, known: Set<string>) =>
      rows.filter((row) => row[column] !== '' && !known.has(row[column]!))
    expect(missing(transformers, 'node', graph)).toEqual([])
    expect(missing(sources, 'node', graph)).toEqual([])
    expect(missing(lowVoltage, 'transformer_id', ids(transformers))).toEqual([])
    expect(missing(lowVoltage, 'parent_id', ids(lowVoltage))).toEqual([])
    expect(missing(points, 'transformer_id', ids(transformers))).toEqual([])
    expect(missing(points, 'lv_equipment_id', ids(lowVoltage))).toEqual([])
    expect(missing(edges, 'from', ids(nodes, 'node'))).toEqual([])
    expect(missing(edges, 'to', ids(nodes, 'node'))).toEqual([])
    const districts = new Set(readShapes(folder, 'districts.geojson').map((shape) => shape.properties.code!))
    expect(missing(crews, 'home_district', districts)).toEqual([])
    expect(missing(await readRows(folder, 'incident_history.csv'), 'district', districts)).toEqual([])
    for (const outage of await readRows(folder, 'planned_outages.csv'))
      for (const id of outage.transformer_ids!.split(';')) expect(ids(transformers).has(id)).toBe(true)
  })

  test('a meter box hangs on a branch of the same transformer as its customers', () => {
    const owner = new Map(lowVoltage.map((row) => [row.id, row.transformer_id]))
    expect(points.filter((row) => owner.get(row.lv_equipment_id) !== row.transformer_id)).toEqual([])
    expect(lowVoltage.filter((row) => row.parent_id !== '' && owner.get(row.parent_id) !== row.transformer_id)).toEqual(
      [],
    )
  })

  test('as normally switched the network is radial and feeds every transformer', () => {
    const closed = equipment.filter((row) => row.normal_state === 'closed')
    const links = closed.map((row): [string, string] => [row.from_node!, row.to_node!])
    const { reached, looped } = walk(links, [...ids(sources, 'node')])
    expect(looped).toBe(false)
    expect(transformers.filter((row) => !reached.has(row.node!))).toEqual([])
    expect(closed.filter((row) => !reached.has(row.from_node!))).toEqual([])
  })

  test('every feeder has a breaker that reports, and some open tie leads to another', () => {
    const feeders = ids(transformers, 'feeder_id')
    const breakers = equipment.filter((row) => row.kind === 'breaker' && row.telemetered === 'true')
    expect(ids(breakers, 'feeder_id')).toEqual(feeders)
    const ties = equipment.filter((row) => row.normal_state === 'open')
    expect(ties.length).toBeGreaterThanOrEqual(feeders.size / 2)
    for (const tie of ties) expect(tie.from_node!.split('.')[0]).not.toBe(tie.to_node!.split('.')[0])
  })

  test('from anywhere on the roads one can drive anywhere, one-way streets and all', () => {
    const reach = (forward: boolean) => {
      const next = new Map<string, string[]>()
      const add = (a: string, b: string) => next.set(a, [...(next.get(a) ?? []), b])
      for (const { from, to, oneway } of edges) {
        add(forward ? from! : to!, forward ? to! : from!)
        if (oneway === '0') add(forward ? to! : from!, forward ? from! : to!)
      }
      const reached = new Set([nodes[0]!.node!])
      for (const node of reached) for (const other of next.get(node) ?? []) reached.add(other)
      return reached.size
    }
    expect(reach(true)).toBe(nodes.length)
    expect(reach(false)).toBe(nodes.length)
  })

  test('roads touch water only at bridges, of which there are few', () => {
    const at = new Map(nodes.map((row) => [row.node!, place(row)]))
    const water = readShapes(folder, 'water.geojson')
    const wet = edges.filter(({ from, to }) => water.some((river) => touches(river, at.get(from!)!, at.get(to!)!)))
    expect(wet.filter((edge) => !edge.name!.endsWith('桥'))).toEqual([])
    expect(wet.length).toBeLessThanOrEqual(3 + customers / 1500)
  })

  test('everybody lives inside a district and nobody in a river', () => {
    const districts = readShapes(folder, 'districts.geojson')
    const water = readShapes(folder, 'water.geojson')
    const sample = points.filter((_, index) => index % 7 === 0)
    expect(sample.filter((row) => !districts.some((district) => isInside(district, place(row))))).toEqual([])
    expect(sample.filter((row) => water.some((river) => isInside(river, place(row))))).toEqual([])
  })

  test('every grid is whole and every transformer stands in exactly one', () => {
    const grids = readShapes(folder, 'grids.geojson')
    for (const row of transformers.filter((_, index) => index % 5 === 0)) {
      // A transformer at a crossing may stand on a border; a few metres inside its block it is in one grid.
      const [lon, lat] = place(row)
      expect(grids.filter((grid) => isInside(grid, [lon + 0.00021, lat + 0.00013]))).toHaveLength(1)
    }
  })

  test('every supplied district has crews, at least twelve in all', () => {
    expect(crews.length).toBeGreaterThanOrEqual(12)
    const codes = readShapes(folder, 'districts.geojson').map((shape) => shape.properties.code!)
    expect([...ids(crews, 'home_district')].sort()).toEqual(codes.sort())
  })

  test('every phone is in the made-up range, and some owners have several accounts', () => {
    const phones = [...points, ...crews].map((row) => row.phone!)
    expect(phones.filter((phone) => !/^1990\d{7}$/.test(phone))).toEqual([])
    expect(new Set(phones).size).toBeLessThan(phones.length)
  })
})
