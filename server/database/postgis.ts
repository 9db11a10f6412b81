// Opens a real PostgreSQL with PostGIS, and carries hints between servers by NOTIFY on one pinned connection.
import { EventEmitter } from 'node:events'
import pg from 'pg'
import { databaseOver, hearLosses, type Database, type HintChannel, type StormClock } from './database.ts'
import { StartRefusal } from './start-refusal.ts'

/** Sixteen connections carry 10,500 durable inserts a second on two cores; more only take memory. */
const connections = 16
/** A commit that NOTIFYs takes a lock for the whole database, so hints are gathered and sent beside the transactions. */
const hintEvery_ms = 15
const reconnect_ms = 1000
/**
 * Compiling a plan takes 0.1 s and more, and pays only where one runs for many seconds: no statement here does, but the guess of
 * a plan on young tables often says so. A transaction whose process hangs or whose machine is gone would hold its locks, and the
 * event log behind its number, for ever: the server ends it.
 */
const sessionOptions = [
  'jit=off',
  'idle_in_transaction_session_timeout=60s',
  'tcp_keepalives_idle=15',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
]
  .map((option) => `-c ${option}`)
  .join(' ')
/** How long a start waits for an address to answer. */
const answer_ms = 5000
/** How long a request waits for its turn on a connection: in a burst on one feeder some dozens queue behind its lock. */
const turn_ms = 30_000
/** A connection that is idle is kept for a lull: a burst of calls that had to open new ones first waited a fifth of a second for them. */
const idle_ms = 10 * 60_000

/** Opens `url`; throws StartRefusal in one line where it does not answer or has no PostGIS. */
export async function openPostgis(
  url: string,
  replicaUrl: string | null,
  clock: StormClock | null = null,
): Promise<Database> {
  const pool = poolAt('DATABASE_URL', url)
  await assertPostgis(pool, url)
  const hints = new EventEmitter().setMaxListeners(0)
  const replica = replicaUrl === null ? null : poolAt('DATABASE_REPLICA_URL', replicaUrl)
  const channel = openHintChannel(url, pool, hints)
  return databaseOver({ kind: 'server', pool, replica, hints, channel, clock, onClose: async () => {} })
}

/** The address without its password, fit to be shown. */
export function shownUrl(url: string): string {
  return url.replace(/(:\/\/[^:/@]+):[^@]*@/, '$1:…@')
}

function poolAt(variable: string, url: string): pg.Pool {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new StartRefusal(
      `${variable}=${shownUrl(url)} is no PostgreSQL address: it would be postgres://user:password@host:5432/database`,
    )
  return hearLosses(
    new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: turn_ms,
      idleTimeoutMillis: idle_ms,
      keepAlive: true,
      options: sessionOptions,
    }),
  )
}

async function assertPostgis(pool: pg.Pool, url: string): Promise<void> {
  const first = new pg.Client({ connectionString: url, connectionTimeoutMillis: answer_ms })
  try {
    await first.connect()
    await first.end()
  } catch (reason) {
    await pool.end()
    throw new StartRefusal(
      `DATABASE_URL=${shownUrl(url)} does not answer: ${(reason as Error).message || 'connection refused'}`,
    )
  }
  for (const extension of ['postgis', 'pg_trgm']) {
    try {
      await pool.query(`create extension if not exists ${extension}`)
    } catch (reason) {
      await pool.end()
      throw new StartRefusal(
        `DATABASE_URL=${shownUrl(url)} has no extension ${extension}: ${(reason as Error).message}; let its administrator run "create extension ${extension}"`,
      )
    }
  }
}

/** LISTENs on a connection of its own, opened anew whenever it is lost; each loss is a hint too, since one may have been missed. */
function openHintChannel(url: string, pool: pg.Pool, hints: EventEmitter): HintChannel {
  let closed = false
  let client: pg.Client | null = null
  let sending: NodeJS.Timeout | null = null
  const listen = async () => {
    client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: answer_ms })
    client.on('notification', () => hints.emit('hint'))
    client.on('error', () => {})
    client.on('end', () => !closed && setTimeout(() => void listen().catch(again), reconnect_ms))
    await client.connect()
    await client.query('listen relight')
    hints.emit('hint')
  }
  const again = (reason: Error) => console.error('hint connection lost:', reason.message)
  void listen().catch(again)
  const send = () => {
    sending ??= setTimeout(() => {
      sending = null
      pool.query("select pg_notify('relight', '')").catch(again)
    }, hintEvery_ms)
  }
  return {
    send,
    close: async () => {
      closed = true
      if (sending) clearTimeout(sending)
      await client?.end().catch(again)
    },
  }
}
