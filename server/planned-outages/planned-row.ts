// A planned outage as the database has it, and as the contract shows it.
import type { NoticeKind, PlannedPart, PlannedState, PlannedSummary } from '../contract/planned-outages.ts'

export type PlannedRow = {
  id: string
  state: PlannedState
  starts_at: Date
  ends_at: Date
  started_at: Date | null
  ended_at: Date | null
  reason: string | null
  note: string | null
  equipment_ids: string[]
  transformer_ids: string[]
  parts: PlannedPart[]
  notice: NoticeKind
  notice_waiver: string | null
  announced_at: Date
  announced_by: string
  joined_into: string | null
  version: number
}

/** One transformer of the ground; `ends_at` is the part's own end. */
export type GroundRow = {
  transformer_id: string
  customers: number
  critical: number
  ends_at: Date
  back_at: Date | null
}

/** A row with the sums over its ground. */
export type SummaryRow = PlannedRow & {
  customers: number
  customers_out: number
  critical_customers: number
  customer_hours: number
  overrun: boolean
  places: string[]
  ground: string[]
}

/** What was joined in it, or itself as its only part. */
export function partsOf(row: PlannedRow): PlannedPart[] {
  if (row.parts.length > 0) return row.parts
  const { id, equipment_ids, transformer_ids, ends_at, reason } = row
  return [{ from: id, equipment_ids, transformer_ids, ends_at: ends_at.toISOString(), reason }]
}

export function summaryOf(row: SummaryRow): PlannedSummary {
  return {
    id: row.id,
    state: row.state,
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
    overrun: row.overrun,
    reason: row.reason,
    note: row.note,
    equipment_ids: row.equipment_ids,
    transformer_ids: row.transformer_ids,
    parts: row.parts,
    customers: row.customers,
    customers_out: row.customers_out,
    critical_customers: row.critical_customers,
    customer_hours: roundHours(row.customer_hours),
    places: row.places,
    ground: row.ground,
    joined_into: row.joined_into,
    announced_at: row.announced_at.toISOString(),
    announced_by: row.announced_by,
    version: row.version,
  }
}

/** Hours to a hundredth: half a minute of one customer. */
export function roundHours(hours: number): number {
  return Math.round(hours * 100) / 100
}
