// The embedded PostGIS: PGlite in a worker thread behind a Unix socket, so that `pg` speaks to it as to a server.
// PGlite is one backend. A connection holds it from its first message until the backend is idle again; without that,
// the unnamed statements of two connections would run into each other between parse and execute.
import { createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { postgis } from '@electric-sql/pglite-postgis'
import { keepUp } from './upkeep.ts'

/** What the opener hands the worker. */
export type EmbeddedOptions = { dataFolder: string; socketPath: string }

/** What the worker says back: once when it listens or could not start, once when it has stopped. */
export type EmbeddedMessage = { kind: 'listening' } | { kind: 'failed'; reason: string } | { kind: 'stopped' }

const { dataFolder, socketPath } = workerData as EmbeddedOptions
const say = (message: EmbeddedMessage) => parentPort!.postMessage(message)

/** How often tables are looked after; one at a time, the next soon after, so that a waiting statement waits for one. */
const upkeep_ms = 15_000
const nextTable_ms = 200

const sslRequest = 80877103
const cancelRequest = 80877102

type Connection = {
  socket: Socket
  pending: Uint8Array[]
  started: boolean
  copy: { statement: string; parts: Uint8Array[] } | null
}

const copyStatement = /^\s*copy\s[^;]+\sfrom\s+stdin/i
/**
 * Parse, bind, describe, execute, close, flush. After an error in one of them PGlite says ReadyForQuery at once and again
 * at the sync; a client that heard both would take the second for the end of its next statement.
 */
const extended = new Set([0x50, 0x42, 0x44, 0x45, 0x43, 0x48])
const isReady = (tail: Uint8Array) => tail.length === 6 && tail[0] === 0x5a && tail[4] === 5
/** CopyInResponse: text format, column formats left to the statement. */
const copyInResponse = Uint8Array.from([0x47, 0, 0, 0, 7, 0, 0, 0])

type Chore = (database: PGlite) => Promise<void>

/** Grants the one backend to one connection at a time, in order of asking. */
class Turns {
  private holder: Connection | null = null
  private waiting: Connection[] = []
  private running = false
  private chore: Chore | null = null
  private readonly database: PGlite

  constructor(database: PGlite) {
    this.database = database
  }

  offer(connection: Connection, message: Uint8Array): void {
    connection.pending.push(message)
    if (this.holder !== connection && !this.waiting.includes(connection)) this.waiting.push(connection)
    void this.run()
  }

  /** Forgets a connection that went away; an open transaction of its is rolled back before the next one's turn. */
  async leave(connection: Connection): Promise<void> {
    this.waiting = this.waiting.filter((each) => each !== connection)
    connection.pending = []
    if (this.holder !== connection) return
    if (this.running) {
      setTimeout(() => void this.leave(connection), 5)
      return
    }
    await this.database.exec('rollback').catch((reason: unknown) => console.error('embedded rollback:', reason))
    this.holder = null
    void this.run()
  }

  /** Has `chore` done alone on the backend, between two holders. */
  do(chore: Chore): void {
    this.chore = chore
    void this.run()
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    for (;;) {
      if (this.holder === null) await this.doChore()
      this.holder ??= this.waiting.shift() ?? null
      const message = this.holder?.pending.shift()
      if (!this.holder || !message) break
      const idle = await this.answer(this.holder, message)
      if (!idle) continue
      if (this.holder.pending.length > 0) this.waiting.push(this.holder)
      this.holder = null
    }
    this.running = false
  }

  private async doChore(): Promise<void> {
    const chore = this.chore
    this.chore = null
    await chore?.(this.database).catch((reason: unknown) => console.error('embedded upkeep:', reason))
  }

  /** Runs one message; true when the backend says it is idle and outside a transaction. */
  private async answer(connection: Connection, message: Uint8Array): Promise<boolean> {
    if (connection.copy ?? isCopy(message)) return this.answerCopy(connection, message)
    let tail: Uint8Array = new Uint8Array()
    const isExtended = extended.has(message[0]!)
    await this.database.execProtocolRawStream(message, {
      onRawData: (data) => {
        tail = data.slice(-6)
        const told = isExtended && isReady(tail) ? data.slice(0, -6) : data
        if (told.length > 0 && !connection.socket.destroyed) connection.socket.write(Buffer.from(told))
      },
    })
    return !isExtended && isReady(tail) && tail[5] === 0x49
  }

  /** PGlite cannot read copy data off its wire: it is gathered here and handed over as PGlite's `/dev/blob`. */
  private async answerCopy(connection: Connection, message: Uint8Array): Promise<boolean> {
    const { socket } = connection
    if (!connection.copy) {
      connection.copy = { statement: textOf(message), parts: [] }
      socket.write(copyInResponse)
      return false
    }
    const type = String.fromCharCode(message[0]!)
    if (type === 'd') {
      connection.copy.parts.push(message.subarray(5))
      return false
    }
    const { statement, parts } = connection.copy
    connection.copy = null
    if (type === 'c') socket.write(await this.copyIn(statement, parts))
    else socket.write(frame('E', Buffer.from('SERROR\0C57014\0Mcopy given up by the client\0\0')))
    const status = this.database.isInTransaction() ? 'T' : 'I'
    socket.write(frame('Z', Buffer.from(status)))
    return status === 'I'
  }

  private async copyIn(statement: string, parts: Uint8Array[]): Promise<Buffer> {
    try {
      const blob = new Blob(parts as BlobPart[])
      const { affectedRows } = await this.database.query(statement.replace(/from\s+stdin/i, "from '/dev/blob'"), [], {
        blob,
      })
      return frame('C', Buffer.from(`COPY ${affectedRows ?? 0}\0`))
    } catch (reason) {
      const { code = 'XX000', message } = reason as { code?: string; message: string }
      return frame('E', Buffer.from(`SERROR\0C${code}\0M${message}\0\0`))
    }
  }
}

function isCopy(message: Uint8Array): boolean {
  return message[0] === 0x51 && copyStatement.test(textOf(message))
}

/** The statement of a simple query message, without its closing zero. */
function textOf(message: Uint8Array): string {
  return new TextDecoder().decode(message.subarray(5, message.length - 1))
}

/** One backend message: a type letter, the length, the body. */
function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Cuts a client's bytes into protocol messages; the first one of a connection has no type byte. */
function cutMessages(connection: Connection, bytes: Buffer, turns: Turns): Buffer {
  let rest = bytes
  for (;;) {
    const head = connection.started ? 1 : 0
    if (rest.length < head + 4) return rest
    const length = head + rest.readInt32BE(head)
    if (rest.length < length) return rest
    const code = connection.started || length < 8 ? 0 : rest.readInt32BE(4)
    const message = rest.subarray(0, length)
    rest = rest.subarray(length)
    if (code === sslRequest) connection.socket.write('N')
    else if (code === cancelRequest) connection.socket.end()
    else if (connection.started && message[0] === 0x58) connection.socket.end()
    else {
      connection.started = true
      turns.offer(connection, new Uint8Array(message))
    }
  }
}

async function open(): Promise<void> {
  const database = await PGlite.create({ dataDir: dataFolder, extensions: { postgis, pg_trgm } })
  await database.exec('create extension if not exists postgis; create extension if not exists pg_trgm')
  const turns = new Turns(database)
  const server = createServer((socket) => {
    const connection: Connection = { socket, pending: [], started: false, copy: null }
    let rest: Buffer = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => (rest = cutMessages(connection, Buffer.concat([rest, bytes]), turns)))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => void turns.leave(connection))
  })
  server.listen(socketPath, () => say({ kind: 'listening' }))
  let upkeep: NodeJS.Timeout
  const lookAfter = (in_ms: number) => {
    upkeep = setTimeout(() => turns.do((idle) => keepUp(idle).then(next, giveUp)), in_ms)
  }
  const next = (isMore: boolean) => lookAfter(isMore ? nextTable_ms : upkeep_ms)
  const giveUp = (reason: unknown) => {
    next(false)
    throw reason
  }
  lookAfter(upkeep_ms)
  parentPort!.once('message', () => {
    clearTimeout(upkeep)
    server.close()
    void database.close().then(() => say({ kind: 'stopped' }))
  })
}

open().catch((reason: unknown) =>
  say({ kind: 'failed', reason: reason instanceof Error ? reason.message : String(reason) }),
)
