// How every step of a planned outage begins and ends: the row locked, the ground's sections locked, the event told.
import type { PlannedSummary } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import { plannedStateZh } from '../contract/status-words.ts'
import type { Database, Transaction } from '../database/index.ts'
import { lockSections, sectionOf, type GridHolder, type GridModel } from '../incidents/index.ts'
import { appendEvent, refuseStale } from '../live/index.ts'
import { partsOf, type PlannedRow } from './planned-row.ts'
import { readSummary } from './reads.ts'
import { traceParts } from './trace.ts'

export type PlannedDeps = {
  database: Database
  grid: GridHolder
  now(): Date
  /** The version that a step was decided on, where its maker says. */
  seen?: number | null
}

export type Stepping = { transaction: Transaction; model: GridModel; now: Date; actor: string }

/** Throws Refusal `stale` where others changed the outage since the version that the step was decided on. */
export function refuseChangedSince({ transaction, actor }: Stepping, row: PlannedRow, seen: number | null = null) {
  return refuseStale(transaction, { name: 'planned', id: row.id, version: row.version }, seen, actor)
}

/** The steps as the desk's buttons name them. */
const stepZh = { start: '开始', end: '送电', cancel: '取消停电', joining: '合并', watch: '自动跟进' }
export type LockedStep = keyof typeof stepZh

/** The outages `ids`, locked; throws Refusal where one is not there or not in `state`. */
export async function lockPlanned(
  stepping: Stepping,
  ids: string[],
  step: LockedStep,
  state: PlannedRow['state'],
  seen: number | null = null,
): Promise<PlannedRow[]> {
  const { transaction } = stepping
  const rows = await transaction.rows<PlannedRow>('planned-outages/lock_planned', { ids })
  for (const id of ids) {
    const row = rows.find((each) => each.id === id)
    if (!row) throw new Refusal('not_found', { zh: `没有计划停电 ${id}`, en: `There is no planned outage ${id}` })
    await refuseChangedSince(stepping, row, seen)
    if (row.state !== state) {
      const joined = row.joined_into ? ` into ${row.joined_into}` : ''
      const joinedZh = row.joined_into ? `，已并入 ${row.joined_into}` : ''
      throw new Refusal('out_of_order', {
        zh: `计划停电 ${id} 的状态是“${plannedStateZh[row.state]}”${joinedZh}：“${stepZh[step]}”只能用于“${plannedStateZh[state]}”的`,
        en: `Planned outage ${id} is ${row.state}${joined}: ${step} is for one that is ${state}`,
      })
    }
  }
  return ids.map((id) => rows.find((each) => each.id === id)!)
}

/** Locks the sections of these transformers, so that what is inferred there waits; answers their names. */
export async function lockGround({ transaction, model }: Stepping, transformers: string[]): Promise<string[]> {
  const names = new Set<string>()
  for (const id of transformers) {
    const transformer = model.network.transformers.ids.find(id)
    if (transformer >= 0) names.add(sectionOf(model, transformer))
  }
  const sections = [...names].sort()
  if (sections.length > 0) await lockSections(transaction, sections)
  return sections
}

export type Traced = { ground: string[]; fresh: string[]; gone: string[] }

/** Traces the outage on the supply as switched now and keeps its ground; interruptions follow where it is at work. */
export async function keepGround(stepping: Stepping, row: PlannedRow): Promise<Traced> {
  const { transaction, model, now } = stepping
  const ends = traceParts(model, partsOf(row))
  const ground = [...ends.keys()]
  const changed = await transaction.rows<{ transformer_id: string; what: 'new' | 'gone' }>(
    'planned-outages/put_ground',
    {
      id: row.id,
      transformers: ground,
      ends: ground.map((id) => (ends.get(id)!.getTime() === row.ends_at.getTime() ? null : ends.get(id)!)),
    },
  )
  const of = (what: 'new' | 'gone') => changed.filter((each) => each.what === what).map((each) => each.transformer_id)
  const [fresh, gone] = [of('new'), of('gone')]
  if (row.state === 'started' && changed.length > 0) {
    await lockGround(stepping, [...fresh, ...gone])
    if (gone.length > 0) await switchSupply(stepping, row.id, 'switch_on', gone, now)
    if (fresh.length > 0) await switchSupply(stepping, row.id, 'switch_off', fresh, now)
  }
  return { ground, fresh, gone }
}

/** Opens or ends the interruptions of these transformers' customers, by the one function that does. */
export async function switchSupply(
  { transaction }: Stepping,
  id: string,
  act: 'switch_off' | 'switch_on',
  transformers: string[] | null,
  at: Date,
): Promise<void> {
  await transaction.rows('incidents/set_interruptions', {
    incident_id: id,
    act,
    transformers,
    points: null,
    at,
    parent_id: null,
  })
}

/** Appends the outage's event, with the outage as it stands now. */
export async function tellPlanned(
  { transaction, now, actor }: Stepping,
  id: string,
  step: string,
): Promise<PlannedSummary> {
  const summary = await readSummary(transaction, id, now)
  await appendEvent(transaction, { name: 'planned', step, subject_id: id, incident_id: null, actor, data: summary })
  return summary
}
