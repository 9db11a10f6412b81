// What a server's autovacuum does, for the embedded database, which has none: keeps the statistics that plans are made by, and gives
// the room of dead rows back. Without it a storm's messages are looked for by reading whole tables.
import type { PGlite } from '@electric-sql/pglite'

/** A table is looked through again when so many rows and such a share of it changed; it takes some hundredths of a second. */
const analyzeFrom = { rows: 500, share: 0.2 }
/** Dead rows are cleared less often: that reads the whole table, while everybody waits. */
const vacuumFrom = { rows: 2000, share: 0.5 }

type Neglected = { name: string; dead: boolean }

/** What the tables need, the most changed first. */
const neglected = `
select
  quote_ident(schemaname) || '.' || quote_ident(relname) as name,
  n_dead_tup > ${vacuumFrom.rows} + ${vacuumFrom.share} * n_live_tup as dead
from pg_stat_user_tables
where n_mod_since_analyze > ${analyzeFrom.rows} + ${analyzeFrom.share} * greatest(n_live_tup, 0)
order by n_mod_since_analyze desc`

/** Does what is needed now; at most one table is vacuumed. To be called while nobody else holds the backend. */
export async function keepUp(database: PGlite): Promise<void> {
  const { rows } = await database.query<Neglected>(neglected)
  const dead = rows.find((each) => each.dead)
  for (const each of rows) await database.exec(`${each === dead ? 'vacuum (analyze)' : 'analyze'} ${each.name}`)
}
