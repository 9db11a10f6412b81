// `npm run bench -- import [CUSTOMERS]`: how fast a generated folder is imported, derived areas and all, as service points a
// second, beside a bare COPY of the same service points into a table without keys or indices. On DATABASE_URL where it is set
// (an empty database: it is filled), else on an embedded database of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { generateRegion } from '../../data/generate/index.ts'
import { importFolder } from '../../data/import/index.ts'
import { type Database, openDatabase } from '../../server/database/index.ts'

const rounds = 3
const seed = 1

async function timed_s(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** The reference: the file's bytes go straight into columns of text. */
async function copyBare(database: Database, file: string): Promise<void> {
  const text = readFileSync(file)
  const columns = text.subarray(0, text.indexOf(10)).toString().trim().split(',')
  await database.transaction(async ({ client }) => {
    await client.query(
      `create temporary table bare (${columns.map((name) => `"${name}" text`).join(', ')}) on commit drop`,
    )
    const stream = client.query(copyFrom('copy bare from stdin (format csv, header true)'))
    stream.end(text)
    await finished(stream)
  })
}

const forget = `truncate network, district, grid, source, equipment, transformer, area, lv_equipment, service_point, crew,
  road_node, road_edge, planned_outage, incident_history, ground_water cascade`

function print(name: string, values: number[]): number {
  const [least = 0, middle = 0, most = 0] = values.toSorted((a, b) => a - b)
  const shown = [least, middle, most].map((value) => Math.round(value).toLocaleString('en'))
  console.log(`${name}: minimum ${shown[0]}, median ${shown[1]}, spread ${shown[0]} to ${shown[2]} rows/s`)
  return middle
}

export async function run([size = '20000']: string[]): Promise<void> {
  const customers = Number(size)
  const work = mkdtempSync(path.join(os.tmpdir(), 'relight-bench-'))
  const folder = path.join(work, 'city')
  const url = process.env['DATABASE_URL'] || null
  const database = await openDatabase({ url, replicaUrl: null, dataFolder: path.join(work, 'database') })
  try {
    await generateRegion({ folder, customers, seed, date: '2026-11-22' })
    const bare: number[] = []
    const whole: number[] = []
    for (let round = 0; round < rounds; round++) {
      await database.pool.query(forget)
      bare.push(customers / (await timed_s(() => copyBare(database, path.join(folder, 'service_points.csv')))))
      whole.push(customers / (await timed_s(() => importFolder(database, folder))))
    }
    console.log(`import of ${customers} customers into the ${database.kind} database, seed ${seed}, ${rounds} rounds`)
    const reference = print('bare COPY of the service points', bare)
    const ours = print('the whole import, areas derived', whole)
    console.log(`the import runs at ${(ours / reference).toFixed(3)} of the bare COPY`)
  } finally {
    await database.close()
    rmSync(work, { recursive: true, force: true })
  }
}
