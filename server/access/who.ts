// Who is asking, and who may.
import { createMiddleware } from 'hono/factory'
import type { Role } from '../contract/access.ts'
import { Refusal } from '../contract/refusal.ts'

/** The asker of a request; `name` signs what they do in the event log. */
export type Who = { role: Role; name: string; crewId: string | null }

/** What every request carries; `address`: where it comes from, for counting tries. */
export type AccessEnv = { Variables: { who: Who; requestId: string; address: string } }

/** Anybody: no token was sent. */
export const anybody: Who = { role: 'public', name: 'public', crewId: null }

/** Signs what came through Open311, where nobody signs in. */
export const open311 = 'open311'

/** True of the name that signs what nobody signed in for. */
export const isStranger = (name: string): boolean => name === anybody.name || name === open311

/** True where `who` may do what `roles` may; an administrator may do everything. */
export function may(who: Who, roles: readonly Role[]): boolean {
  return who.role === 'administrator' || roles.includes('public') || roles.includes(who.role)
}

const roleZh: Record<Role, string> = {
  public: '公众',
  crew: '抢修班组',
  wall: '大屏',
  dispatcher: '调度员',
  administrator: '管理员',
}

/**
 * Spread into `createRoute({ … })`: names who may use the route, in the code that checks it and in the OpenAPI document.
 * `allow('public')` lets anybody in.
 */
export function allow(...roles: Role[]) {
  const guard = createMiddleware<AccessEnv>(async (context, next) => {
    const who = context.get('who')
    if (!may(who, roles)) {
      if (who.role === 'public')
        throw new Refusal('unauthenticated', {
          zh: '这一步要先登录',
          en: 'This needs a bearer token: POST /api/sign-in hands one out',
        })
      throw new Refusal('forbidden', {
        zh: `${roleZh[who.role]}不能做这一步，${roles.map((role) => roleZh[role]).join('、')}可以`,
        en: `The role ${who.role} may not do this; ${roles.join(', ')} may`,
      })
    }
    await next()
  })
  const security: Record<string, string[]>[] = roles.includes('public') ? [] : [{ bearer: [] }]
  return { middleware: guard, security, 'x-roles': roles }
}
