// A city to measure on: a copy of a database that holds one already, so that the given one stays as it is, or a generated
// and imported region in a cluster of the benchmark's own. Gone when the benchmark ends.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generateRegion } from '../../data/generate/index.ts'
import { importFolder } from '../../data/import/index.ts'
import { openDatabase, type Database } from '../../server/database/index.ts'
import { startCluster } from '../fixtures/postgres-cluster.ts'

const seed = 1

export type City = { database: Database; customers: number; drop(): Promise<void> }

const openAt = (url: string): Promise<Database> => openDatabase({ url, replicaUrl: null, dataFolder: '' })

/** The same server, another database. */
function besides(url: string, name: string): string {
  const place = new URL(url)
  place.pathname = `/${name}`
  return place.href
}

/** A new database at the server of `url`: a copy of the one that `url` names, or empty. */
async function createBeside(url: string, isCopy: boolean): Promise<{ database: Database; drop(): Promise<void> }> {
  const name = `relight_bench_${process.pid}`
  const source = decodeURIComponent(new URL(url).pathname.slice(1))
  const root = await openAt(besides(url, 'postgres'))
  await root.pool.query(`create database ${name}${isCopy ? ` template "${source.replaceAll('"', '""')}"` : ''}`)
  const database = await openAt(besides(url, name))
  const drop = async () => {
    await database.close()
    await root.pool.query(`drop database ${name} with (force)`)
    await root.close()
  }
  return { database, drop }
}

async function countCustomers(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>('select count(*) from service_point')
  return rows[0]!.count
}

/** Opens a copy of the city at `url`; nobody else may be connected to it while it is copied. */
export async function copyCity(url: string): Promise<City> {
  const { database, drop } = await createBeside(url, true)
  await database.pool.query('checkpoint')
  return { database, drop, customers: await countCustomers(database) }
}

/** Generates and imports a city of so many customers; null where there is no PostgreSQL with PostGIS. */
export async function makeCity(customers: number): Promise<City | null> {
  const cluster = await startCluster()
  if (!cluster) return null
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-city-'))
  const { database, drop } = await createBeside(cluster.url, false)
  const end = async () => {
    await drop()
    cluster.stop()
  }
  try {
    await generateRegion({ folder, customers, seed, date: '2026-11-22' })
    await importFolder(database, folder)
    await database.pool.query('analyze')
    return { database, customers, drop: end }
  } catch (reason) {
    await end()
    throw reason
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The cities that `--database URL[,URL…]` names, else generated ones of `--customers N[,N…]`, one after the other. */
export async function* openCities(values: { database?: string; customers: string }): AsyncGenerator<City> {
  const given = values.database?.split(',') ?? []
  const opens = given.length
    ? given.map((url) => () => copyCity(url))
    : values.customers.split(',').map((count) => () => makeCity(Number(count)))
  for (const open of opens) {
    const city = await open()
    if (!city) {
      console.log('not measured: no PostgreSQL with PostGIS is installed, and no --database URL was given')
      return
    }
    try {
      yield city
    } finally {
      await city.drop()
    }
  }
}
