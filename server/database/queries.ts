// Named statements over a connection or a pool of them, their rows in the types that the rooms work with.
import pg from 'pg'
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

/** What runs statements: a pool, or one connection of it. */
export type Runner = { query: (config: pg.QueryConfig) => Promise<pg.QueryResult> }

/**
 * `prepares`: a statement that is marked for it is planned once a connection and called by its name from then on; planning
 * is half the work of a short one. The embedded database cannot: its connections share one backend and would share the names.
 */
export function queriesOver(runner: Runner, prepares: boolean): Queries {
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
