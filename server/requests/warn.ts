// Warns the owner of a request while there is still time to answer or to explain.
import type { RequestDeps } from './receive.ts'
import { appendEvent } from '../live/index.ts'
import { isToWarn } from './deadlines.ts'

/** Open requests looked at in one turn, the next deadlines first. */
const atOnce = 500

type Row = { id: string; owner: string; received_at: Date; due_at: Date }

export async function warnOfDeadlines({ database, now }: RequestDeps): Promise<void> {
  const rows = await database.rows<Row>('requests/list_unwarned', { limit: atOnce })
  for (const row of rows.filter((each) => isToWarn(each, now()))) {
    await database.transaction(async (transaction) => {
      const won = await transaction.touch('requests/mark_warned', { id: row.id, now: now() })
      if (won === 0) return
      const data = { id: row.id, owner: row.owner, due_at: row.due_at.toISOString() }
      const event = {
        name: 'request',
        step: 'due',
        subject_id: row.id,
        incident_id: null,
        actor: 'clock',
        data,
      } as const
      await appendEvent(transaction, event)
    })
  }
}
