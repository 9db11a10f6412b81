// What a server's autovacuum does, for the embedded database, which has none: keeps the statistics that plans are made by, and gives
// the room of dead rows back. Without it a storm's messages are looked for by reading whole tables.
import type { PGlite } from '@electric-sql/pglite'

/** A table is looked through again when so many rows and such a share of it changed; it takes some hundredths of a second. */
const analyzeFrom = { rows: 500, share: 0.2 }
/** Dead rows are cleared less often: that reads the whole table, while everybody waits. */
const vacuumFrom = { rows: 2000, share: 0.5 }

type Neglected = { name: string; dead: boolean }

/** What needs it most; one row or none. Looked at every some seconds. */
const neglected = `
select
  quote_ident(schemaname) || '.' || quote_ident(relname) as name,
  n_dead_tup > ${vacuumFrom.rows} + ${vacuumFrom.share} * n_live_tup as dead
from pg_stat_user_tables
where n_mod_since_analyze > ${analyzeFrom.rows} + ${analyzeFrom.share} * n_live_tup
  or n_dead_tup > ${vacuumFrom.rows} + ${vacuumFrom.share} * n_live_tup
order by n_mod_since_analyze + n_dead_tup desc
limit 1`

/** Looks after the one table that needs it most; answers whether there was one. To be called while nobody else holds the backend. */
export async function keepUp(database: PGlite): Promise<boolean> {
  const { rows } = await database.query<Neglected>(neglected)
  for (const { name, dead } of rows) await database.exec(`${dead ? 'vacuum (analyze)' : 'analyze'} ${name}`)
  return rows.length > 0
}
