// The real service on the sketch of tests/fixtures/import-folder.ts: its own process, its own embedded database, a sign-in for a
// dispatcher and the sketch's crew.
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { importFolder } from '../../data/import/index.ts'
import { putMember } from '../../server/access/index.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import { openDatabase, type Database } from '../../server/database/index.ts'
import { embeddedTemplate, openTestDatabase } from '../fixtures/database.ts'
import { makeFolder, type FolderFiles } from '../fixtures/import-folder.ts'

const root = path.resolve(import.meta.dirname, '../..')
export const dispatcher = { name: '调度员甲', secret: 'desk-secret' }
export const crew = { id: 'C1', secret: 'crew-secret' }
export const adminToken = 'a-token-for-the-tests-only'

export type Served = {
  url: string
  ask<T>(path: string, body?: unknown): Promise<T>
  incidents(): Promise<IncidentView[]>
  /** Stops the service but keeps its data; `begin` starts it again at the same address. */
  halt(): Promise<void>
  begin(): Promise<void>
  stop(): Promise<void>
}

/** Where the service's data is: a folder of the embedded database, or a PostgreSQL. */
type Place = { environment: Record<string, string>; forget(): Promise<void> }

async function fill(database: Database, changes: FolderFiles): Promise<void> {
  const { folder, remove } = makeFolder(changes)
  await importFolder(database, folder)
  remove()
  await putMember(database, { ...dispatcher, role: 'dispatcher', crewId: null })
  await putMember(database, { name: crew.id, role: 'crew', crewId: crew.id, secret: crew.secret })
  await database.close()
}

/** The folder that `fill-sketch.ts` fills once a run. */
const sketchTemplate = `${embeddedTemplate}-sketch`

/** Fills the sketch as it is, to be copied; answers how to take it away. */
export async function fillTemplate(): Promise<() => void> {
  const remove = () => rmSync(sketchTemplate, { recursive: true, force: true })
  remove()
  cpSync(embeddedTemplate, sketchTemplate, { recursive: true })
  await fill(await openDatabase({ url: null, replicaUrl: null, dataFolder: sketchTemplate }), {})
  return remove
}

function copyTemplate(): Place {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'relight-test-'))
  cpSync(sketchTemplate, dataFolder, { recursive: true })
  const forget = async () => rmSync(dataFolder, { recursive: true, force: true })
  return { environment: { DATABASE_URL: '', RELIGHT_DATA: dataFolder }, forget }
}

async function fillEmbedded(changes: FolderFiles): Promise<Place> {
  if (Object.keys(changes).length === 0 && existsSync(sketchTemplate)) return copyTemplate()
  const { database, dataFolder, drop } = await openTestDatabase()
  await fill(database, changes)
  const forget = () => drop().catch(() => {})
  return { environment: { DATABASE_URL: '', RELIGHT_DATA: dataFolder! }, forget }
}

/** On an empty database of a PostgreSQL with PostGIS. */
async function fillServer(url: string, changes: FolderFiles): Promise<Place> {
  await fill(await openDatabase({ url, replicaUrl: null, dataFolder: '' }), changes)
  return { environment: { DATABASE_URL: url }, forget: async () => {} }
}

/** The address that the service prints once it is ready. */
const addressOf = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    let said = ''
    const hear = (text: Buffer) => {
      said += text.toString()
      const found = /desk\s+(http:\S+)\/desk/.exec(said)?.[1]
      if (found) resolve(found)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', (code) => reject(new Error(`the service ended with ${code}:\n${said}`)))
  })

async function startOn({ environment }: Place, port: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, ...environment, PORT: port, RELIGHT_DEMO: 'off', RELIGHT_ADMIN_TOKEN: adminToken },
  })
  return { child, url: await addressOf(child) }
}

/** `changes` replace files of the sketch; with `databaseUrl` it stands on that PostgreSQL. */
export async function serveSketch(changes: FolderFiles = {}, databaseUrl?: string): Promise<Served> {
  const place = await (databaseUrl === undefined ? fillEmbedded(changes) : fillServer(databaseUrl, changes))
  let { child, url } = await startOn(place, '0')
  const halt = async () => {
    if (child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  const ask = async <T>(where: string, body?: unknown): Promise<T> => {
    const response = await fetch(url + where, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as T
  }
  return {
    url,
    ask,
    incidents: async () => {
      const { items } = await ask<{ items: { id: string }[] }>('/api/incidents?limit=50')
      return Promise.all(items.map(({ id }) => ask<IncidentView>(`/api/incidents/${id}`)))
    },
    halt,
    begin: async () => {
      ;({ child, url } = await startOn(place, new URL(url).port))
    },
    stop: async () => {
      await halt()
      await place.forget()
    },
  }
}
