// The real service on the sketch of tests/fixtures/import-folder.ts: its own process, its own embedded database, a sign-in for a
// dispatcher and the sketch's crew.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { importFolder } from '../../data/import/index.ts'
import { putMember } from '../../server/access/index.ts'
import type { AssignmentDetail } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import { openTestDatabase } from '../fixtures/database.ts'
import { makeFolder, type FolderFiles } from '../fixtures/import-folder.ts'

const root = path.resolve(import.meta.dirname, '../..')
export const dispatcher = { name: '调度员甲', secret: 'desk-secret' }
export const crew = { id: 'C1', secret: 'crew-secret' }
export const adminToken = 'a-token-for-the-tests-only'

export type Served = {
  url: string
  ask<T>(path: string, body?: unknown): Promise<T>
  incidents(): Promise<IncidentView[]>
  stop(): Promise<void>
}

async function fill(changes: FolderFiles): Promise<{ dataFolder: string; forget(): Promise<void> }> {
  const { database, dataFolder, drop } = await openTestDatabase()
  const { folder, remove } = makeFolder(changes)
  await importFolder(database, folder)
  remove()
  await putMember(database, { ...dispatcher, role: 'dispatcher', crewId: null })
  await putMember(database, { name: crew.id, role: 'crew', crewId: crew.id, secret: crew.secret })
  await database.close()
  const forget = () => drop().catch(() => {})
  return { dataFolder: dataFolder!, forget }
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

/** `changes` replace files of the sketch. */
export async function serveSketch(changes: FolderFiles = {}): Promise<Served> {
  const { dataFolder, forget } = await fill(changes)
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: '',
      RELIGHT_DATA: dataFolder,
      RELIGHT_DEMO: 'off',
      RELIGHT_ADMIN_TOKEN: adminToken,
    },
  })
  const url = await addressOf(child)
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
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await forget()
    },
  }
}

/** Steps of an assignment as its crew would take them. */
export async function crewSteps(served: Served, steps: readonly string[], body: unknown = {}): Promise<void> {
  const { items } = await served.ask<{ items: AssignmentDetail[] }>('/api/assignments?active=true')
  for (const step of steps) await served.ask(`/api/assignments/${items[0]!.id}/${step}`, body)
}
