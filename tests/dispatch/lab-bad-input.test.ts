// What the laboratory says of input that it cannot use: one line, file and place named, exit code 2.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run as nearest } from '../../data/lab/nearest.ts'
import { run as plan } from '../../data/lab/plan.ts'
import { run as storm } from '../../data/lab/storm.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-lab-'))
const file = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

let said: string[] = []
const codeBefore = process.exitCode
beforeEach(() => {
  said = []
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line))
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = codeBefore
})

const nodes = ['node,lon,lat', 'a,113,22', 'b,113.001,22', 'island,114,22']
const edges = ['from,to,length_m,time_s,oneway,wkt', 'a,b,100,10,1,']
const crews = ['id,node,lon,lat', 'C1,a,,', 'C2,,113.0009,22']

/** Writes the files, replaced where given, and asks for the nearest; returns the lines on standard error. */
async function askNearest(given: { nodes?: string[]; edges?: string[]; crews?: string[] | Buffer } = {}, k = '9') {
  writeFileSync(file('roads_nodes.csv'), (given.nodes ?? nodes).join('\n'))
  writeFileSync(file('roads_edges.csv'), (given.edges ?? edges).join('\n'))
  const isPacked = Buffer.isBuffer(given.crews)
  const crewFile = file(isPacked ? 'crews.csv.gz' : 'crews.csv')
  writeFileSync(crewFile, isPacked ? (given.crews as Buffer) : ((given.crews as string[]) ?? crews).join('\n'))
  writeFileSync(file('incidents.csv'), 'id,node\nI1,b\n')
  const args = ['--roads', folder, '--crews', crewFile, '--incidents', file('incidents.csv'), '--k', k]
  await nearest([...args, '--out', file('out.csv')])
  return said
}

test('more crews asked for than there are, one on an island, marks and line ends of other systems are no fault', async () => {
  await askNearest({
    nodes: [`\uFEFF${nodes[0]}`, ...nodes.slice(1)].map((line) => `${line}\r`),
    crews: gzipSync([...crews, 'C3,island,,'].join('\n')),
  })
  expect(process.exitCode).toBe(codeBefore)
  expect(said.join()).toContain('3 crews')
})

test.each([
  [{ crews: ['id,node', 'C1,a', 'C1,b'] }, /crews\.csv line 3, id: .*second time/],
  [{ crews: ['id,node', 'C1,nowhere'] }, /crews\.csv line 2, node: .*would be right/],
  [{ crews: ['id,node,lon,lat', 'C1,,,'] }, /crews\.csv line 2, node: .*or lon and lat, would be right/],
  [{ crews: ['id,lon,lat', 'C1,1e9,22'] }, /crews\.csv line 2, lon: .*180/],
  [{ crews: Buffer.from('id,node\nC1,a\n') }, /crews\.csv\.gz line 1: .*gzip/],
  [{ crews: [''] }, /crews\.csv is empty/],
  [{ nodes: [...nodes, 'a,113,22'] }, /roads_nodes\.csv line 5, node: .*twice/],
  [{ edges: [...edges, 'a,b,100,NaN,0,'] }, /roads_edges\.csv line 3, time_s: .*number/],
  [{ edges: [...edges, 'a,b,100,-1,0,'] }, /roads_edges\.csv line 3, time_s: .*from 0/],
  [{ edges: [...edges, 'a,c,100,1,0,'] }, /roads_edges\.csv line 3, to: .*not among/],
  [{ edges: [...edges, 'a,b'] }, /roads_edges\.csv line 3, length_m: .*would be right/],
])('nearest refuses %j', async (given, expected) => {
  expect(await askNearest(given)).toEqual([expect.stringMatching(expected)])
  expect(process.exitCode).toBe(2)
})

const routing = {
  name: 'small',
  objective: 'sum_of_arrival_times',
  crews: 2,
  depot: [0, 0],
  points: [
    [1, 1],
    [2, 2],
    [3, 1],
  ],
  distance: 'euclidean',
  demand: [1, 1, 1],
  capacity: 2,
}

async function askPlan(text: string) {
  writeFileSync(file('instance.json'), text)
  await plan(['--instance', file('instance.json'), '--seconds', '0.05', '--out', file('plan.json')])
  return said
}

test.each([
  ['', /instance\.json is empty/],
  ['{"name": "x",\n "crews": 3,,}', /instance\.json line 2, column 13: not JSON/],
  [JSON.stringify({ ...routing, capacity: 1 }), /more than can be done: demand is 3 in all/],
  [JSON.stringify({ ...routing, demand: [3, 1, 1] }), /demand\.0: 3 is more than one crew's capacity/],
  [
    JSON.stringify({ ...routing, demand: [2, 2, 2], capacity: 3 }),
    /no plan found that serves all|more than can be done/,
  ],
  [JSON.stringify({ ...routing, points: [[1e308, 0]], demand: [1] }), /points\.0\.0/],
  [JSON.stringify({ ...routing, crews: 0 }), /crews/],
])('plan refuses %s', async (text, expected) => {
  expect(await askPlan(text)).toEqual([expect.stringMatching(expected)])
  expect(process.exitCode).toBe(2)
})

test('more crews than work, one crew, no demand at all are planned', async () => {
  for (const more of [{ crews: 9 }, { crews: 1, capacity: null }, { demand: undefined, capacity: undefined }])
    expect(await askPlan(`\uFEFF${JSON.stringify({ ...routing, ...more })}`)).toEqual([])
})

test('storm refuses a shape and a number that it does not know', async () => {
  await storm(['--shape', 'square', '--out', file('storm.json')])
  await storm(['--crews', '0', '--out', file('storm.json')])
  expect(said).toEqual([expect.stringMatching(/shape/), expect.stringMatching(/from 1 to/)])
})
