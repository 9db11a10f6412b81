// The database as the rooms see it: named statements, transactions, and a hint that something was committed.
// Both kinds, the embedded one and a server, are spoken to through `pg`.
import { EventEmitter } from 'node:events'
import pg from 'pg'
import { claimOnce, keepAnswer, takeOnce } from './once.ts'
import { statementNamed, valuesFor } from './statements.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
// A bare date or time of day stays text: it has no zone to be an instant in.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Runs named statements. The row type is the caller's claim: it stands beside the statement that guarantees it. */
export interface Queries {
  /** All rows. */
  rows<Row>(name: string, values?: Record<string, unknown>): Promise<Row[]>
  /** The first row, or null where there is none. */
  maybe<Row>(name: string, values?: Record<string, unknown>): Promise<Row | null>
  /** The one row that must be there; none is a broken invariant. */
  one<Row>(name: string, values?: Record<string, unknown>): Promise<Row>
  /** How many rows the statement touched. */
  touch(name: string, values?: Record<string, unknown>): Promise<number>
}

/** An open transaction; everything in it is committed together or not at all. */
export interface Transaction extends Queries {
  /** The connection itself, for streams such as COPY. */
  readonly client: pg.PoolClient
  /** Asks for a hint to every tail of the event log once this is committed. */
  hint(): void
}

/** An open database. */
export interface Database extends Queries {
  readonly kind: 'embedded' | 'server'
  readonly pool: pg.Pool
  /** Reads that may lag a little: the replica where there is one. */
  readonly replica: Queries
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Calls back soon after a commit that asked for a hint, here or on another server; only ever a reason to look sooner. */
  onHint(look: () => void): () => void
  close(): Promise<void>
}

type Runner = { query: (config: pg.QueryConfig) => Promise<pg.QueryResult> }

/**
 * `prepares`: a statement that is marked for it is planned once a connection and called by its name from then on; planning
 * is half the work of a short one. The embedded database cannot: its connections share one backend and would share the names.
 */
function queriesOver(runner: Runner, prepares: boolean): Queries {
  const query = (name: string, values: Record<string, unknown> = {}) => {
    const statement = statementNamed(name)
    const config = { text: statement.text, values: valuesFor(statement, values) }
    return runner.query(prepares && statement.isPrepared ? { ...config, name } : config)
  }
  return {
    rows: async <Row>(name: string, values?: Record<string, unknown>) => (await query(name, values)).rows as Row[],
    maybe: async <Row>(name: string, values?: Record<string, unknown>) =>
      ((await query(name, values)).rows[0] as Row | undefined) ?? null,
    one: async <Row>(name: string, values?: Record<string, unknown>) => {
      const [row] = (await query(name, values)).rows as Row[]
      if (row === undefined) throw new Error(`sql/${name}.sql gave no row`)
      return row
    },
    touch: async (name, values) => (await query(name, values)).rowCount ?? 0,
  }
}

/** How hints travel beyond this process; the embedded database has no other process to tell. */
export type HintChannel = { send(): void; close(): Promise<void> }

/** The clock of a replayed storm: what is written by default as "now" is written in its time. Null: no storm, the wall's time. */
export type StormClock = () => Date | null

/** How a transaction begins; `storm_now()` reads the setting where a column's default is the present. */
export function beginAt(now: Date | null): string {
  return now === null ? 'begin' : `begin; set local relight.now = '${now.toISOString()}'`
}

/** Puts the rooms' view over open pools. */
export function databaseOver(options: {
  kind: Database['kind']
  pool: pg.Pool
  replica: pg.Pool | null
  hints: EventEmitter
  channel: HintChannel | null
  clock: StormClock | null
  onClose(): Promise<void>
}): Database {
  const { kind, pool, replica, hints, channel, clock } = options
  const prepares = kind === 'server'
  const announce = () => {
    hints.emit('hint')
    channel?.send()
  }
  return {
    kind,
    pool,
    ...queriesOver(pool, prepares),
    replica: queriesOver(replica ?? pool, prepares),
    transaction: (work) => inTransaction(pool, prepares, beginAt(clock?.() ?? null), announce, work),
    onHint: (look) => {
      hints.on('hint', look)
      return () => hints.off('hint', look)
    },
    close: async () => {
      await channel?.close()
      await replica?.end()
      await pool.end()
      await options.onClose()
    },
  }
}

/** One statement after the other, for work that goes on in several places of one transaction at once. */
function inTurn(client: pg.PoolClient): Runner {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: (config) => {
      const next = last.then(() => client.query(config))
      last = next.catch(() => {})
      return next
    },
  }
}

async function inTransaction<T>(
  pool: pg.Pool,
  prepares: boolean,
  begin: string,
  announce: () => void,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let hinted = false
  let broken: Error | undefined
  try {
    await client.query(begin)
    const once = takeOnce()
    const repeat = once && (await claimOnce(client, once))
    // What was remembered is what this very work answered, so its type is the work's.
    const result = repeat
      ? (repeat.answered as T)
      : await work({ ...queriesOver(inTurn(client), prepares), client, hint: () => (hinted = true) })
    if (once && !repeat) await keepAnswer(client, once, result)
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK: work that went on past an error was never written.
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit; nothing was written')
    if (hinted) announce()
    return result
  } catch (reason) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    throw reason
  } finally {
    client.release(broken)
  }
}
