// Writes a step of a request down and tells it to the screens.
import type { Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'

export type RequestStep = {
  id: string
  step: 'received' | 'taken' | 'handed_over' | 'explained' | 'answered'
  actor: string
  owner: string
  note: string | null
  at: Date
}

export async function tellRequest(transaction: Transaction, step: RequestStep): Promise<void> {
  await transaction.touch('requests/add_step', { ...step, request_id: step.id })
  await appendEvent(transaction, {
    name: 'request',
    step: step.step,
    subject_id: step.id,
    incident_id: null,
    actor: step.actor,
    data: { id: step.id, owner: step.owner },
  })
}
