// Turns a bearer token into who is asking. Tokens are random; only their digests are stored.
import { createHash, randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { Role, SignInAnswer } from '../contract/access.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { secretMatches } from './secret.ts'
import { anybody, type AccessEnv, type Who } from './who.ts'

/** A shift and its handover; wall screens sign in by a token of the administrator. */
const session_h = 16
/** A wall runs for months. */
const wallSession_h = 24 * 400
/** Known tokens are trusted this long before the table is asked again. */
const trust_ms = 30_000
/** Known tokens kept in memory; more than the people of one city. */
const knownTokens = 5000

const digest = (token: string) => createHash('sha256').update(token).digest('hex')

type MemberRow = { name: string; role: Role; crew_id: string | null; secret_hash: string }

/** Hands out a token for the right secret; throws Refusal `unauthenticated` without saying which of the two was wrong. */
export async function signIn(database: Database, name: string, secret: string, now: Date): Promise<SignInAnswer> {
  const member = await database.maybe<MemberRow>('access/read_member', { name })
  if (!member || !(await secretMatches(secret, member.secret_hash)))
    throw new Refusal('unauthenticated', { zh: '用户名或口令不对', en: 'No member has this name and secret' })
  const token = randomBytes(24).toString('base64url')
  const lasts_h = member.role === 'wall' ? wallSession_h : session_h
  const expires_at = new Date(now.getTime() + lasts_h * 3_600_000)
  await database.touch('access/open_session', { token_hash: digest(token), member_name: member.name, expires_at })
  return { token, role: member.role, name: member.name, crew_id: member.crew_id, expires_at: expires_at.toISOString() }
}

/** Middleware that sets `who`; a token nobody handed out is refused, none at all is the public. */
export function authenticate(database: Database, adminToken: string | null, now: () => Date) {
  const known = new Map<string, { who: Who; until: number }>()
  const adminDigest = adminToken === null ? null : digest(adminToken)
  const identify = async (hash: string): Promise<Who | null> => {
    if (hash === adminDigest) return { role: 'administrator', name: 'administrator', crewId: null }
    const at = now()
    const trusted = known.get(hash)
    if (trusted && trusted.until > at.getTime()) return trusted.who
    const row = await database.maybe<MemberRow>('access/read_session', { token_hash: hash, at })
    if (!row) return null
    const who: Who = { role: row.role, name: row.name, crewId: row.crew_id }
    if (known.size >= knownTokens) known.clear()
    known.set(hash, { who, until: at.getTime() + trust_ms })
    return who
  }
  return createMiddleware<AccessEnv>(async (context, next) => {
    const header = context.req.header('authorization')
    if (header === undefined) {
      context.set('who', anybody)
      return next()
    }
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1]
    const who = token === undefined ? null : await identify(digest(token))
    if (!who)
      throw new Refusal('unauthenticated', {
        zh: '访问令牌无效或已过期：请重新登录',
        en: 'This token is unknown or has expired: sign in again',
      })
    context.set('who', who)
    return next()
  })
}
