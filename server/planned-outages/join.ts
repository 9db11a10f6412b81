// Joins two planned outages into one that begins once: a new one takes their places, with a part for each.
import type { JoinInput, PlannedPart, PlannedSummary } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import { createId } from '../database/index.ts'
import { putPlanned, refuseLate } from './announce.ts'
import { joinedStart, joinOf } from './joining.ts'
import { noticeNeeded_h } from './notice.ts'
import { partsOf, type PlannedRow } from './planned-row.ts'
import { strictest, withGround } from './reads.ts'
import { lockPlanned, tellPlanned, type PlannedDeps, type Stepping } from './stepping.ts'
import { tellChanged, tellStages } from './tell.ts'

/** Accepts the proposal; throws Refusal where one of them moved on meanwhile, or joining spares nobody anything. */
export function joinPlanned(deps: PlannedDeps, input: JoinInput, actor: string): Promise<PlannedSummary> {
  const [now, model] = [deps.now(), deps.grid.current]
  return deps.database.transaction(async (transaction) => {
    const stepping: Stepping = { transaction, model, now, actor }
    const rows = await lockPlanned(stepping, distinct(input.outage_ids), 'joining', 'announced')
    const [one, other] = await withGround(transaction, rows)
    const notice = strictest(one!.notice, other!.notice)
    const startsAt = input.starts_at
      ? new Date(input.starts_at)
      : joinedStart(one!, other!, now, noticeNeeded_h[notice])
    if (startsAt <= now)
      throw new Refusal('unprocessable', {
        zh: `开始时间 ${startsAt.toISOString()} 已过：两个都须从以后的时间开始`,
        en: `starts_at: ${startsAt.toISOString()} has passed: begin both at an instant to come`,
      })
    const join = joinOf(one!, other!, startsAt)
    if (!join)
      throw new Refusal('unprocessable', {
        zh: `合并 ${one!.id} 和 ${other!.id} 不能让任何用户少停电：请分开进行`,
        en: `Joining ${one!.id} and ${other!.id} spares no customer anything: leave them apart`,
      })
    refuseLate({ notice, waiver: input.waiver }, now, startsAt)
    const joined = await putPlanned(stepping, {
      id: createId('plan'),
      starts_at: startsAt,
      ends_at: join.endsAt,
      reason: [...new Set(rows.flatMap((row) => row.reason ?? []))].join('；') || null,
      notice,
      waiver: input.waiver ?? null,
      parts: JSON.stringify(rows.flatMap((row) => movedParts(row, startsAt))),
      equipment_ids: [...new Set(rows.flatMap((row) => row.equipment_ids))],
      transformer_ids: [...new Set(rows.flatMap((row) => row.transformer_ids))],
    })
    for (const row of rows) await giveWay(stepping, row, joined.id)
    await tellChanged(
      stepping,
      joined,
      rows.map((row) => row.id),
    )
    await tellStages(stepping, joined, [])
    return tellPlanned(stepping, joined.id, 'announced')
  })
}

function distinct(ids: string[]): string[] {
  const both = [...new Set(ids)]
  if (both.length < 2)
    throw new Refusal('invalid', { zh: '请选两个不同的计划停电', en: 'outage_ids: two different planned outages' }, [
      { path: 'outage_ids', message: 'two' },
    ])
  return both
}

/** The parts of `row` as long as they were, begun at `startsAt`. */
function movedParts(row: PlannedRow, startsAt: Date): PlannedPart[] {
  const by_ms = startsAt.getTime() - row.starts_at.getTime()
  return partsOf(row).map((part) => ({ ...part, ends_at: new Date(Date.parse(part.ends_at) + by_ms).toISOString() }))
}

async function giveWay(stepping: Stepping, row: PlannedRow, joinedId: string): Promise<void> {
  await stepping.transaction.touch('planned-outages/set_state', {
    id: row.id,
    from: 'announced',
    state: 'joined',
    started_at: null,
    ended_at: null,
    note: null,
    joined_into: joinedId,
    now: stepping.now,
  })
  await tellPlanned(stepping, row.id, 'joined')
}
