// Keeps the ground of planned outages true: traced anew whenever something was switched or another network was imported.
import { followSwitching } from '../incidents/index.ts'
import { partsOf, type PlannedRow } from './planned-row.ts'
import { keepGround, tellPlanned, type PlannedDeps, type Stepping } from './stepping.ts'
import { tellStages } from './tell.ts'
import { traceParts } from './trace.ts'

type LiveRow = PlannedRow & { traced: Record<string, string | null> }

/** Traces every outage that is not over; `recount` also where the ground is the same, since customers may have moved. Answers how many changed. */
export async function retracePlanned(deps: PlannedDeps, recount = false): Promise<number> {
  const model = deps.grid.current
  await followSwitching(deps.database, model)
  const rows = await deps.database.rows<LiveRow>('planned-outages/list_live', { at: deps.now() })
  let changed = 0
  for (const row of rows) {
    const ground = traceParts(model, partsOf(row))
    const same = ground.size === Object.keys(row.traced).length && [...ground.keys()].every((id) => id in row.traced)
    if (same && !recount) continue
    await retraceOne(deps, row.id)
    changed++
  }
  return changed
}

/** Whoever is newly concerned hears what the others were told. */
function retraceOne({ database, grid, now }: PlannedDeps, id: string): Promise<void> {
  return database.transaction(async (transaction) => {
    const stepping: Stepping = { transaction, model: grid.current, now: now(), actor: 'trace' }
    const row = await transaction.one<PlannedRow>('planned-outages/lock_planned', { ids: [id] })
    if (row.state !== 'announced' && row.state !== 'started') return
    const { fresh, gone } = await keepGround(stepping, row)
    if (fresh.length + gone.length === 0) return
    if (row.state === 'announced') await tellStages(stepping, row, [])
    await tellPlanned(stepping, id, 'traced')
  })
}

/** Runs `retracePlanned` once more after each `look`, never twice at once. */
export function keepTraced(deps: PlannedDeps): { look(recount?: boolean): void } {
  let running = false
  let wanted: { recount: boolean } | null = null
  const run = async () => {
    running = true
    while (wanted) {
      const { recount } = wanted
      wanted = null
      await retracePlanned(deps, recount).catch((reason: unknown) =>
        console.error('trace planned outages:', (reason as Error).message),
      )
    }
    running = false
  }
  return {
    look: (recount = false) => {
      wanted = { recount: recount || (wanted?.recount ?? false) }
      if (!running) void run()
    },
  }
}
