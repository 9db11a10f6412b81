// Members: the people, phones and screens that may sign in.
import type { MemberInput, MemberView } from '../contract/access.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database, Queries } from '../database/index.ts'
import { hashSecret } from './secret.ts'

/** `isDemo`: its secret is printed at every start of the demo. */
type Member = Pick<MemberInput, 'role' | 'secret'> & { name: string; crewId: string | null; isDemo?: boolean }

/** Adds or changes a member; whoever is signed in under its old secret has to sign in again. */
export async function putMember(queries: Queries, member: Member): Promise<void> {
  const { name, role, crewId, secret, isDemo = false } = member
  const secret_hash = await hashSecret(secret)
  await queries.touch('access/put_member', { name, role, crew_id: crewId, secret_hash, is_demo: isDemo })
}

/** Secrets that everybody can read are no secrets beside a real network. */
export async function removeDemoMembers(queries: Queries): Promise<void> {
  await queries.touch('access/remove_demo_members')
}

/** Throws Refusal `not_found` where no member bears the name. */
export async function removeMember(queries: Queries, name: string): Promise<void> {
  if ((await queries.touch('access/remove_member', { name })) === 0)
    throw new Refusal('not_found', { zh: `没有成员 ${name}`, en: `There is no member ${name}` })
}

type MemberRow = Omit<MemberView, 'created_at'> & { created_at: Date }

/** By name, a page at a time. */
export async function listMembers(database: Database, asked: { limit: number; cursor?: string | undefined }) {
  const rows = await database.rows<MemberRow>('access/list_members', {
    after: asked.cursor ?? null,
    most: asked.limit,
  })
  const items = rows.map((row): MemberView => ({ ...row, created_at: row.created_at.toISOString() }))
  return { items, next_cursor: items.length === asked.limit ? items.at(-1)!.name : null }
}
