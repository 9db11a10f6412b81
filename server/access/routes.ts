// Signing in.
import { createRoute } from '@hono/zod-openapi'
import { signInAnswer, signInInput } from '../contract/access.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { signIn } from './authenticate.ts'
import { allow, type AccessEnv } from './who.ts'

/** Wrong secrets for one name before it has to wait. */
const triesAllowed = 10
const wait_ms = 60_000
/** Names watched at once; past that all start afresh, so that made-up names cannot fill the memory. */
const namesWatched = 10_000

export function accessRoutes(deps: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  const tries = new Map<string, { count: number; since: number }>()
  const countTry = (name: string) => {
    const now = deps.now().getTime()
    const before = tries.get(name)
    const current = before && now - before.since < wait_ms ? before : { count: 0, since: now }
    current.count++
    if (tries.size > namesWatched) tries.clear()
    tries.set(name, current)
    if (current.count > triesAllowed) throw new Refusal('too_many', 'Too many tries for this name: wait a minute')
  }
  return app.openapi(
    createRoute({
      method: 'post',
      path: '/api/sign-in',
      ...allow('public'),
      request: body(signInInput),
      responses: answers(signInAnswer, 'a bearer token'),
    }),
    async (context) => {
      const { name, secret } = context.req.valid('json')
      countTry(name)
      const answer = await signIn(deps.database, name, secret, deps.now())
      tries.delete(name)
      return context.json(answer, 200)
    },
  )
}
