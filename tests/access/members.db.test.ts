import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MemberView, SignInAnswer } from '../../server/contract/access.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let relight: TestApp
beforeAll(async () => {
  relight = await openTestApp()
})
afterAll(() => relight.close())

const secret = 'a secret of 小张'
const signIn = (name: string, given = secret) =>
  relight.call<SignInAnswer>('POST', '/api/sign-in', { name, secret: given }, 'public')
const asked = (token: string) =>
  relight.app.request('/api/incidents', { headers: { authorization: `Bearer ${token}` } })

describe('members', () => {
  it('sign in once the administrator has added them, with the role they were given', async () => {
    const added = await relight.call('PUT', '/api/members/小张', { role: 'dispatcher', secret }, 'administrator')
    expect(added.status).toBe(200)
    const { status, body } = await signIn('小张')
    expect([status, body.role]).toEqual([200, 'dispatcher'])
    expect((await asked(body.token)).status).toBe(200)
  })

  it('have to sign in again when their secret changes, and cannot once they are removed', async () => {
    await relight.call('PUT', '/api/members/小李', { role: 'crew', crew_id: 'C1', secret }, 'administrator')
    const { body } = await signIn('小李')
    await relight.call(
      'PUT',
      '/api/members/小李',
      { role: 'crew', crew_id: 'C1', secret: 'another one' },
      'administrator',
    )
    expect((await asked(body.token)).status).toBe(401)
    expect((await signIn('小李')).status).toBe(401)
    expect((await signIn('小李', 'another one')).status).toBe(200)
    expect((await relight.call('DELETE', '/api/members/小李', undefined, 'administrator')).status).toBe(200)
    expect((await signIn('小李', 'another one')).status).toBe(401)
    expect((await relight.call('DELETE', '/api/members/小李', undefined, 'administrator')).status).toBe(404)
  })

  it('are listed by name without their secrets, a page at a time', async () => {
    await relight.call('PUT', '/api/members/a', { role: 'wall', secret }, 'administrator')
    type Page = { items: MemberView[]; next_cursor: string | null }
    const first = await relight.call<Page>('GET', '/api/members?limit=1', undefined, 'administrator')
    expect(first.body.items).toHaveLength(1)
    expect(JSON.stringify(first.body)).not.toContain('secret')
    const next = await relight.call<Page>(
      'GET',
      `/api/members?limit=1000&cursor=${encodeURIComponent(first.body.next_cursor!)}`,
      undefined,
      'administrator',
    )
    expect(next.body.items.map(({ name }) => name)).not.toContain(first.body.items[0]!.name)
    expect(next.body.next_cursor).toBeNull()
  })

  it('are refused without a crew for a phone, with a short secret, and by anybody but the administrator', async () => {
    const phone = await relight.call<Problem>('PUT', '/api/members/x', { role: 'crew', secret }, 'administrator')
    expect([phone.status, phone.body.errors?.[0]?.path]).toEqual([400, 'crew_id'])
    const short = await relight.call<Problem>(
      'PUT',
      '/api/members/x',
      { role: 'wall', secret: 'short' },
      'administrator',
    )
    expect([short.status, short.body.errors?.[0]?.path]).toEqual([400, 'secret'])
    expect((await relight.call('PUT', '/api/members/x', { role: 'wall', secret }, 'dispatcher')).status).toBe(403)
    expect((await relight.call('GET', '/api/members', undefined, 'public')).status).toBe(401)
  })
})
