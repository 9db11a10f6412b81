// Opens the embedded PostGIS in a data folder. One process owns the folder; another one on the same machine, such as the
// import, joins it through the owner's socket.
import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import pg from 'pg'
import { databaseOver, hearLosses, type Database, type StormClock } from './database.ts'
import type { EmbeddedMessage } from './embedded-worker.ts'
import { StartRefusal } from './start-refusal.ts'
import { startThread } from './start-thread.ts'

/** PGlite is one backend: more connections only queue, and a few let reads wait beside a transaction. */
const connections = 8
/** How long a starting server waits for another process to let go of the folder. */
const ownerWait_s = 60

/** A Unix socket's name may have 107 bytes, so it lives in the temporary folder under the data folder's digest. */
function socketFolderOf(dataFolder: string): string {
  const digest = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)
  return path.join(os.tmpdir(), `relight-${digest}`)
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socketPath)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
}

/** True when the lock file is ours now; a lock left behind by a process that is gone is taken over. */
function takeLock(lockFile: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(lockFile, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return true
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new StartRefusal(`RELIGHT_DATA=${path.dirname(lockFile)} cannot be written: ${(reason as Error).message}`)
      const owner = Number(existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : 0)
      if (owner !== process.pid && isAlive(owner)) return false
      rmSync(lockFile, { force: true })
    }
  }
  return false
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

function started(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message: EmbeddedMessage) => {
      if (message.kind === 'listening') resolve()
      if (message.kind === 'failed') reject(new Error(message.reason))
    })
  })
}

async function stopWorker(worker: Worker): Promise<void> {
  const stopped = new Promise<void>((resolve) =>
    worker.on('message', (message: EmbeddedMessage) => message.kind === 'stopped' && resolve()),
  )
  worker.postMessage('stop')
  await stopped
  await worker.terminate()
}

/**
 * Opens the database kept in `dataFolder`. `join` lets a short-lived command use the folder through the process that owns
 * it; without it, opening waits for the owner to leave. Throws StartRefusal in one line where neither is possible.
 */
export async function openEmbedded(
  dataFolder: string,
  join: boolean,
  clock: StormClock | null = null,
): Promise<Database> {
  const socketFolder = socketFolderOf(dataFolder)
  const socketPath = path.join(socketFolder, '.s.PGSQL.5432')
  prepareFolders(dataFolder, socketFolder)
  const lockFile = path.join(dataFolder, 'owner')
  let worker: Worker | null = null
  for (let waited_s = 0; !takeLock(lockFile); waited_s++) {
    if (join && (await answers(socketPath))) return overSocket(socketFolder, clock, async () => {})
    if (waited_s >= ownerWait_s)
      throw new StartRefusal(
        `RELIGHT_DATA=${dataFolder} is in use by process ${readFileSync(lockFile, 'utf8')}: stop it or choose another folder`,
      )
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  rmSync(socketPath, { force: true })
  try {
    worker = startThread(new URL('./embedded-worker.ts', import.meta.url), {
      dataFolder: path.join(dataFolder, 'postgres'),
      socketPath,
    })
    await started(worker)
  } catch (reason) {
    rmSync(lockFile, { force: true })
    await worker?.terminate()
    throw new StartRefusal(`RELIGHT_DATA=${dataFolder} cannot be opened: ${(reason as Error).message}`)
  }
  const owned = worker
  return overSocket(socketFolder, clock, async () => {
    await stopWorker(owned)
    rmSync(lockFile, { force: true })
  })
}

function prepareFolders(dataFolder: string, socketFolder: string): void {
  try {
    mkdirSync(path.join(dataFolder, 'postgres'), { recursive: true })
    mkdirSync(socketFolder, { recursive: true, mode: 0o700 })
  } catch (reason) {
    throw new StartRefusal(`RELIGHT_DATA=${dataFolder} cannot be written: ${(reason as Error).message}`)
  }
}

function overSocket(host: string, clock: StormClock | null, onClose: () => Promise<void>): Database {
  const pool = hearLosses(new pg.Pool({ host, port: 5432, user: 'postgres', database: 'postgres', max: connections }))
  return databaseOver({
    kind: 'embedded',
    pool,
    replica: null,
    hints: new EventEmitter(),
    channel: null,
    clock,
    onClose,
  })
}
