// What the embedded database does for itself, on a PGlite of the test's own.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PGlite } from '@electric-sql/pglite'
import { keepUp } from '../../server/database/upkeep.ts'

let database: PGlite
beforeAll(async () => {
  database = await PGlite.create()
})
afterAll(() => database.close())

/** What changed is counted at the end of a statement, and at most once a second. */
async function counted() {
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await database.query('select')
}
const first = async <Row>(text: string) => (await database.query<Row>(text)).rows[0]!
const pages = () =>
  first<{ known: number; dead: number }>(
    `select pg_class.reltuples::integer as known, stat.n_dead_tup::integer as dead
   from pg_class join pg_stat_user_tables as stat on stat.relid = pg_class.oid where pg_class.relname = 'thing'`,
  )

it('learns how much is in a table that was filled, and clears it of what died', async () => {
  await database.exec('create table thing (id integer primary key, said text)')
  await database.exec("insert into thing select n, 'a' from generate_series(1, 8000) as n")
  await counted()
  expect(await pages()).toMatchObject({ known: -1 })
  expect(await keepUp(database)).toBe(true)
  expect(await pages()).toMatchObject({ known: 8000, dead: 0 })
  expect(await keepUp(database)).toBe(false)
  await database.exec("update thing set said = 'b' where id <= 7500")
  await counted()
  expect((await pages()).dead).toBe(7500)
  await keepUp(database)
  expect(await pages()).toMatchObject({ known: 8000, dead: 0 })
})

it('leaves alone what hardly changed', async () => {
  await database.exec("update thing set said = 'c' where id <= 400")
  await counted()
  expect(await keepUp(database)).toBe(false)
  expect((await pages()).dead).toBe(400)
})

it('clears what died though its statistics are new', async () => {
  await database.exec("update thing set said = 'd' where id <= 7000")
  await counted()
  await database.exec('analyze thing')
  expect((await pages()).dead).toBeGreaterThan(7000)
  await keepUp(database)
  expect((await pages()).dead).toBe(0)
})
