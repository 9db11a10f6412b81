import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FolderRefusal, importFolder, type ImportSummary } from '../../data/import/index.ts'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'
import {
  type FolderFiles,
  featureCollection,
  districtFeature,
  makeFolder,
  sketch,
  withRow,
} from '../fixtures/import-folder.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.drop())

/** Imports the sketch with changes, and gives the summary and the list of refusals. */
async function load(changes: FolderFiles = {}, strict = false): Promise<{ summary: ImportSummary; refused: string }> {
  const made = makeFolder(changes)
  try {
    const summary = await importFolder(test.database, made.folder, { strict })
    const list = `${made.folder}.refused.csv`
    return { summary, refused: existsSync(list) ? readFileSync(list, 'utf8') : '' }
  } finally {
    made.remove()
  }
}

const query = async <Row extends object>(text: string) => (await test.database.pool.query<Row>(text)).rows
const fileOf = (summary: ImportSummary, name: string) => summary.files.find((file) => file.file === name)!

describe('a folder', () => {
  it('loads every file, and once more changes nothing', async () => {
    const { summary } = await load()
    expect(summary.refused).toBe(0)
    for (const file of summary.files) expect([file.file, file.new]).toEqual([file.file, file.read])
    const before = await query(
      'select id, xmin::text from service_point union all select transformer_id, xmin::text from area order by 1',
    )
    const again = (await load()).summary
    for (const file of again.files) expect([file.file, file.unchanged]).toEqual([file.file, file.read])
    expect(
      await query(
        'select id, xmin::text from service_point union all select transformer_id, xmin::text from area order by 1',
      ),
    ).toEqual(before)
  })

  it('gives transformers their feeder by node, their customers and their district', async () => {
    expect(await query('select id, feeder_id, customers, district_code from transformer order by id')).toEqual([
      { id: 'T1', feeder_id: 'F1', customers: 4, district_code: 'west' },
      { id: 'T2', feeder_id: 'F1', customers: 4, district_code: 'east' },
    ])
  })

  it('derives areas without overlap that cover their own customers and stay in the districts', async () => {
    const [row] = await query(`
      select
        (select bool_and(st_covers(area.geom, point.geom)) from service_point as point join area using (transformer_id) where point.geom is not null) as covers,
        (select sum(st_area(st_intersection(a.geom, b.geom)))::float8 < 1e-12 from area as a, area as b where a.transformer_id < b.transformer_id) as apart,
        (select bool_and(st_area(st_difference(area.geom, ground.geom)) < 1e-12) from area, (select st_union(geom) as geom from district) as ground) as inside,
        (select bool_and(st_numgeometries(geom) = 1) from area) as whole`)
    expect(row).toEqual({ covers: true, apart: true, inside: true, whole: true })
  })

  it('updates by identifier and drops the roads that a newer folder no longer has', async () => {
    const { summary } = await load({
      'service_points.csv': String(sketch['service_points.csv']).replace('东街1号', '东街11号'),
      'roads_edges.csv': 'from,to,length_m,time_s,oneway\na,b,1028,90,0\n',
    })
    expect(fileOf(summary, 'service_points.csv')).toMatchObject({ new: 0, changed: 1, unchanged: 7 })
    expect(await query('select time_s from road_edge')).toEqual([{ time_s: 90 }])
    await load()
  })

  it('is refused in one line where it is missing, lacks a needed file or names an unknown crs', async () => {
    await expect(importFolder(test.database, '/no/such/folder')).rejects.toThrow(FolderRefusal)
    await expect(load({ 'transformers.csv': null })).rejects.toThrow('has no transformers.csv')
    await expect(load({ 'network.json': '{"name":"x","crs":"mars","timezone":"UTC"}' })).rejects.toThrow(
      'one of wgs84, gcj02, bd09, cgcs2000 would be right',
    )
  })

  it('drawn in GCJ-02 is stored as WGS 84, some 500 m to the north-west', async () => {
    await load({ 'network.json': '{"name":"sketch","crs":"gcj02","timezone":"Asia/Shanghai"}' })
    const [row] = await query<{ moved_m: number }>(
      "select st_distance(geom::geography, st_setsrid(st_makepoint(113.002, 22.5), 4326)::geography) as moved_m from transformer where id = 'T1'",
    )
    expect(row!.moved_m).toBeGreaterThan(400)
    expect(row!.moved_m).toBeLessThan(800)
    await load()
  })
})

describe('a row that cannot be used', () => {
  const cases: [rule: string, changes: FolderFiles, refusal: string][] = [
    ['without its key', withRow('transformers.csv', ',x,n2,1,113,22.5,'), 'transformers.csv,4,id,'],
    ['of a kind not listed', withRow('equipment.csv', 'X,magic,n1,n2,F1,'), 'equipment.csv,5,kind,magic'],
    ['with a negative rating', withRow('transformers.csv', 'T9,x,n2,-1,113,22.5,'), 'transformers.csv,4,kva,-1'],
    ['off the planet', withRow('transformers.csv', 'T9,x,n2,1,181,22.5,'), 'transformers.csv,4,lon,181'],
    ['at no number', withRow('transformers.csv', 'T9,x,n2,1,113,NaN,'), 'transformers.csv,4,lat,NaN'],
    ['endlessly far', withRow('transformers.csv', 'T9,x,n2,1,Infinity,22,'), 'transformers.csv,4,lon,Infinity'],
    ['with half a place', withRow('service_points.csv', 'P9,A9,T1,,113,,,'), 'service_points.csv,10,lat,'],
    ['hanging on no node', withRow('transformers.csv', 'T9,x,n9,1,113,22.5,'), 'transformers.csv,4,node,n9'],
    ['of no transformer', withRow('service_points.csv', 'P9,A9,T9,,,,,'), 'service_points.csv,10,transformer_id,T9'],
    ['behind no branch', withRow('service_points.csv', 'P9,A9,T1,B9,,,,'), 'service_points.csv,10,lv_equipment_id,B9'],
    ['with a second identifier', withRow('service_points.csv', 'P1,A9,T1,,,,,'), 'service_points.csv,10,id,P1'],
    ['of no district', withRow('crews.csv', 'C9,x,north,113,22,lv'), 'crews.csv,3,home_district,north'],
    ['on a road from nowhere', withRow('roads_edges.csv', 'z,a,1,1,0'), 'roads_edges.csv,4,from,z'],
    ['its own parent', withRow('lv_equipment.csv', 'B9,lv_branch,T1,B9'), 'lv_equipment.csv,4,parent_id,B9'],
    ['below no parent', withRow('lv_equipment.csv', 'B9,lv_branch,T1,B8'), 'lv_equipment.csv,4,parent_id,B8'],
    [
      'at an instant without offset',
      withRow('incident_history.csv', 'H9,2025-03-01T08:00:00,2025-03-01T09:00:00Z,1'),
      'incident_history.csv,3,started_at,2025-03-01T08:00:00',
    ],
    [
      'on a day that is none',
      withRow('incident_history.csv', 'H9,2025-02-30T08:00:00Z,2025-03-01T09:00:00Z,1'),
      'incident_history.csv,3,started_at,2025-02-30T08:00:00Z',
    ],
    [
      'restored before it started',
      withRow('incident_history.csv', 'H9,2025-03-01T08:00:00Z,2025-03-01T07:00:00Z,1'),
      'incident_history.csv,3,restored_at,',
    ],
    [
      'switching off nothing that is there',
      withRow('planned_outages.csv', 'O9,2026-03-01T08:00:00Z,2026-03-01T12:00:00Z,T1;T9'),
      'planned_outages.csv,3,transformer_ids,T9',
    ],
    [
      'drawn wrongly',
      withRow('equipment.csv', 'X,line,n1,n2,F1,LINESTRING(1)'),
      'equipment.csv,5,geometry,LINESTRING(1)',
    ],
    ['with a value too many', withRow('crews.csv', 'C9,x,west,113,22,lv,more'), 'crews.csv,3,,'],
    ['with a stray quote', withRow('crews.csv', 'C9,x"y,west,113,22,lv'), 'crews.csv,3,,'],
    ['with a quote never closed', withRow('crews.csv', 'C9,"x,west,113,22,lv'), 'crews.csv,3,,'],
    [
      'a polygon that is not closed',
      {
        'districts.geojson': featureCollection(
          districtFeature('west', 113, 113.005),
          districtFeature('east', 113.005, 114),
          '{"type":"Feature","properties":{"code":"x","name":"x"},"geometry":{"type":"Polygon","coordinates":[[[113,22],[114,22],[114,23],[113,23]]]}}',
        ),
      },
      'districts.geojson,4,geometry,',
    ],
  ]
  it.each(cases)('%s is refused with its place, and the rest loads', async (_, changes, refusal) => {
    const { summary, refused } = await load(changes)
    expect(refused.split('\n')[1]).toContain(refusal)
    expect(refused).toContain('would be right')
    expect([summary.refused, summary.isLoaded]).toEqual([1, true])
  })

  it('takes what hangs on it along, and a loop of parents is refused whole', async () => {
    const { summary } = await load({
      'lv_equipment.csv':
        'id,kind,transformer_id,parent_id\nX1,lv_branch,T1,X2\nX2,lv_branch,T1,X1\nX3,meter_box,T1,X2\n',
      'service_points.csv': 'id,account_no,transformer_id,lv_equipment_id\nP9,A9,T1,X3\n',
    })
    expect(fileOf(summary, 'lv_equipment.csv').refused).toBe(3)
    expect(fileOf(summary, 'service_points.csv').refused).toBe(1)
  })

  it('keeps everything out under strict, and nothing of a new network is seen', async () => {
    const { summary } = await load(
      { ...withRow('crews.csv', 'C9,,west,113,22,lv'), 'network.json': '{"name":"strict","timezone":"Asia/Shanghai"}' },
      true,
    )
    expect([summary.isLoaded, summary.refused]).toEqual([false, 1])
    expect(await query("select name from network where name = 'strict'")).toEqual([])
  })
})

describe('a file', () => {
  it('that is empty or not UTF-8 is refused whole, and the rest loads', async () => {
    const gbk = Buffer.from([...Buffer.from('id,name,lon,lat,skills\nC1,'), 0xc7, 0xc0, ...Buffer.from(',113,22,lv\n')])
    for (const text of ['', gbk]) {
      const { summary, refused } = await load({ 'crews.csv': text })
      expect(fileOf(summary, 'crews.csv')).toMatchObject({ new: 0, changed: 0, unchanged: 0, refused: 1 })
      expect(refused).toContain('crews.csv,')
      expect(summary.isLoaded).toBe(true)
    }
  })

  it('may have a byte-order mark, Windows line ends and columns nobody knows', async () => {
    const { summary } = await load({
      'crews.csv': '\uFEFFid,name,lon,lat,skills,mood\r\nC1,"一\r\n班",113.001,22.5,lv,fine\r\n',
    })
    expect(fileOf(summary, 'crews.csv')).toMatchObject({ read: 1, refused: 0, ignored: ['mood'] })
    expect(await query('select name from crew')).toEqual([{ name: '一\r\n班' }])
  })

  it('with a ring of closed equipment loads and says so', async () => {
    const { summary } = await load(withRow('equipment.csv', 'L3,line,n3,n1,F1,'))
    expect(summary.refused).toBe(0)
    expect(summary.notes.join()).toContain('1 rings of closed equipment, closed by L3')
  })
})

describe('an import that breaks off', () => {
  it('leaves nothing behind', async () => {
    const made = makeFolder({ 'network.json': '{"name":"broken","timezone":"Asia/Shanghai"}' })
    const breakOff = importFolder(test.database, made.folder, {
      onProgress: ({ step }) => {
        if (step.startsWith('merging service_points')) throw new Error('pulled the plug')
      },
    })
    await expect(breakOff).rejects.toThrow('pulled the plug')
    made.remove()
    expect(await query("select name from network where name = 'broken'")).toEqual([])
  })
})

const networks = path.resolve(import.meta.dirname, '../../../shared/data/networks')
describe.skipIf(!existsSync(networks))('a real network', () => {
  it('loads with as many rows as its files have', async () => {
    const summary = await importFolder(test.database, path.join(networks, 'K1'))
    expect(summary.files.map((file) => [file.file, file.new, file.refused])).toEqual([
      ['network.json', 1, 0],
      ['equipment.csv', 777, 0],
      ['sources.csv', 1, 0],
      ['transformers.csv', 320, 0],
      ['service_points.csv', 570, 0],
    ])
  })
})
