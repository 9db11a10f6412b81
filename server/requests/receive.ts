// Takes a request in: its owner by the grid it comes from, its deadline by its kind.
import { randomBytes } from 'node:crypto'
import type { RequestAnswer, RequestInput } from '../contract/requests.ts'
import { phoneForms } from '../contract/phone.ts'
import { createId, type Database } from '../database/index.ts'
import { clockIn } from '../status/index.ts'
import { dueAt } from './deadlines.ts'
import { tellRequest } from './tell.ts'

export type RequestDeps = {
  database: Database
  now(): Date
  /** How many steps the request had when the next was decided on, where its maker says. */
  seen?: number | null
}

/** Who has what belongs to no grid. */
export const desk = '客服席'

type Place = { service_point_id: string | null; class: string | null; grid_id: string | null; owner: string | null }

export function receiveRequest(deps: RequestDeps, input: RequestInput, actor: string): Promise<RequestAnswer> {
  const now = deps.now()
  return deps.database.transaction(async (transaction) => {
    const place = await transaction.maybe<Place>('requests/find_owner', {
      account_no: input.account_no ?? null,
      phones: input.phone === undefined ? [] : phoneForms(input.phone),
    })
    const id = createId('req')
    const due_at = dueAt(input.kind, now, place?.class)
    const follow_token = randomBytes(12).toString('base64url')
    const owner = place?.owner ?? desk
    await transaction.touch('requests/put_request', {
      id,
      kind: input.kind,
      said: input.text,
      channel: input.channel,
      service_point_id: place?.service_point_id ?? null,
      account_no: input.account_no ?? null,
      phone: input.phone ?? null,
      address: input.address ?? null,
      email: input.email ?? null,
      language: input.language ?? null,
      grid_id: place?.grid_id ?? null,
      now,
      due_at,
      owner,
      follow_token,
    })
    await tellRequest(transaction, { id, step: 'received', actor, owner, note: null, at: now })
    const { timezone } = await transaction.one<{ timezone: string }>('notifications/read_setting')
    const due = clockIn(due_at, timezone, now)
    const says = {
      zh: `已受理，由${owner}负责，${due.zh}前答复您。`,
      en: `Taken: ${owner} is answerable and will answer you by ${due.en}.`,
    }
    return { id, due_at: due_at.toISOString(), follow: `/requests/${follow_token}`, says }
  })
}
