// Brings the schema to today: migrations forward only, each in a transaction of its own, then every function anew.
// Two servers that start together take turns on an advisory lock.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { PoolClient } from 'pg'
import type { Database } from './database.ts'
import { StartRefusal } from './start-refusal.ts'
import { sqlFolder } from './statements.ts'

/** Any constant number does, as long as nothing else locks it. */
const migrationLock = 7_359_001

const ledger = `create table if not exists schema_migration (
  file text primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
)`

const filesIn = (folder: string) =>
  readdirSync(path.join(sqlFolder, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: `${folder}/${file}`, text: readFileSync(path.join(sqlFolder, folder, file), 'utf8') }))

/** Applies what is missing. Throws StartRefusal when an applied migration was changed, or the database is newer than this program. */
export async function migrate(database: Database): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(ledger)
    const { rows } = await client.query<{ file: string; checksum: string }>(
      'select file, checksum from schema_migration',
    )
    const applied = new Map(rows.map((row) => [row.file, row.checksum]))
    const migrations = filesIn('migrations')
    refuseNewer(
      applied,
      migrations.map((file) => file.name),
    )
    for (const file of migrations) await apply(client, file, applied, false)
    for (const file of filesIn('functions')) await apply(client, file, applied, true)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    client.release()
  }
}

function refuseNewer(applied: Map<string, string>, known: string[]): void {
  const unknown = [...applied.keys()].find((file) => file.startsWith('migrations/') && !known.includes(file))
  if (unknown)
    throw new StartRefusal(
      `the database has been migrated by a newer version (sql/${unknown}): start that version instead`,
    )
}

async function apply(
  client: PoolClient,
  file: { name: string; text: string },
  applied: Map<string, string>,
  again: boolean,
): Promise<void> {
  const checksum = createHash('sha256').update(file.text).digest('hex')
  const before = applied.get(file.name)
  if (before === checksum) return
  if (before !== undefined && !again)
    throw new StartRefusal(`sql/${file.name} was changed after it had been applied: add a new migration instead`)
  await client.query('begin')
  try {
    await client.query(file.text)
    await client.query(
      'insert into schema_migration (file, checksum) values ($1, $2) on conflict (file) do update set checksum = excluded.checksum, applied_at = now()',
      [file.name, checksum],
    )
    await client.query('commit')
  } catch (reason) {
    await client.query('rollback')
    throw new Error(`sql/${file.name}: ${(reason as Error).message}`, { cause: reason })
  }
}
