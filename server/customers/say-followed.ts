// What is so of a report that is followed: of its household, of its area, or of the incident that it counts to. What was first said of
// it is said again only while it is being looked into; once something has ended, that is said.
import { isStranger } from '../access/index.ts'
import type { IncidentStatus } from '../contract/incidents.ts'
import type { LocateMethod, VerdictKind } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'
import { concernsAccount, isUnnamed, saysToStranger } from '../reports/index.ts'
import {
  nothingKnown,
  saysHazard,
  saysWithdrawn,
  statusForStranger,
  statusFrom,
  statusOf,
  statusUnnamed,
  unnamedPlace,
  type CustomerStatus,
  type StatusFacts,
} from '../status/index.ts'
import { saysOf, type ToldRow } from './public.ts'
import { isBack, isOut } from './still-out.ts'

export type SaidRow = {
  reported_at: Date
  service_point_id: string | null
  place: string | null
  method: LocateMethod | null
  taken_by: string
  kind: VerdictKind | null
  rule: string | null
  says: Says | null
  incident_id: string | null
  incident_status: IncidentStatus | null
  /** When supply came back to the household, else to the whole incident; of one that is open, when it last changed. */
  ended_at: Date | null
  own_ended: boolean
  verified: boolean
  crew: 'accepted' | 'en_route' | 'on_site' | 'finished' | null
  crew_arrives_at: Date | null
  timezone: string
} & Pick<StatusFacts, 'planned_starts_at' | 'planned_ends_at' | 'planned_reason'>

/** `asksBack`: it may be asked whether supply is really back. */
export type Said = { says: Says; asksBack: boolean }

/** Found by a number alone: whoever gave it is not told where that is. */
export const isToldNoPlace = ({ method, taken_by }: Pick<SaidRow, 'method' | 'taken_by'>): boolean =>
  method !== null && isUnnamed(taken_by, method)

const received: Says = { zh: '已受理，正在处理。', en: 'Taken; we are on it.' }
/** What was answered to a report that opened nothing, such as to check the main switch, is old news after a day. */
const answerStays_ms = 24 * 3_600_000

export async function sayFollowed(queries: Queries, row: SaidRow, now: Date): Promise<Said> {
  const status = await statusNow(queries, row, now)
  if (row.rule === 'hazard' && row.incident_id !== null) return { says: ofHazard(row, status, now), asksBack: false }
  const known = status !== null && status.kind !== 'no_outage_known'
  if (known && row.service_point_id !== null) return { says: status.says, asksBack: isBack(status) }
  const area = await saysOfArea(queries, row, now)
  if (area) return { says: area, asksBack: false }
  if (known) return { says: status.says, asksBack: false }
  // Who asks about somebody else's account must not see its answer change with its bill.
  if (isStranger(row.taken_by) && row.kind !== null && concernsAccount({ kind: row.kind, rule: row.rule ?? '' }))
    return { says: saidOf(row), asksBack: false }
  return ended(row, now) ?? { says: status && !isLookedInto(row, now) ? status.says : saidOf(row), asksBack: false }
}

/** What is so for the household now, or for its area where that alone is known; whoever reported it without signing in may have named a neighbour's. */
async function statusNow(queries: Queries, row: SaidRow, now: Date): Promise<CustomerStatus | null> {
  const { service_point_id, place, planned_starts_at, planned_ends_at, planned_reason } = row
  if (place === null) return null
  const facts = { ...nothingKnown, place, planned_starts_at, planned_ends_at, planned_reason }
  if (service_point_id === null) return statusFrom(facts, now, row.timezone)
  const status = await statusOf(queries, service_point_id, now, isToldNoPlace(row))
  return status && isStranger(row.taken_by) ? statusForStranger(status) : status
}

/** Where the area alone is known, what its incident's customers are told of it; null where there is none. */
async function saysOfArea(queries: Queries, row: SaidRow, now: Date): Promise<Says | null> {
  if (row.service_point_id !== null || row.incident_id === null) return null
  const told = await queries.maybe<ToldRow>('customers/read_incident_told', { incident_id: row.incident_id })
  return told && saysOf(told, row.timezone, now)
}

/** How a danger stands, and beside it what is so for a household that is out. */
function ofHazard(row: SaidRow, status: CustomerStatus | null, now: Date): Says {
  const { incident_status, crew, crew_arrives_at, timezone } = row
  const isOver = incident_status === 'restored' || incident_status === 'closed'
  const end = isOver ? 'dealt_with' : incident_status === 'cancelled' ? 'withdrawn' : null
  const facts = { crew: crew === 'finished' ? null : crew, crew_arrives_at, end, ended_at: row.ended_at! } as const
  const hazard = saysHazard(facts, now, timezone)
  if (!status || !isOut(status)) return hazard
  return { zh: hazard.zh + status.says.zh, en: `${hazard.en} ${status.says.en}` }
}

/** The end of the incident that the report counts to, once nothing newer is known of its place. */
function ended(row: SaidRow, now: Date): Said | null {
  const { incident_status, place, incident_id, ended_at } = row
  if (incident_status === null || place === null) return null
  if (incident_status === 'cancelled') return { says: withdrawn(row, place), asksBack: false }
  if (!row.own_ended && incident_status !== 'restored' && incident_status !== 'closed') return null
  const back = { ...nothingKnown, place, back_at: ended_at, back_incident_id: incident_id, back_verified: row.verified }
  const status = (isToldNoPlace(row) ? statusUnnamed : statusFrom)(back, now, row.timezone)
  return { says: status.says, asksBack: isBack(status) }
}

const withdrawn = (row: SaidRow, place: string): Says =>
  isToldNoPlace(row)
    ? { zh: saysWithdrawn(unnamedPlace.zh).zh, en: saysWithdrawn(unnamedPlace.en).en }
    : saysWithdrawn(place)

/** Nothing known of a place that was just reported means that it is being looked into. */
function isLookedInto(row: SaidRow, now: Date): boolean {
  if (row.incident_id !== null) return false
  if (row.kind === 'planned' || row.kind === 'nonpayment') return false
  return now.getTime() - row.reported_at.getTime() < answerStays_ms
}

function saidOf({ kind, rule, says, taken_by }: SaidRow): Says {
  if (kind === null || rule === null || says === null) return received
  return isStranger(taken_by) ? saysToStranger({ kind, rule, says }) : says
}
