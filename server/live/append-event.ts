// The one way to write to the event log: inside the transaction whose change it tells.
import type { EventName } from '../contract/live.ts'
import type { Transaction } from '../database/index.ts'

/** What happened: `step` is a verb in the past, `data` the subject as it stands after it. */
export type NewEvent = {
  name: EventName
  step: string
  subject_id: string
  incident_id: string | null
  actor: string
  data: object
}

/** Appends `event` and answers its number; the tails of all servers are hinted once the transaction is committed. */
export async function appendEvent(transaction: Transaction, event: NewEvent): Promise<number> {
  const { seq } = await transaction.one<{ seq: number }>('live/append_event', {
    ...event,
    data: JSON.stringify(event.data),
  })
  transaction.hint()
  return seq
}
