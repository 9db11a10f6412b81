// The database as the rooms see it: statements, transactions, and a hint that something was committed.
// Both kinds, the embedded one and a server, are spoken to through `pg`.
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import { queriesOver, type Queries } from './queries.ts'
import { inTransaction, type Reading, type Transaction } from './transaction.ts'

/** An open database. */
export interface Database extends Queries {
  readonly kind: 'embedded' | 'server'
  readonly pool: pg.Pool
  /** Reads that may lag a little: the replica where there is one. */
  readonly replica: Queries
  transaction<T>(work: (transaction: Transaction) => Promise<T>, reading?: Reading): Promise<T>
  /** Calls back soon after a commit that asked for a hint, here or on another server; only ever a reason to look sooner. */
  onHint(look: () => void): () => void
  close(): Promise<void>
}

/** How hints travel beyond this process; the embedded database has no other process to tell. */
export type HintChannel = { send(): void; close(): Promise<void> }

/** The clock of a replayed storm: what is written by default as "now" is written in its time. Null: no storm, the wall's time. */
export type StormClock = () => Date | null

/**
 * Has a connection that is lost told or dropped, never thrown: one that nobody waits on at that moment, between two statements
 * of a transaction, would end the process. The transaction's next statement fails.
 */
export function hearLosses(pool: pg.Pool): pg.Pool {
  pool.on('error', (lost) => console.error('database connection lost:', lost.message))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
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
    transaction: (work, reading) => inTransaction(pool, prepares, clock?.() ?? null, announce, work, reading),
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
