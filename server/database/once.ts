// Writes that are done once: under an Idempotency-Key the first transaction of a request leaves what it answered beside
// what it wrote, in the same commit, and a repeat is given that answer instead of doing it again.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { PoolClient } from 'pg'
import { Refusal } from '../contract/refusal.ts'
import { statementNamed, valuesFor } from './statements.ts'

/** One repeated write: the key belongs to its caller, and stands for one body. */
export type Once = { key: string; caller: string; route: string; bodyHash: string }

const current = new AsyncLocalStorage<{ once: Once; used: boolean }>()

/** Runs `work`; its first transaction is done once for `once`. Throws Refusal `key_reused` for another body. */
export function doingOnce<T>(once: Once, work: () => Promise<T>): Promise<T> {
  return current.run({ once, used: false }, work)
}

/** The key that the transaction about to begin is to be done once for, if any. */
export function takeOnce(): Once | null {
  const store = current.getStore()
  if (!store || store.used) return null
  store.used = true
  return store.once
}

type Remembered = { body_hash: string; route: string; response: unknown }

/** Claims the key, or answers what was answered to it; waits where the first request is still at work. */
export async function claimOnce(client: PoolClient, once: Once): Promise<{ answered: unknown } | null> {
  const claim = statementNamed('database/claim_key')
  const { rowCount } = await client.query(
    claim.text,
    valuesFor(claim, { key: once.key, caller: once.caller, route: once.route, body_hash: once.bodyHash }),
  )
  if (rowCount === 1) return null
  const read = statementNamed('database/read_key')
  const { rows } = await client.query(read.text, valuesFor(read, { key: once.key, caller: once.caller }))
  const remembered = rows[0] as Remembered | undefined
  if (remembered?.body_hash !== once.bodyHash || remembered.route !== once.route)
    throw new Refusal('key_reused', {
      zh: `请求号 ${once.key} 已用于另一次提交：内容改了须用新的请求号`,
      en: `Idempotency-Key ${once.key} stands for another request: use a new key for a new body`,
    })
  return { answered: remembered.response }
}

/** Keeps `answer` with the key; it comes back as JSON would give it. */
export async function keepAnswer(client: PoolClient, once: Once, answer: unknown): Promise<void> {
  const keep = statementNamed('database/keep_answer')
  await client.query(
    keep.text,
    valuesFor(keep, { key: once.key, caller: once.caller, response: JSON.stringify(answer ?? null) }),
  )
}
