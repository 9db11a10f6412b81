// What the phone keeps by itself: steps on their way, positions on their way, and the assignment as last heard. It survives a
// reload, a closed browser and a day without network.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { CrewWork, PositionInput } from '../../../server/contract/assignments.ts'
import type { IncidentView } from '../../../server/contract/incidents.ts'
import type { KeptPicture } from '../../ui/shrink-photograph.ts'

/** Steps that take the assignment on, and what is said beside them. */
export type WayStep = 'accept' | 'decline' | 'depart' | 'arrive' | 'finish'
export type StepName = WayStep | 'photograph' | 'help'
export type StepState = 'queued' | 'sent' | 'refused'

/** One step as it was pressed; `n` is the order of pressing, which is the order of sending. */
export type KeptStep = {
  n?: number
  crew_id: string
  assignment_id: string
  step: StepName
  /** When it was pressed. */
  at: string
  /** The same key however often it is sent, so that the server does it once. */
  key: string
  body: Record<string, unknown>
  /** Until it is sent: a phone has little room. */
  picture?: KeptPicture
  state: StepState
  /** The server's words, where it refused. */
  refusal: string | null
}

/** `callers` and `timezone` are missing from what an older version kept. */
export type KeptWork = Pick<CrewWork, 'assignment'> &
  Partial<CrewWork> & { incident: IncidentView | null; heardAt: number }

interface CrewSchema extends DBSchema {
  steps: { key: number; value: KeptStep }
  positions: { key: number; value: PositionInput & { crew_id: string; n?: number } }
  work: { key: string; value: KeptWork }
}
export type CrewStore = IDBPDatabase<CrewSchema>

export const openStore = (): Promise<CrewStore> =>
  openDB<CrewSchema>('relight-crew', 1, {
    upgrade(database) {
      database.createObjectStore('steps', { keyPath: 'n', autoIncrement: true })
      database.createObjectStore('positions', { keyPath: 'n', autoIncrement: true })
      database.createObjectStore('work')
    },
  })
