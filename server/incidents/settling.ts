// What every write of this room works with: the transaction, the grid, and the sections that it has locked.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import type { Device } from './extent.ts'
import type { GridModel, SectionRow } from './grid-model.ts'

export type Settling = { transaction: Transaction; model: GridModel; sections: SectionRow[]; now: Date; actor: string }

export type StandingRow = {
  id: string
  status: IncidentStatus
  hazard: boolean
  equipment_id: string
  equipment_kind: Device['kind']
  probability: number
  started_at: Date
  has_crew: boolean
  parent_id: string | null
  customers_affected: number
  customers_out: number
}

/** The incidents of the locked sections that somebody is out by. */
export function readStanding({ transaction, sections }: Settling): Promise<StandingRow[]> {
  return transaction.rows<StandingRow>('incidents/read_standing', { sections: sections.map(({ name }) => name) })
}
