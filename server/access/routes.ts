// Signing in, and the members who may.
import { createRoute, z } from '@hono/zod-openapi'
import { memberInput, memberView, signInAnswer, signInInput } from '../contract/access.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import { listOf, page } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { signIn } from './authenticate.ts'
import { listMembers, putMember, removeMember } from './members.ts'
import { allow, type AccessEnv } from './who.ts'

/** Wrong secrets for one name before it has to wait. */
const triesAllowed = 10
const wait_ms = 60_000
/** Names watched at once; past that all start afresh, so that made-up names cannot fill the memory. */
const namesWatched = 10_000

type Deps = { database: Database; now(): Date }

export function accessRoutes(deps: Deps) {
  const app = roomApp<AccessEnv>()
  signInRoute(app, deps)
  memberRoutes(app, deps)
  return app
}

function signInRoute(app: ReturnType<typeof roomApp<AccessEnv>>, deps: Deps) {
  const tries = new Map<string, { count: number; since: number }>()
  const countTry = (name: string) => {
    const now = deps.now().getTime()
    const before = tries.get(name)
    const current = before && now - before.since < wait_ms ? before : { count: 0, since: now }
    current.count++
    if (tries.size > namesWatched) tries.clear()
    tries.set(name, current)
    if (current.count > triesAllowed)
      throw new Refusal('too_many', {
        zh: '这个用户名尝试次数太多：请等一分钟',
        en: 'Too many tries for this name: wait a minute',
      })
  }
  app.openapi(
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

const params = z.object({
  name: z
    .string()
    .min(1)
    .max(100)
    .openapi({ param: { name: 'name', in: 'path' } }),
})
const done = z.object({ name: z.string() })

function memberRoutes(app: ReturnType<typeof roomApp<AccessEnv>>, deps: Deps) {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/members',
      ...allow('administrator'),
      request: { query: page },
      responses: answers(listOf(memberView), 'who may sign in, by name'),
    }),
    async (context) => context.json(await listMembers(deps.database, context.req.valid('query')), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/members/{name}',
      ...allow('administrator'),
      request: { params, ...body(memberInput) },
      responses: answers(done, 'added or changed; old sessions are ended'),
    }),
    async (context) => {
      const { name } = context.req.valid('param')
      const { role, crew_id, secret } = context.req.valid('json')
      await putMember(deps.database, { name, role, crewId: crew_id ?? null, secret })
      return context.json({ name }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/members/{name}',
      ...allow('administrator'),
      request: { params },
      responses: answers(done, 'removed, with its sessions'),
    }),
    async (context) => {
      const { name } = context.req.valid('param')
      await removeMember(deps.database, name)
      return context.json({ name }, 200)
    },
  )
}
