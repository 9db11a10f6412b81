// Closes a stretch of road for every crew and every estimate until it is lifted.
import type { ClosureInput, ClosureView } from '../contract/roads.ts'
import { createId, type Database } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'

/** Stores the drawing and tells of it; the servers' roads follow on the event. */
export function closeRoad(database: Database, input: ClosureInput, actor: string, now: Date): Promise<ClosureView> {
  const closure = { id: createId('closure'), ...input, closed_by: actor, closed_at: now.toISOString() }
  return database.transaction(async (transaction) => {
    await transaction.touch('roads/close', { ...closure, shape: JSON.stringify(closure.shape) })
    await appendEvent(transaction, {
      name: 'network',
      step: 'road_closed',
      subject_id: closure.id,
      incident_id: null,
      actor,
      data: closure,
    })
    return closure
  })
}
