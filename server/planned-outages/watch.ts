// What becomes due by itself: customers are told, work begins at its announced time, whoever waits past the announced end hears so.
import type { PlannedSummary } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import type { PlannedRow } from './planned-row.ts'
import { endWithin, offNow, startPlanned } from './steps.ts'
import { lockGround, lockPlanned, switchSupply, tellPlanned, type PlannedDeps, type Stepping } from './stepping.ts'
import { overrunKey, tellOverrun, tellStages } from './tell.ts'
import { stageDue } from './stages.ts'

/** Work that nobody has spoken of for this long after its announced end is taken to have ended as announced. */
const silence_ms = 12 * 3_600_000

type DueRow = PlannedRow & { told: string[]; overdue: Date[] }

/** Does what is due now. Each outage in a transaction of its own, so that one that fails holds up no other. */
export async function watchPlanned(deps: PlannedDeps): Promise<void> {
  const now = deps.now()
  const rows = await deps.database.rows<DueRow>('planned-outages/list_due', { at: now })
  for (const row of rows) {
    try {
      await doDue(deps, row, now)
    } catch (reason) {
      console.error(`planned outage ${row.id}:`, (reason as Error).message)
    }
  }
  for (const { id } of await deps.database.rows<{ id: string }>('planned-outages/list_uncovered')) await cover(deps, id)
}

async function doDue(deps: PlannedDeps, row: DueRow, now: Date): Promise<void> {
  const silent = now.getTime() - row.ends_at.getTime() > silence_ms
  if (row.state === 'announced' && row.ends_at <= now) await lapse(deps, row.id)
  else if (row.state === 'announced' && row.starts_at <= now)
    await startPlanned(deps, row.id, row.starts_at, 'clock').catch(unlessTaken)
  else if (row.state === 'started' && silent) await within(deps, row, (stepping, held) => endSilently(stepping, held))
  else if (row.state === 'started' && row.overdue.some((end) => !row.told.includes(overrunKey(row.id, end))))
    await within(deps, row, async (stepping, held) => {
      await tellOverrun(stepping, held)
      return tellPlanned(stepping, row.id, 'overrun')
    })
  else if (row.state === 'announced' && isStageOwed(deps, row, now))
    await within(deps, row, (stepping, held) => tellStages(stepping, held, row.told))
}

function isStageOwed({ grid }: PlannedDeps, row: DueRow, now: Date): boolean {
  const elsewhere = row.announced_by === 'import' ? row.announced_at : null
  const stage = stageDue(row.starts_at, grid.current.timezone, now, elsewhere)
  const about = row.starts_at.toISOString()
  return stage !== null && !row.told.some((key) => key.startsWith(`${stage}:${row.id}:${about}`))
}

/** Nobody watched while it was on: whether it ever was is not known, so nothing is counted. */
function lapse({ database, now }: PlannedDeps, id: string): Promise<number> {
  return database.touch('planned-outages/set_state', {
    id,
    from: 'announced',
    state: 'ended',
    started_at: null,
    ended_at: null,
    note: 'lapsed',
    joined_into: null,
    now: now(),
  })
}

function endSilently(stepping: Stepping, row: PlannedRow): Promise<PlannedSummary> {
  const endsAt = row.ends_at > row.started_at! ? row.ends_at : row.started_at!
  return endWithin(stepping, row, { at: endsAt.toISOString() })
}

/** Customers there whom another interruption had kept, and let go meanwhile, are out by the work from then on. */
function cover(deps: PlannedDeps, id: string): Promise<unknown> {
  return within(deps, { id, state: 'started' }, async (stepping, row) => {
    const transformers = await offNow(stepping, id)
    await lockGround(stepping, transformers)
    await switchSupply(stepping, id, 'switch_off', transformers, row.started_at!)
  })
}

function within(
  deps: PlannedDeps,
  { id, state }: Pick<PlannedRow, 'id' | 'state'>,
  work: (stepping: Stepping, row: PlannedRow) => Promise<unknown>,
): Promise<unknown> {
  const [now, model] = [deps.now(), deps.grid.current]
  return deps.database
    .transaction(async (transaction) => {
      const stepping: Stepping = { transaction, model, now, actor: 'clock' }
      const [row] = await lockPlanned(stepping, [id], 'watch', state)
      return work(stepping, row!)
    })
    .catch(unlessTaken)
}

/** Another server, or a dispatcher, was first: nothing is left to do. */
function unlessTaken(reason: unknown): void {
  if (!(reason instanceof Refusal && reason.kind === 'out_of_order')) throw reason
}
