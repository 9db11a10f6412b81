// How a tracker says whose it is. Such clients run unattended for months and know no bearer tokens, so besides one they may send
// what they can: HTTP Basic with the member's name and secret (OwnTracks), or `?token=` in the address they post to (Traccar),
// which is a bearer token or `name:secret`. All of it becomes an ordinary bearer token before the rooms look at it.
import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { signIn, type AccessEnv } from '../access/index.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'

/** Crews of a province. */
const sessionsKept = 5000
/** A secret is hashed slowly on purpose: a wrong one may be tried this often in a minute for one name. */
const triesAllowed = 10
const tries_ms = 60_000
/** A session is renewed while it still lasts. */
const spare_ms = 600_000

type Kept = { token: string; until: number }

/** Puts a bearer token where a tracker sent Basic or `?token=`. */
export function trackerToken({ database, now }: { database: Database; now(): Date }) {
  const sessions = new Map<string, Kept>()
  const failures = new Map<string, { count: number; since: number }>()

  async function tokenFor(pair: string): Promise<string> {
    const split = pair.indexOf(':')
    const name = pair.slice(0, split)
    const key = createHash('sha256').update(pair).digest('hex')
    const at = now().getTime()
    const kept = sessions.get(key)
    if (kept && kept.until > at) return kept.token
    const before = failures.get(name)
    const failed = before && at - before.since < tries_ms ? before : { count: 0, since: at }
    if (failed.count >= triesAllowed) throw new Refusal('too_many', 'Too many tries for this name: wait a minute')
    if (failures.size >= sessionsKept) failures.clear()
    failures.set(name, { ...failed, count: failed.count + 1 })
    const { token, expires_at } = await signIn(database, name, pair.slice(split + 1), now())
    failures.delete(name)
    if (sessions.size >= sessionsKept) sessions.clear()
    sessions.set(key, { token, until: Date.parse(expires_at) - spare_ms })
    return token
  }

  return createMiddleware<AccessEnv>(async (context, next) => {
    const basic = /^Basic\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const said = basic === undefined ? context.req.query('token') : Buffer.from(basic, 'base64').toString('utf8')
    if (said !== undefined && (basic !== undefined || context.req.header('authorization') === undefined)) {
      const token = said.includes(':') ? await tokenFor(said) : said
      const headers = new Headers(context.req.raw.headers)
      headers.set('authorization', `Bearer ${token}`)
      context.req.raw = new Request(context.req.raw, { headers })
    }
    await next()
  })
}
