// Opens the roads again that a closure closed.
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'

/** Of two who lift one closure at the same moment, one does and the other is told that none stands. */
export function liftClosure(database: Database, id: string, actor: string, now: Date): Promise<void> {
  return database.transaction(async (transaction) => {
    const lifted = await transaction.maybe('roads/lift', { id, lifted_at: now })
    if (lifted === null)
      throw new Refusal('not_found', {
        zh: `没有这处道路封闭 ${id}：已解除，或从未有过`,
        en: `No closure ${id} stands; it was lifted, or never was`,
      })
    await appendEvent(transaction, {
      name: 'network',
      step: 'road_lifted',
      subject_id: id,
      incident_id: null,
      actor,
      data: { id },
    })
  })
}
