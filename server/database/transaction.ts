// Transactions: everything in one is committed together or not at all.
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { claimOnce, keepAnswer, takeOnce } from './once.ts'
import { queriesOver, type Queries, type Runner } from './queries.ts'

/** An open transaction; everything in it is committed together or not at all. */
export interface Transaction extends Queries {
  /** The connection itself, for streams such as COPY. */
  readonly client: pg.PoolClient
  /**
   * Has a statement done whose answer nobody waits for, after all that were asked for before and ahead of all that come after.
   * Where it fails the transaction fails with it.
   */
  send(name: string, values?: Record<string, unknown>): void
  /** Asks for a hint to every tail of the event log once this is committed. */
  hint(): void
}

/**
 * How a transaction's statements are planned. `by_index`: each is served by an index and never reads a table whole. A storm's
 * first minutes fill tables that the statistics of a quiet hour take for empty, and a plan made then reads them from end to end.
 */
export type Reading = 'any' | 'by_index'

/** How a transaction begins; `storm_now()` reads the setting where a column's default is the present. */
export function beginAt(now: Date | null, reading: Reading = 'any'): string {
  const clock = now === null ? '' : `; set local relight.now = '${now.toISOString()}'`
  return `begin${clock}${reading === 'by_index' ? '; set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan' : ''}`
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

/** What `pg` has but its types do not say: statements may be sent before the one before is answered, over one socket. */
type Pipelined = pg.PoolClient & { pipeline: boolean; connection: { stream: Writable } }

/**
 * Sends statements without waiting for the ones before, all that are asked for in one turn of the loop in one write: the database
 * does them in that order. A report takes two dozen of them, and each wait is a change of process on both sides.
 */
function inPipeline(client: pg.PoolClient): Runner {
  const { stream } = (client as Pipelined).connection
  let corked = false
  return {
    query: (config) => {
      if (!corked) {
        corked = true
        stream.cork()
        process.nextTick(() => {
          corked = false
          stream.uncork()
        })
      }
      return client.query(config)
    },
  }
}

/** A plan that was made for tables as small as they were this long ago may not fit them any more. */
const replanAfter_ms = 10_000
/** No two connections plan anew within this time: where all of a crowd did, each call of it waited for a third of a second. */
const between_ms = 300
const plannedAt = new WeakMap<pg.PoolClient, number>()
let lastPlannedAt = -Infinity

/**
 * Has a connection's plans made anew now and then, from the tables' size today: statistics come a minute late, and a plan made
 * while there were ten reports walks all of a storm's thousands. Costs 2 % of a core where sixteen connections are busy.
 */
function forgetOldPlans(client: pg.PoolClient, runner: Runner): Promise<unknown> {
  const now = performance.now()
  if (!plannedAt.has(client)) plannedAt.set(client, now)
  if (now - plannedAt.get(client)! < replanAfter_ms || now - lastPlannedAt < between_ms) return Promise.resolve()
  plannedAt.set(client, now)
  lastPlannedAt = now
  return runner.query({ text: 'discard plans' })
}

/** Null where a statement went well. */
type Failure = { reason: unknown } | null

const settled = (statement: Promise<unknown>): Promise<Failure> =>
  statement.then(
    () => null,
    (reason: unknown) => ({ reason }),
  )

async function throwFirst(sent: Promise<Failure>[]): Promise<void> {
  const failure = (await Promise.all(sent)).find((each) => each !== null)
  if (failure) throw failure.reason
}

export async function inTransaction<T>(
  pool: pg.Pool,
  prepares: boolean,
  now: Date | null,
  announce: () => void,
  work: (transaction: Transaction) => Promise<T>,
  reading: Reading = 'any',
): Promise<T> {
  const client = await pool.connect()
  let hinted = false
  let broken: Error | undefined
  const sent: Promise<Failure>[] = []
  try {
    const pipelines = prepares && reading === 'by_index'
    ;(client as Pipelined).pipeline = pipelines
    const runner = pipelines ? inPipeline(client) : inTurn(client)
    const begun = pipelines
      ? Promise.all([forgetOldPlans(client, runner), client.query(beginAt(now, reading))])
      : client.query(beginAt(now, reading))
    if (pipelines) begun.catch(() => {})
    else await begun
    const once = takeOnce()
    const repeat = once && (await claimOnce(client, once))
    // What was remembered is what this very work answered, so its type is the work's.
    const queries = queriesOver(runner, prepares)
    const send = (name: string, values?: Record<string, unknown>) =>
      void sent.push(settled(queries.touch(name, values)))
    const result = repeat
      ? (repeat.answered as T)
      : await work({ ...queries, client, send, hint: () => (hinted = true) })
    if (once && !repeat) await keepAnswer(client, once, result)
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK: work that went on past an error was never written.
    const { command } = await runner.query({ text: 'commit' })
    await begun
    await throwFirst(sent)
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit; nothing was written')
    if (hinted) announce()
    return result
  } catch (reason) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    // What follows the first failure in an aborted transaction fails for no reason of its own.
    await throwFirst(sent)
    throw reason
  } finally {
    ;(client as Pipelined).pipeline = false
    client.release(broken)
  }
}
