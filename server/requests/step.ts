// The steps of a request: taken, handed over, explained, answered. Each is one conditional update; the first who takes it stays
// answerable whoever has it later.
import { Refusal } from '../contract/refusal.ts'
import type { RequestView } from '../contract/requests.ts'
import { refuseChanged } from '../live/index.ts'
import type { Transaction } from '../database/index.ts'
import { oweRequest } from '../notifications/index.ts'
import { refusalToPutOff } from './deadlines.ts'
import { readRequest } from './reads.ts'
import type { RequestDeps } from './receive.ts'
import { tellRequest, type RequestStep } from './tell.ts'

type Row = {
  owner: string
  first_owner: string | null
  received_at: Date
  due_at: Date
  explained: number
  state: 'open' | 'answered'
  follow_token: string
}

/** Runs `work` on an open request under its lock; `work` answers what changes and the step to write down. */
function stepRequest(
  deps: RequestDeps,
  id: string,
  actor: string,
  work: (
    row: Row,
    now: Date,
  ) => { step: RequestStep['step']; owner?: string; note?: string; dueAt?: Date; answer?: string },
): Promise<RequestView> {
  const now = deps.now()
  return deps.database.transaction(async (transaction) => {
    const row = await lock(transaction, id, deps, actor)
    const change = work(row, now)
    const owner = change.owner ?? row.owner
    await transaction.touch('requests/change_request', {
      id,
      owner,
      first_owner: row.first_owner ?? (change.step === 'explained' ? null : actor),
      due_at: change.dueAt ?? row.due_at,
      explained: row.explained + (change.dueAt ? 1 : 0),
      answer: change.answer ?? null,
      now,
    })
    await tellRequest(transaction, { id, step: change.step, actor, owner, note: change.note ?? null, at: now })
    await oweWhoAsked(transaction, id, row, change, now)
    return readRequest(transaction, id, now)
  })
}

/** An answer, and an explanation of why it takes longer, are told to who asked. */
async function oweWhoAsked(
  transaction: Transaction,
  id: string,
  row: Row,
  change: { dueAt?: Date; note?: string; answer?: string },
  now: Date,
): Promise<void> {
  const every = { received: row.received_at.toISOString(), follow: `/requests/${row.follow_token}` }
  if (change.answer !== undefined) {
    const words = { ...every, answer: change.answer }
    await oweRequest(transaction, { kind: 'request_answered', requestId: id, about: 'answer', words }, now)
  } else if (change.dueAt) {
    const words = { ...every, explanation: change.note?.replace(/[。.]$/, '') ?? '', until: change.dueAt.toISOString() }
    const about = String(row.explained + 1)
    await oweRequest(transaction, { kind: 'request_explained', requestId: id, about, words }, now)
  }
}

async function lock(transaction: Transaction, id: string, { seen, now }: RequestDeps, actor: string): Promise<Row> {
  const row = await transaction.maybe<Row>('requests/lock_request', { id })
  if (!row) throw new Refusal('not_found', { zh: `没有诉求 ${id}`, en: `There is no request ${id}` })
  if (seen !== null && seen !== undefined) {
    const { steps } = await readRequest(transaction, id, now())
    const others = steps.slice(seen).filter((each) => each.actor !== actor)
    refuseChanged({ zh: `诉求 ${id}`, en: `request ${id}` }, others.reverse())
  }
  if (row.state !== 'open')
    throw new Refusal('out_of_order', {
      zh: `诉求 ${id} 已答复：没有要做的了`,
      en: `Request ${id} is answered: nothing is left to do`,
    })
  return row
}

/** The first who takes it is answerable for it to the end. */
export function takeRequest(deps: RequestDeps, id: string, actor: string): Promise<RequestView> {
  return stepRequest(deps, id, actor, () => ({ step: 'taken', owner: actor }))
}

export function handOver(deps: RequestDeps, id: string, to: string, note: string, actor: string): Promise<RequestView> {
  return stepRequest(deps, id, actor, (row) => {
    if (row.owner === to)
      throw new Refusal('conflict', { zh: `诉求 ${id} 已在 ${to} 手上`, en: `Request ${id} is with ${to} already` })
    return { step: 'handed_over', owner: to, note }
  })
}

/** Says why it takes longer, before the deadline is missed, and puts it off. */
export function explain(deps: RequestDeps, id: string, text: string, until: Date, actor: string): Promise<RequestView> {
  return stepRequest(deps, id, actor, (row, now) => {
    const refusal = refusalToPutOff(row, until, now)
    if (refusal)
      throw new Refusal('unprocessable', { zh: `诉求 ${id}：${refusal.zh}`, en: `Request ${id}: ${refusal.en}` })
    return { step: 'explained', note: text, dueAt: until }
  })
}

export function answerRequest(deps: RequestDeps, id: string, text: string, actor: string): Promise<RequestView> {
  return stepRequest(deps, id, actor, () => ({ step: 'answered', note: text, answer: text }))
}
