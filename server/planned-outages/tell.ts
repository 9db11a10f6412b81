// What customers are owed of planned work, written to the outbox in the transaction that makes it so.
import { owePlanned, type PlannedMatter } from '../notifications/index.ts'
import type { GroundRow, PlannedRow } from './planned-row.ts'
import { stageDue } from './stages.ts'
import type { Stepping } from './stepping.ts'

/** Nobody hears of the same work twice within this time: a late announcement is its own reminder. */
const peace_ms = 6 * 3_600_000

type Telling = {
  kind: PlannedMatter
  /** When supply came back, where it has: then it is the ground that is back with this which is told. */
  back?: Date
  /** The window that it speaks of: what tells this news from other news of its kind. */
  about: (end: string) => string
  /** Only those whom these outages were told to. */
  toldOf?: string[]
  inPeace?: boolean
  /** Which part of the ground; all that has no supply back by default. */
  on?: (ground: GroundRow) => boolean
  /** What is said of the end: each part's own by default, null where nobody knows. */
  until?: null
}

/** Tells each part of the ground by its own end: one matter for each end, so that everybody hears their own. */
async function tellGround(stepping: Stepping, row: PlannedRow, telling: Telling): Promise<number> {
  const { transaction, now } = stepping
  const ground = await transaction.rows<GroundRow>('planned-outages/list_ground', { ids: [row.id] })
  const byEnd = new Map<string, string[]>()
  const { back } = telling
  const isMeant = (patch: GroundRow) =>
    (back ? patch.back_at?.getTime() === back.getTime() : patch.back_at === null) && (telling.on?.(patch) ?? true)
  for (const each of ground.filter(isMeant)) {
    const end = each.ends_at.toISOString()
    byEnd.set(end, [...(byEnd.get(end) ?? []), each.transformer_id])
  }
  let told = 0
  for (const [end, transformers] of byEnd)
    told += await owePlanned(
      transaction,
      {
        kind: telling.kind,
        plannedOutageId: row.id,
        about: telling.about(end),
        words: {
          starts: row.starts_at.toISOString(),
          until: telling.until === null ? null : end,
          reason: row.reason,
          ...(back && { back: back.toISOString() }),
        },
        transformers,
        toldOf: telling.toldOf ?? null,
        unlessToldSince: telling.inPeace ? new Date(now.getTime() - peace_ms) : null,
      },
      now,
    )
  return told
}

/** Tells the stage whose time it is, unless it is among the matters `told` by key. */
export async function tellStages(stepping: Stepping, row: PlannedRow, told: string[]): Promise<number> {
  const elsewhere = row.announced_by === 'import' ? row.announced_at : null
  const stage = stageDue(row.starts_at, stepping.model.timezone, stepping.now, elsewhere)
  const starts = row.starts_at.toISOString()
  if (stage === null || told.some((key) => key.startsWith(`${stage}:${row.id}:${starts}`))) return 0
  return tellGround(stepping, row, { kind: stage, about: (end) => `${starts}/${end}`, inPeace: true })
}

/** Whoever was told of `toldOf` hears that the work will be at another time. */
export function tellChanged(stepping: Stepping, row: PlannedRow, toldOf: string[]): Promise<number> {
  const about = (end: string) => `${row.starts_at.toISOString()}/${end}`
  return tellGround(stepping, row, { kind: 'planned_changed', about, toldOf })
}

/** Whoever was told of it hears that it will not be. */
export function tellCancelled(stepping: Stepping, row: PlannedRow): Promise<number> {
  const about = (end: string) => `${row.starts_at.toISOString()}/${end}`
  return tellGround(stepping, row, { kind: 'planned_cancelled', about, toldOf: [row.id] })
}

/** Everybody still out hears that it takes longer, and until when where that is known. */
export function tellLonger(stepping: Stepping, row: PlannedRow): Promise<number> {
  return tellGround(stepping, row, { kind: 'planned_overrun', about: (end) => `until:${end}` })
}

/** The key of the news that what should have ended at `end` has not. */
export const overrunKey = (id: string, end: Date) => `planned_overrun:${id}:past:${end.toISOString()}`

/** Those whose part should have ended hear that it has not; once for each announced end. */
export function tellOverrun(stepping: Stepping, row: PlannedRow): Promise<number> {
  const { now } = stepping
  return tellGround(stepping, row, {
    kind: 'planned_overrun',
    about: (end) => `past:${end}`,
    on: (patch) => patch.ends_at <= now,
    until: null,
  })
}

/** Those whose supply came back with `at` and who were told of the work hear that it is over for them. */
export function tellOver(stepping: Stepping, row: PlannedRow, at: Date, transformers: string[]): Promise<number> {
  const isBack = new Set(transformers)
  return tellGround(stepping, row, {
    kind: 'planned_over',
    about: (end) => `${at.toISOString()}/${end}`,
    toldOf: [row.id],
    back: at,
    on: (patch) => isBack.has(patch.transformer_id),
  })
}
