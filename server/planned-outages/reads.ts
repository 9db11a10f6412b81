// Planned outages as staff look them up; nothing here writes.
import type {
  ImpactView,
  JoinProposal,
  NoticeKind,
  PlannedFilter,
  PlannedState,
  PlannedSummary,
  PlannedView,
} from '../contract/planned-outages.ts'
import { plannedState } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Queries } from '../database/index.ts'
import { findJoins, joinedStart, type Join, type Work } from './joining.ts'
import { impactOf, type Patch } from './impact.ts'
import { noticeNeeded_h, noticeOf } from './notice.ts'
import { roundHours, summaryOf, type GroundRow, type PlannedRow, type SummaryRow } from './planned-row.ts'
import { saysJoin } from './sentences.ts'

/** Proposals shown at a time: a dispatcher decides on the best first. */
const joinsShown = 50

function statesOf(text: string | undefined): PlannedState[] {
  if (text === undefined) return [...plannedState.options]
  const wanted = text.split(',').map((each) => plannedState.safeParse(each.trim()))
  if (wanted.some((each) => !each.success))
    throw new Refusal('invalid', `state: some of ${plannedState.options.join(', ')}, separated by commas`, [
      { path: 'state', message: 'a known state' },
    ])
  return wanted.map((each) => each.data!)
}

/** A page of planned outages, the soonest first. */
export async function listPlanned(
  queries: Queries,
  filter: PlannedFilter,
  now: Date,
): Promise<{ items: PlannedSummary[]; next_cursor: string | null }> {
  const [after, after_id] = filter.cursor?.split('~') ?? [null, null]
  if (after !== null && Number.isNaN(Date.parse(after ?? '')))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before', [
      { path: 'cursor', message: 'unknown' },
    ])
  const rows = await queries.rows<SummaryRow>('planned-outages/list_planned', {
    states: statesOf(filter.state),
    from: filter.from ?? null,
    to: filter.to ?? null,
    transformer_id: filter.transformer_id ?? null,
    after,
    after_id: after_id ?? null,
    at: now,
    limit: filter.limit,
  })
  const last = rows.length === filter.limit ? rows.at(-1) : undefined
  return { items: rows.map(summaryOf), next_cursor: last ? `${last.starts_at.toISOString()}~${last.id}` : null }
}

export async function readSummary(queries: Queries, id: string, now: Date): Promise<PlannedSummary> {
  const row = await queries.maybe<SummaryRow>('planned-outages/read_planned', { id, at: now })
  if (!row) throw new Refusal('not_found', { zh: `没有计划停电 ${id}`, en: `There is no planned outage ${id}` })
  return summaryOf(row)
}

type NamedGround = GroundRow & { planned_outage_id: string; name: string }

/** One planned outage whole: its ground, what it means, whether it was announced in time, what it could be joined with. */
export async function readPlanned(queries: Queries, id: string, timezone: string, now: Date): Promise<PlannedView> {
  const row = await queries.maybe<SummaryRow>('planned-outages/read_planned', { id, at: now })
  if (!row) throw new Refusal('not_found', { zh: `没有计划停电 ${id}`, en: `There is no planned outage ${id}` })
  const ground = await queries.rows<NamedGround>('planned-outages/list_ground', { ids: [id] })
  const patches = ground.map((each) => ({ transformerId: each.transformer_id, endsAt: each.ends_at }))
  const joins = row.state === 'announced' ? await listJoins(queries, now) : []
  return {
    ...summaryOf(row),
    impact: await readImpact(queries, { startsAt: row.started_at ?? row.starts_at, patches, but: [id], timezone }),
    notice: noticeOf(row.notice, row.announced_at, row.starts_at, row.notice_waiver),
    areas: ground.map((each) => ({
      transformer_id: each.transformer_id,
      name: each.name,
      customers: each.customers,
      critical_customers: each.critical,
      ends_at: each.ends_at.toISOString(),
      back_at: each.back_at?.toISOString() ?? null,
    })),
    joins: joins.filter((join) => join.outage_ids.includes(id)),
  }
}

type ImpactAsked = { startsAt: Date; patches: Patch[]; but: string[]; timezone: string }
type ImpactRow = Parameters<typeof impactOf>[0][number]

/** What leaving these transformers without supply means; `but` are planned outages that do not count towards how often. */
export async function readImpact(queries: Queries, asked: ImpactAsked): Promise<ImpactView> {
  const rows = await queries.rows<ImpactRow>('planned-outages/read_impact', {
    transformers: asked.patches.map((patch) => patch.transformerId),
    starts_at: asked.startsAt,
    but: asked.but,
    timezone: asked.timezone,
  })
  return impactOf(rows, asked.startsAt, asked.patches)
}

export type JoinableWork = Work & { notice: NoticeKind }

/** Planned outages that are still to come, each with its ground. */
export async function readJoinable(queries: Queries, now: Date): Promise<JoinableWork[]> {
  const rows = await queries.rows<PlannedRow>('planned-outages/list_joinable', { at: now })
  return withGround(queries, rows)
}

/** The same rows as works with their ground. */
export async function withGround(queries: Queries, rows: PlannedRow[]): Promise<JoinableWork[]> {
  const ground = await queries.rows<NamedGround>('planned-outages/list_ground', { ids: rows.map((row) => row.id) })
  const byOutage = new Map<string, Work['ground'][number][]>(rows.map((row) => [row.id, []]))
  for (const each of ground)
    byOutage
      .get(each.planned_outage_id)!
      .push({ transformerId: each.transformer_id, customers: each.customers, endsAt: each.ends_at })
  return rows.map((row) => ({
    id: row.id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    ground: byOutage.get(row.id)!,
    notice: row.notice,
  }))
}

/** The stricter of two notice kinds. */
export const strictest = (one: NoticeKind, other: NoticeKind): NoticeKind =>
  one === 'planned' || other === 'planned' ? 'planned' : 'temporary'

/** The joins that would spare customers a second outage, best first. */
export async function listJoins(queries: Queries, now: Date): Promise<JoinProposal[]> {
  return proposeJoins(await readJoinable(queries, now), now)
}

/** The same among works at hand. */
export function proposeJoins(works: JoinableWork[], now: Date): JoinProposal[] {
  const noticeOfWork = new Map(works.map((work) => [work.id, work.notice]))
  const kindOf = ([one, other]: [string, string]) => strictest(noticeOfWork.get(one)!, noticeOfWork.get(other)!)
  const startOf = (one: Work, other: Work) => joinedStart(one, other, now, noticeNeeded_h[kindOf([one.id, other.id])])
  return findJoins(works, startOf, joinsShown).map((join) => proposalOf(join, kindOf(join.ids), now))
}

export function proposalOf(join: Join, kind: NoticeKind, now: Date): JoinProposal {
  return {
    outage_ids: join.ids,
    starts_at: join.startsAt.toISOString(),
    ends_at: join.endsAt.toISOString(),
    apart_h: roundHours(join.apart_h),
    customers: join.customers,
    customers_twice: join.twice,
    customer_hours_before: roundHours(join.before_h),
    customer_hours_after: roundHours(join.after_h),
    customer_hours_spared: roundHours(join.before_h - join.after_h),
    notice: noticeOf(kind, now, join.startsAt),
    says: saysJoin(join),
  }
}
