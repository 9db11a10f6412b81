// The steps of a planned outage at work: supply goes off, the end moves, supply comes back in one step or several, or the whole
// will not be.
import type { EndInput, ExtendInput, PlannedSummary } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import { plannedStateZh } from '../contract/status-words.ts'
import type { PlannedRow } from './planned-row.ts'
import {
  keepGround,
  lockGround,
  lockPlanned,
  refuseChangedSince,
  type LockedStep,
  switchSupply,
  tellPlanned,
  type PlannedDeps,
  type Stepping,
} from './stepping.ts'
import { tellCancelled, tellChanged, tellLonger, tellOver } from './tell.ts'

type Step = (stepping: Stepping, row: PlannedRow) => Promise<PlannedSummary>

function take(deps: PlannedDeps, id: string, step: LockedStep, state: PlannedRow['state'], actor: string, work: Step) {
  const [now, model] = [deps.now(), deps.grid.current]
  return deps.database.transaction(async (transaction) => {
    const stepping: Stepping = { transaction, model, now, actor }
    const [row] = await lockPlanned(stepping, [id], step, state, deps.seen ?? null)
    return work(stepping, row!)
  })
}

const passed = (at: Date, now: Date) => {
  if (at > now)
    throw new Refusal(
      'invalid',
      { zh: `时刻 ${at.toISOString()} 还没到`, en: `at: ${at.toISOString()} is still to come` },
      [{ path: 'at', message: 'an instant that has passed' }],
    )
}

/** Supply is off since `at`: its customers' interruptions begin. Never before the announced time. */
export function startPlanned(deps: PlannedDeps, id: string, at: Date | null, actor: string): Promise<PlannedSummary> {
  return take(deps, id, 'start', 'announced', actor, async (stepping, row) => {
    const { now } = stepping
    const startedAt = at ?? now
    passed(startedAt, now)
    if (startedAt < row.starts_at)
      throw new Refusal('unprocessable', {
        zh: `已告知用户 ${row.starts_at.toISOString()} 停电：不能提前停`,
        en: `Customers were told of ${row.starts_at.toISOString()}: supply may not go off before`,
      })
    const { ground } = await keepGround(stepping, row)
    await lockGround(stepping, ground)
    await setState(stepping, row, 'started', { started_at: startedAt })
    await switchSupply(stepping, id, 'switch_off', await offNow(stepping, id), startedAt)
    return tellPlanned(stepping, id, 'started')
  })
}

/** Where an outage has supply off: all of its ground but what is back. */
export async function offNow({ transaction }: Stepping, id: string): Promise<string[]> {
  const ground = await transaction.rows<{ transformer_id: string; back_at: Date | null }>(
    'planned-outages/list_ground',
    {
      ids: [id],
    },
  )
  return ground.filter((each) => each.back_at === null).map((each) => each.transformer_id)
}

function setState(
  { transaction, now }: Stepping,
  row: PlannedRow,
  state: PlannedRow['state'],
  more: { started_at?: Date; ended_at?: Date; note?: string },
): Promise<number> {
  return transaction.touch('planned-outages/set_state', {
    id: row.id,
    from: row.state,
    state,
    started_at: more.started_at ?? null,
    ended_at: more.ended_at ?? null,
    note: more.note ?? null,
    joined_into: null,
    now,
  })
}

/** It takes longer: whoever waits for it hears so. */
export function extendPlanned(
  deps: PlannedDeps,
  id: string,
  input: ExtendInput,
  actor: string,
): Promise<PlannedSummary> {
  const [now, model] = [deps.now(), deps.grid.current]
  const endsAt = new Date(input.ends_at)
  return deps.database.transaction(async (transaction) => {
    const stepping: Stepping = { transaction, model, now, actor }
    const [row] = await transaction.rows<PlannedRow>('planned-outages/lock_planned', { ids: [id] })
    if (!row) throw new Refusal('not_found', { zh: `没有计划停电 ${id}`, en: `There is no planned outage ${id}` })
    await refuseChangedSince(stepping, row, deps.seen)
    if (row.state !== 'announced' && row.state !== 'started')
      throw new Refusal('out_of_order', {
        zh: `计划停电 ${id} 的状态是“${plannedStateZh[row.state]}”：只有已公告或停电中的才能延长`,
        en: `Planned outage ${id} is ${row.state}: extend is for one that is announced or started`,
      })
    if (endsAt <= row.ends_at || endsAt <= now)
      throw new Refusal(
        'unprocessable',
        {
          zh: `新的结束时间须晚于原定的 ${row.ends_at.toISOString()}，也须晚于现在`,
          en: `ends_at: after ${row.ends_at.toISOString()}, the end so far, and after now`,
        },
        [{ path: 'ends_at', message: 'later than the end so far' }],
      )
    await transaction.touch('planned-outages/move_end', {
      id,
      ends_at: endsAt,
      ends_text: endsAt.toISOString(),
      note: input.note ?? null,
      now,
    })
    const moved = { ...row, ends_at: endsAt }
    if (row.state === 'started') await tellLonger(stepping, moved)
    else await tellChanged(stepping, moved, [id])
    return tellPlanned(stepping, id, 'extended')
  })
}

/** Supply is back since `at`, on part of the ground or on all that was left; then the outage is over. */
export function endPlanned(deps: PlannedDeps, id: string, input: EndInput, actor: string): Promise<PlannedSummary> {
  return take(deps, id, 'end', 'started', actor, (stepping, row) => endWithin(stepping, row, input))
}

/** The same within a transaction that has begun already. */
export async function endWithin(stepping: Stepping, row: PlannedRow, input: EndInput): Promise<PlannedSummary> {
  const { transaction, now } = stepping
  const at = input.at ? new Date(input.at) : now
  passed(at, now)
  if (at < row.started_at!)
    throw new Refusal('unprocessable', {
      zh: `计划停电从 ${row.started_at!.toISOString()} 开始，不能在这之前结束`,
      en: `at: it began at ${row.started_at!.toISOString()} and cannot have ended before`,
    })
  const sections = await lockGround(stepping, await offNow(stepping, row.id))
  const back = await transaction.rows<{ transformer_id: string }>('planned-outages/mark_back', {
    id: row.id,
    at,
    transformers: input.transformer_ids ?? null,
  })
  if (back.length === 0 && input.transformer_ids)
    throw new Refusal('unprocessable', {
      zh: `那里没有因计划停电 ${row.id} 停电的台区：请选它范围内的配变`,
      en: `No supply is off there by planned outage ${row.id}: name transformers of its ground`,
    })
  const transformers = back.map((each) => each.transformer_id)
  await switchSupply(stepping, row.id, 'switch_on', transformers, at)
  await transaction.rows('planned-outages/resume_incidents', { sections, transformers, at })
  if (transformers.length > 0) await tellOver(stepping, row, at, transformers)
  const over = (await offNow(stepping, row.id)).length === 0
  if (over) await setState(stepping, row, 'ended', { ended_at: at })
  return tellPlanned(stepping, row.id, over ? 'ended' : 'partly_ended')
}

/** It will not be: whoever was told of it hears so. */
export function cancelPlanned(deps: PlannedDeps, id: string, reason: string, actor: string): Promise<PlannedSummary> {
  return take(deps, id, 'cancel', 'announced', actor, async (stepping, row) => {
    await tellCancelled(stepping, row)
    await setState(stepping, row, 'cancelled', { note: reason })
    return tellPlanned(stepping, id, 'cancelled')
  })
}
