// Whether a message that waited is still news. Pure.
import type { ClaimedRow } from './claimed-row.ts'
import { endsWithRestoration } from './matters.ts'
import { hasHeard, isUnderWay } from './message-words.ts'

/** Why a message is no news any more, or null. */
export function overtakenBy(row: ClaimedRow): string | null {
  const isOut = row.since !== null && row.restored === null
  if (row.kind === 'outage_withdrawn') return isOut ? 'they are out after all' : null
  if (row.kind === 'restored') return returnOvertakenBy(row)
  if (row.kind === 'planned_over' && row.incident_id !== null) return 'they are out again'
  if (endsWithRestoration[row.kind]) return newsOvertakenBy(row)
  return row.replaced ? 'the planned work is over, or will not be as this says' : null
}

function returnOvertakenBy(row: ClaimedRow): string | null {
  if (row.restored === null || row.incident_id !== null) return 'they are out again'
  return row.overtaken ? 'a later return is told instead' : null
}

function newsOvertakenBy(row: ClaimedRow): string | null {
  if (row.since === null) return 'there was no loss of supply after all'
  if (row.restored !== null) return 'supply was back before this could be sent'
  if (row.connection === 'disconnected_nonpayment') return 'the account has been disconnected since'
  if (row.overtaken) return 'what came later is told instead'
  return hasHeard(row) && tellsNothingNew(row) ? 'nothing of it is so, or new, any more' : null
}

/** To whoever has heard of the outage; others need all that is so, whatever it was owed for. */
function tellsNothingNew(row: ClaimedRow): boolean {
  if (row.kind === 'outage_known') return true
  if (row.kind === 'crew_on_way') return !isUnderWay(row.crew)
  if (row.kind === 'crew_changed') return !isUnderWay(row.heard_crew) || isUnderWay(row.crew)
  return row.estimate_at === null
}
