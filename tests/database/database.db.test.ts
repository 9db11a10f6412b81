import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.drop())

describe('the database', () => {
  it('speaks PostGIS whichever kind it is', async () => {
    const { rows } = await test.database.pool.query<{ wkt: string }>(
      'select st_astext(st_setsrid(st_makepoint(113, 22.5), 4326)) as wkt',
    )
    expect(rows[0]?.wkt).toBe('POINT(113 22.5)')
  })

  it('keeps the answers of concurrent connections apart', async () => {
    const asked = Array.from({ length: 40 }, (_, index) => index)
    const answers = await Promise.all(
      asked.map((each) => test.database.pool.query<{ said: number }>('select $1::integer as said', [each])),
    )
    expect(answers.map((answer) => answer.rows[0]?.said)).toEqual(asked)
  })

  it('takes back everything of a transaction that failed', async () => {
    const failing = test.database.transaction(async (transaction) => {
      await transaction.client.query("insert into network (name, timezone) values ('half', 'Asia/Shanghai')")
      throw new Error('midway')
    })
    await expect(failing).rejects.toThrow('midway')
    const { rows } = await test.database.pool.query("select 1 from network where name = 'half'")
    expect(rows).toEqual([])
  })

  it('ends a transaction that its process has left hanging where others write as well; the embedded one has no others', async () => {
    const { rows } = await test.database.pool.query<{ limit: string }>(
      "select current_setting('idle_in_transaction_session_timeout') as limit",
    )
    expect(rows[0]?.limit).toBe(test.database.kind === 'server' ? '1min' : '0')
  })

  it('folds full-width, traditional and punctuated addresses to one key', async () => {
    const { rows } = await test.database.pool.query<{ one: string; other: string }>(
      "select fold_address('龍溪花園　１２號（Ａ棟）') as one, fold_address('龙溪花园12号A栋') as other",
    )
    expect(rows[0]?.one).toBe(rows[0]?.other)
  })
})
