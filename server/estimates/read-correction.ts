// What recent outcomes add to the estimates of the model, and of the plans, from the ledger alone: what was given these days and when
// supply came back. The model's are gone through in order as the laboratory does (`tracking.ts`), the plans' summed up by how long
// they promised (`planned-outcomes.ts`). Nothing is carried over from one reading to the next, so a restart and a second server come
// to the same, and a return told late or taken back is judged as it is known now. The ledger holds what was published: an estimate
// that changed too little to be told, or was too vague, teaches nothing.
import { setImmediate } from 'node:timers/promises'
import type { Queries } from '../database/index.ts'
import { learnPlannedOutcomes, type PlannedOutcomes } from './planned-outcomes.ts'
import { createTracking, type Correction } from './tracking.ts'

/** A week has a whole storm in it, and is forgotten after another. In the storm of 2020 two days and all did as well: 83 % inside. */
const window_ms = 7 * 86_400_000
/** The newest count: a great storm's week is some 20,000 estimates. */
const most = 20_000
/** Estimates gone through before others have their turn: some milliseconds. */
const atOnce = 500

type JudgedRow = {
  incident_id: string
  said_s: number
  low_s: number
  estimate_s: number
  high_s: number
  restored_s: number | null
}

async function readJudged(queries: Queries, now: Date, isPlan: boolean): Promise<JudgedRow[]> {
  const since = new Date(now.getTime() - window_ms)
  return queries.rows<JudgedRow>('estimates/list_judged', { since, until: now, is_plan: isPlan, limit: most })
}

/** Of the model. */
export async function readCorrection(queries: Queries, now: Date): Promise<Correction> {
  const rows = await readJudged(queries, now, false)
  const tracking = createTracking()
  for (const [index, row] of rows.reverse().entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate()
    const { said_s, low_s, estimate_s, high_s, restored_s } = row
    const endedBy = (by_s: number) => (restored_s !== null && restored_s < by_s ? restored_s : null)
    tracking.adjust({ low_s, estimate_s, high_s, source: 'history' }, said_s, endedBy)
  }
  return tracking.at(now.getTime() / 1000)
}

/** Of the plans. */
export async function readPlannedOutcomes(queries: Queries, now: Date): Promise<PlannedOutcomes> {
  const now_s = now.getTime() / 1000
  const rows = await readJudged(queries, now, true)
  return learnPlannedOutcomes(
    rows.map(({ incident_id, said_s, estimate_s, restored_s }) => {
      const ended = restored_s !== null && restored_s <= now_s
      return { incident: incident_id, estimate_s, took_s: (ended ? restored_s : now_s) - said_s, ended }
    }),
  )
}
