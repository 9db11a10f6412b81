// Who reported an incident and where they can be reached: for dispatchers, and for the crew that is on it while it is.
import type { Caller } from '../contract/assignments.ts'
import type { Queries } from '../database/index.ts'

/** Whoever reads further asks for the reports themselves. */
const most = 200

/** The households that reported incident `incidentId`, newest first. */
export async function listCallers(queries: Queries, incidentId: string): Promise<Caller[]> {
  const rows = await queries.rows<Omit<Caller, 'reported_at'> & { reported_at: Date }>('dispatch/list_callers', {
    incident_id: incidentId,
    limit: most,
  })
  return rows.map((row) => ({ ...row, reported_at: row.reported_at.toISOString() }))
}
