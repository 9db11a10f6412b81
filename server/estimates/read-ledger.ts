// The ledger as it stands: every estimate that was published of incidents whose supply is back, scored.
import type { Queries } from '../database/index.ts'
import { scoreLedger, type Ledger, type LedgerEntry } from './ledger.ts'

/** The newest are scored: a great storm's week is some 20,000 estimates. */
const most = 50_000

export async function readLedger(queries: Queries, period: { since: Date; until: Date }): Promise<Ledger> {
  return scoreLedger(await queries.rows<LedgerEntry>('estimates/list_scored', { ...period, limit: most }))
}
