// What every write of this room works with: the transaction, the grid, and the sections that it has locked.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import type { Device } from './extent.ts'
import type { EvidenceRow, GridModel, SectionRow } from './grid-model.ts'

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
  /** Whether an estimate was published. */
  estimated: boolean
  parent_id: string | null
  customers_affected: number
  customers_out: number
}

/** The incidents of the locked sections that somebody is out by. */
export function readStanding({ transaction, sections }: Settling): Promise<StandingRow[]> {
  return transaction.rows<StandingRow>('incidents/read_standing', { sections: sections.map(({ name }) => name) })
}

/** What settling a unit reads before it thinks: asked for in one breath with the unit's locks, it costs no wait of its own. */
export type ReadAhead = {
  standing: StandingRow[]
  evidence: EvidenceRow[]
  /** The row number that `evidence` begins after. */
  after: number
}

/** Reads what settling `unit` needs; to be called when the locks of `sections` are held, or asked for just before. */
export async function readAhead(
  transaction: Transaction,
  model: GridModel,
  unit: number,
  sections: string[],
): Promise<ReadAhead> {
  const after = model.engines.get(unit)?.heardUpTo ?? 0
  const [standing, evidence] = await Promise.all([
    transaction.rows<StandingRow>('incidents/read_standing', { sections }),
    transaction.rows<EvidenceRow>('incidents/read_live_evidence', { sections, after }),
  ])
  return { standing, evidence, after }
}
